// Branch and bound over how many rooms of every kind every company has, one level of the values after the other.
#pragma once

#include <map>
#include <queue>
#include <utility>
#include <vector>

#include "exact/filling.h"

namespace hanjari::exact {

class Search {
 public:
  Search(const Reading& reading, Model& model, const Filler& filler, const Budget& budget);

  // A plan that is known to be lawful; the best one stays.
  void offer(const Values& values, const std::vector<RoomIndex>& room_of);
  const Values& best() const { return best_; }
  const std::vector<RoomIndex>& room_of() const { return room_of_; }

  // Looks for plans that are better on the level, and equal on those before. Returns a lower bound of the level. Spends
  // at most so much work.
  std::int64_t run(Level level, std::uint64_t work);
  bool stopped() const { return stopped_; }
  std::uint64_t work() const { return model_.lp.work() + own_work_; }
  std::uint64_t nodes() const { return nodes_; }

 private:
  struct Change {
    std::uint32_t column;
    std::int64_t lower;
    std::int64_t upper;
  };
  struct Node {
    std::int64_t bound = 0;
    std::uint64_t number = 0;
    std::vector<Change> changes;
    bool operator<(const Node& other) const {  // the queue gives the lowest bound, and of equals the newest
      return bound != other.bound ? bound > other.bound : number < other.number;
    }
  };
  // What branching on a column brought before.
  struct Experience {
    double gain[2] = {0, 0};  // down, up; per unit
    int tries[2] = {0, 0};
  };
  enum class State { pruned, fractional, whole, unknown };

  std::int64_t best_on_level() const;
  std::int64_t cutoff();
  bool spent();
  void enter(const Node& node);
  State relax(Node& node);
  void fix_by_resistance();
  void round();
  void offer_whole();
  void try_rooms(std::vector<std::int64_t> rooms);
  bool add_rooms(std::vector<std::int64_t>& rooms, const Filling& filling) const;
  std::map<std::pair<UnitIndex, VenueIndex>, std::uint32_t> choose_slots() const;
  Filler::Toll toll() const;
  bool is_open(std::uint32_t column) const;
  bool leaf() const;
  std::uint32_t choose_branch(std::vector<double>& values);
  double try_side(std::uint32_t column, std::int64_t lower, std::int64_t upper);
  void branch(Node node, std::uint32_t column, double value);
  Node take_next();

  const Reading& reading_;
  Model& model_;
  const Filler& filler_;
  const Budget& budget_;
  Values best_;
  std::vector<RoomIndex> room_of_;
  Level level_ = level_unseated;
  std::int64_t cutoff_ = 0;  // the lowest value on the level of any plan that was the best for a while
  std::vector<std::int64_t> root_lower_, root_upper_;
  std::priority_queue<Node> open_;
  std::vector<Node> dive_;  // the child to go on with
  std::vector<Experience> experience_;
  std::uint64_t nodes_ = 0;
  std::uint64_t own_work_ = 0;
  std::uint64_t most_work_ = 0;
  bool stopped_ = false;
};

}  // namespace hanjari::exact
