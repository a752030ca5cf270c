#include "allocation/room_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "allocation/workers.h"

namespace hanjari::allocation {

RoomBound::RoomBound(const Rooming& rooming, const std::vector<Cost>& group_price, int threads)
    : rooming_(rooming), threads_(threads), best_(std::numeric_limits<Cost>::min()) {
  const Problem& problem = rooming.problem();
  for (std::size_t group = 0; group < group_price.size(); ++group) {
    room_.push_back(group_price[group] * problem.groups[group].capacity * scale);
  }
  room_way_.resize(room_.size());
  columns_.resize(rooming.classes());
  person_.resize(rooming.classes());
  class_.resize(rooming.classes());
  class_way_.resize(rooming.classes());
  person_way_.resize(rooming.classes());
  needed_.resize(rooming.classes());
  answers_.resize(rooming.classes());
  for_each_item(threads, rooming.classes(), [&](std::size_t i) {
    const ClassRooms& people = rooming.of(i);
    const std::size_t count = people.seats.people();
    const std::size_t places = people.group_of.size();
    columns_[i].people = count;
    columns_[i].cost.resize(count * places);
    person_[i].assign(count, impossible);
    person_way_[i].resize(count);
    answers_[i].rooms.resize(places);
    answers_[i].taken.resize(count);
    std::int64_t largest = 1;
    for (const std::uint32_t group : people.group_of) {
      largest = std::max<std::int64_t>(largest, problem.groups[group].capacity);
    }
    needed_[i] = (static_cast<std::int64_t>(count) + largest - 1) / largest;
    for (std::uint32_t person = 0; person < count; ++person) {
      const Cost* costs = people.seats.costs_of(person);
      for (std::size_t place = 0; place < places; ++place) {
        const bool way = costs[place] < ClassSeats<Cost>::never;
        columns_[i].cost[place * count + person] = way ? costs[place] * scale : impossible;
        if (way) {
          person_[i][person] =
              std::min(person_[i][person], (costs[place] + group_price[people.group_of[place]]) * scale);
        }
      }
    }
  });
}

// The class by itself: in every place so many full rooms as pay for themselves with the people who gain most there.
void RoomBound::answer_class(std::size_t i, Answer& answer) const {
  const ClassRooms& people = rooming_.of(i);
  const Problem& problem = rooming_.problem();
  const std::size_t count = columns_[i].people;
  std::fill(answer.taken.begin(), answer.taken.end(), 0);
  answer.value = class_[i] * needed_[i];
  for (const Cost price : person_[i]) answer.value += price;
  struct Gain {
    Cost loss;  // cost - price, negative
    std::uint32_t person;
    bool operator<(const Gain& other) const { return loss != other.loss ? loss < other.loss : person < other.person; }
  };
  std::vector<Gain> gains;
  for (std::size_t place = 0; place < people.group_of.size(); ++place) {
    const RoomGroup& group = problem.groups[people.group_of[place]];
    const Cost* costs = columns_[i].cost.data() + place * count;
    gains.clear();
    for (std::uint32_t person = 0; person < count; ++person) {
      const Cost loss = costs[person] - person_[i][person];
      if (loss < 0) gains.push_back({loss, person});
    }
    const Cost price = problem.exam->policy.weights.room * scale + room_[people.group_of[place]] - class_[i];
    const auto capacity = static_cast<std::size_t>(group.capacity);
    const std::size_t most = std::min(gains.size(), capacity * group.rooms.size());
    if (most < gains.size())
      std::nth_element(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(most), gains.end());
    std::sort(gains.begin(), gains.begin() + static_cast<std::ptrdiff_t>(most));
    std::int32_t rooms = 0;
    while (static_cast<std::size_t>(rooms) < group.rooms.size()) {
      const std::size_t first = static_cast<std::size_t>(rooms) * capacity;
      Cost block = price;
      for (std::size_t k = first; k < std::min(most, first + capacity); ++k) block += gains[k].loss;
      if (block > 0) break;
      answer.value += block;
      ++rooms;
      for (std::size_t k = first; k < std::min(most, first + capacity); ++k) ++answer.taken[gains[k].person];
    }
    answer.rooms[place] = rooms;
  }
}

void RoomBound::step(Cost target) {
  for_each_item(threads_, rooming_.classes(), [&](std::size_t i) { answer_class(i, answers_[i]); });
  const Problem& problem = rooming_.problem();
  Cost value = 0;
  std::vector<std::int64_t> used(room_.size());
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    value += answers_[i].value;
    for (std::size_t place = 0; place < answers_[i].rooms.size(); ++place) {
      used[rooming_.of(i).group_of[place]] += answers_[i].rooms[place];
    }
  }
  for (std::size_t group = 0; group < room_.size(); ++group) {
    value -= room_[group] * static_cast<Cost>(problem.groups[group].rooms.size());
  }
  const Cost bound = value >= 0 ? (value + scale - 1) / scale : value / scale;
  if (bound > best_) {
    best_ = bound;
    since_better_ = 0;
  } else if (++since_better_ > 9) {
    pace_ *= 0.7;
    since_better_ = 0;
  }
  // A step along the smoothed subgradient; the directions of rooms count in seats, so that all are alike in size.
  constexpr double memory = 0.7;
  constexpr double room_weight = 10;
  constexpr double class_weight = 1;
  double square = 0;
  const auto blend = [&](double& way, double now, double weight) {
    way = memory * way + (1 - memory) * now;
    square += way * way * weight;
  };
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    std::int64_t rooms = 0;
    for (const std::int32_t at : answers_[i].rooms) rooms += at;
    blend(class_way_[i], static_cast<double>(needed_[i] - rooms), class_weight);
    for (std::size_t person = 0; person < person_[i].size(); ++person) {
      blend(person_way_[i][person], static_cast<double>(1 - answers_[i].taken[person]), 1);
    }
  }
  for (std::size_t group = 0; group < room_.size(); ++group) {
    blend(room_way_[group],
          static_cast<double>(used[group] - static_cast<std::int64_t>(problem.groups[group].rooms.size())),
          room_weight);
  }
  if (square <= 0) return;
  const double missing = std::max(1.0, static_cast<double>(target * scale) - static_cast<double>(value));
  const double length = pace_ * missing / square;
  const auto moved = [&](Cost from, double way, double weight) {
    return from + static_cast<Cost>(std::llround(length * way * weight));
  };
  for (std::size_t i = 0; i < answers_.size(); ++i) {
    class_[i] = std::max<Cost>(0, moved(class_[i], class_way_[i], class_weight));
    for (std::size_t person = 0; person < person_[i].size(); ++person) {
      person_[i][person] = moved(person_[i][person], person_way_[i][person], 1);
    }
  }
  for (std::size_t group = 0; group < room_.size(); ++group) {
    room_[group] = std::max<Cost>(0, moved(room_[group], room_way_[group], room_weight));
  }
}

}  // namespace hanjari::allocation
