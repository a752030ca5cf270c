// A lower bound for whole rooms by Lagrangian relaxation, safe because it is computed in integers (README.md, Bound).
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/rooming.h"

namespace hanjari::allocation {

class RoomBound {
 public:
  // Begins at the prices of A, where the bound is the dual value of A. Valid where classes do not share rooms.
  RoomBound(const Rooming& rooming, const std::vector<Cost>& group_price, int threads);

  // One step: evaluates the bound at the present multipliers and changes them towards `target`, the cost of a plan.
  void step(Cost target);

  // The best bound so far of travel (weighted, with penalties) and the weights of rooms.
  Cost best() const { return best_; }

 private:
  // Multipliers are integers in sixteenths of a metre, so that every bound is exact and then rounded up: the cost of a
  // plan is whole.
  static constexpr Cost scale = 16;

  struct ClassColumns {
    std::size_t people = 0;
    std::vector<Cost> cost;  // place by place, scaled
  };
  struct Answer {  // of one class
    Cost value = 0;
    std::vector<std::int32_t> rooms;  // by place
    std::vector<std::int32_t> taken;  // by person: rooms that take the person
  };
  void answer_class(std::size_t people_class, Answer& answer) const;

  const Rooming& rooming_;
  int threads_;
  std::vector<ClassColumns> columns_;
  std::vector<std::vector<Cost>> person_;  // by class and person: the price of being seated
  std::vector<Cost> room_;                 // by group: the price of a room
  std::vector<Cost> class_;                // by class: what a room is worth because so many are needed
  std::vector<std::int64_t> needed_;       // by class: rooms
  std::vector<Answer> answers_;
  std::vector<std::vector<double>> person_way_;  // smoothed directions
  std::vector<double> room_way_;
  std::vector<double> class_way_;
  Cost best_;
  double pace_ = 1.0;
  int since_better_ = 0;
};

}  // namespace hanjari::allocation
