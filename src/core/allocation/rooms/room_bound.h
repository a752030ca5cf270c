// A lower bound for whole rooms by Lagrangian relaxation, safe because it is computed in integers, and what its
// multipliers say of a good plan (README.md, Bound).
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/rooms/rooming.h"

namespace hanjari::allocation {

class RoomBound {
 public:
  // Begins at the prices of A, where the bound is the dual value of A. Valid where classes do not share rooms. The
  // steps shrink so that most is reached after `planned` of them.
  RoomBound(const Rooming& rooming, const std::vector<Cost>& group_price, std::int64_t planned, int threads);

  // Evaluates the bound at the present multipliers and changes them.
  void step();
  std::int64_t steps() const { return steps_; }
  // Nothing more is to be had by further steps.
  bool settled() const { return since_better_ > steps_without_gain && length_ <= shortest_; }

  // The best bound so far of travel (weighted, with penalties) and of all weights.
  Cost best() const { return best_; }

  // What people lose by going to their second best place, on the median.
  Cost usual_regret() const { return usual_regret_; }

  // What the multipliers of the best bound say.
  // What a room of the group is worth to whoever gets it.
  Cost room_worth(std::size_t group) const { return best_room_[group] / scale; }
  // Rooms of the class at the place on the mean of the late steps: nearly the fractional optimum.
  double mean_rooms(std::size_t people_class, std::size_t place) const { return mean_rooms_[people_class][place]; }
  // What the class loses (below zero: gains) by its first room at the place, its second and so on, each filled with
  // those who gain most there. Ascending.
  std::vector<Cost> room_losses(std::size_t people_class, std::size_t place) const;

 private:
  // Multipliers are integers in sixteenths of a metre, so that every bound is exact and then rounded up: the cost of a
  // plan is whole.
  static constexpr Cost scale = 16;
  static constexpr int steps_without_gain = 60;  // steps without a better bound

  struct Near {  // a place, and what a person costs there and the seat cost in A, scaled
    Cost cost;
    std::uint32_t place;
    bool operator<(const Near& other) const { return cost != other.cost ? cost < other.cost : place < other.place; }
  };
  struct Gain {
    Cost loss;  // cost - price, negative
    std::uint32_t person;
    bool operator<(const Gain& other) const { return loss != other.loss ? loss < other.loss : person < other.person; }
  };
  // One class: its cheapest places person by person, its multipliers and its answer to them.
  struct Part {
    std::size_t near = 0;          // places kept for each person
    std::vector<Near> nearby;      // person by person, the cheapest places, ascending
    std::vector<Cost> seat_price;  // by place: of A, scaled
    std::vector<Cost> price;       // by person: what it is worth to seat the person once
    std::vector<Cost> best_price;
    std::vector<double> way;  // by person: the smoothed direction
    std::int64_t needed = 0;  // rooms
    Cost room = 0;            // what a room is worth because so many are needed
    double room_way = 0;
    Cost value = 0;                        // the answer
    std::vector<std::int32_t> rooms;       // by place
    std::vector<std::int32_t> taken;       // by person: rooms that take the person
    std::vector<std::vector<Gain>> gains;  // by place: all that are below the threshold
    std::vector<Cost> threshold;           // by place, at most 0: gains beyond it hardly matter and are not looked at
    std::vector<Cost> slack;               // by place: how far the threshold stays from what mattered last
  };
  void collect_gains(std::size_t people_class, Part& part) const;
  void collect_all_gains(std::size_t people_class, Part& part, std::size_t place) const;
  bool try_to_fill(std::size_t people_class, Part& part, std::size_t place, Cost& value) const;
  void answer(std::size_t people_class, Part& part) const;
  Cost fill_rooms(std::size_t people_class, Part& part, std::size_t place) const;
  Cost evaluate(std::vector<std::int64_t>& used, std::vector<char>& open);

  const Rooming& rooming_;
  int threads_;
  std::vector<Part> parts_;
  std::vector<Cost> room_;  // by group: the price of a room
  std::vector<Cost> best_room_;
  std::vector<double> room_way_;
  std::vector<std::vector<double>> mean_rooms_;  // by class and place
  std::int64_t steps_ = 0;
  Cost best_;
  Cost usual_regret_ = 0;
  double length_ = 0;  // of a step: the change of a person's price that one violation makes, scaled
  double shortest_ = 0;
  double shrink_ = 1;
  int since_better_ = 0;
};

}  // namespace hanjari::allocation
