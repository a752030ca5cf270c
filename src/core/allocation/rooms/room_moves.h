// Improves a rooming by cycles of room moves: a class gives a room of one group for a room of another, which the next
// class has just given, and so on round (README.md, B).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "allocation/rooms/rooming.h"

namespace hanjari::allocation {

class RoomMoves {
 public:
  // room_worth: by group, what a room is worth to whoever gets it, from A or better from the bound.
  RoomMoves(Rooming& rooming, std::vector<Cost> room_worth, int threads);

  // One round: evaluates the moves that have changed, applies improving cycles, best first. Returns the change of the
  // cost (negative), 0 when nothing improves. Depends on the rooming alone. As soon as `stop` says so the round is
  // given up and has changed nothing: nullopt.
  std::optional<Cost> run_round(const std::function<bool()>& stop);

  // The place of the class was changed by somebody else.
  void note_changed(std::size_t people_class, std::size_t place) { changed_[people_class][place] = 1; }

  // Cheapest path searches done so far, the measure of work.
  std::uint64_t work() const;

 private:
  static constexpr std::uint32_t nowhere = UINT32_MAX;  // the stock of free rooms
  struct Move {
    std::uint32_t from = nowhere;  // group
    std::uint32_t to = nowhere;
    std::uint32_t people_class = 0;
    std::uint32_t from_place = nowhere;
    std::uint32_t to_place = nowhere;
    Cost change = 0;   // of travel and weights
    Cost reduced = 0;  // change + worth of the room taken - worth of the room given
  };
  struct Cycle {
    std::vector<Move> moves;
    Cost change = 0;
  };

  std::optional<Cost> run_slice(const std::function<bool()>& stop);
  void evaluate_drop(std::size_t people_class, std::uint32_t place);
  void evaluate_class(std::size_t people_class, const std::function<bool()>& stop);
  void evaluate_place(std::size_t people_class, std::uint32_t to);
  void index_moves();
  void search(const Move& first, Cycle& best);
  void extend(std::vector<Move>& path, Cost reduced, Cycle& best);
  bool apply(const Cycle& cycle);
  Cost entering(std::size_t people_class, std::uint32_t place, std::int32_t rooms_before) const;
  Cost worth(std::uint32_t group) const { return group == nowhere ? 0 : room_worth_[group]; }
  std::size_t node(std::uint32_t group) const { return group == nowhere ? room_worth_.size() : group; }

  Rooming& rooming_;
  int threads_;
  bool weighed_;           // pairs or venues
  std::size_t reach_ = 0;  // how far the rounds look now
  std::size_t slice_ = 0;
  std::size_t idle_ = 0;                                  // slices since the last improvement
  std::vector<Cost> room_worth_;                          // by group
  std::vector<std::vector<std::vector<Move>>> moves_to_;  // by class and place: moves of a room to it
  std::vector<std::vector<std::vector<Move>>> drops_;     // by class and place: at most one
  std::vector<std::vector<char>> changed_;                // by class and place: since the last evaluation
  std::vector<std::vector<char>> stale_;                  // by class and place
  std::vector<std::vector<const Move*>> out_;             // by group and stock, cheapest reduced first
};

}  // namespace hanjari::allocation
