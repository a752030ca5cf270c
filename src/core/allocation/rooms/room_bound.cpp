#include "allocation/rooms/room_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

constexpr std::size_t nearby_places = 12;

// The first step changes a price by this share of what people lose by going to their second best place, on the median;
// the steps then shrink. Longer ones overshoot for a hundred steps, shorter ones arrive later.
constexpr double first_step = 1;
constexpr double after_planned = 0.2;  // of the first step
constexpr double last_step = 0.001;
// A direction is the mean of the last violations, so that the price of a person who is taken by one place in one step
// and by another in the next stays as it is.
constexpr double memory = 0.9;
constexpr double least_newest = 0.01;  // share of the newest answer in the mean of rooms; more in early steps
constexpr double room_weight = 2;      // the price of a room stands for many people's
constexpr double seat_weight = 0.05;   // where every seat is a room, one price is that of a venue's many seats

}  // namespace

RoomBound::RoomBound(const Rooming& rooming, const std::vector<Cost>& group_price, std::int64_t planned, int threads)
    : rooming_(rooming), threads_(threads), best_(std::numeric_limits<Cost>::min()) {
  const Problem& problem = rooming.problem();
  for (std::size_t group = 0; group < group_price.size(); ++group) {
    room_.push_back(group_price[group] * problem.groups[group].capacity * scale);
  }
  shrink_ = std::pow(after_planned, 1.0 / static_cast<double>(std::max<std::int64_t>(planned, 1)));
  best_room_ = room_;
  room_way_.resize(room_.size());
  parts_.resize(rooming.classes());
  mean_rooms_.resize(rooming.classes());
  std::vector<std::vector<Cost>> regrets(rooming.classes());
  for_each_item(threads, rooming.classes(), [&](std::size_t i) {
    const ClassRooms& people = rooming.of(i);
    Part& part = parts_[i];
    const std::size_t count = people.seats.people();
    const std::size_t places = people.group_of.size();
    part.near = std::min(places, nearby_places);
    part.nearby.reserve(count * part.near);
    part.price.assign(count, impossible);
    part.way.resize(count);
    part.rooms.resize(places);
    part.taken.resize(count);
    part.gains.resize(places);
    part.threshold.resize(places);
    for (const std::uint32_t group : people.group_of) part.seat_price.push_back(group_price[group] * scale);
    mean_rooms_[i].resize(places);
    std::int64_t largest = 1;
    for (const std::uint32_t group : people.group_of) {
      largest = std::max<std::int64_t>(largest, problem.groups[group].capacity);
    }
    // Where every room is a seat, so many are needed because everybody sits once.
    part.needed = problem.seat_by_seat ? 0 : (static_cast<std::int64_t>(count) + largest - 1) / largest;
    std::vector<Near> all(places);
    for (std::uint32_t person = 0; person < count; ++person) {
      const Cost* costs = people.seats.costs_of(person);
      Cost second = impossible;
      for (std::uint32_t place = 0; place < places; ++place) {
        const bool way = costs[place] < ClassSeats::never;
        const Cost dear = way ? costs[place] * scale + part.seat_price[place] : impossible;
        all[place] = {dear, place};
        if (!way) continue;
        second = std::min(second, std::max(dear, part.price[person]));
        part.price[person] = std::min(part.price[person], dear);
      }
      if (second < impossible) regrets[i].push_back(second - part.price[person]);
      const auto kept = all.begin() + static_cast<std::ptrdiff_t>(part.near);
      std::partial_sort(all.begin(), kept, all.end());
      part.nearby.insert(part.nearby.end(), all.begin(), kept);
    }
    part.best_price = part.price;
  });
  std::vector<Cost> regret;
  for (const auto& of_class : regrets) regret.insert(regret.end(), of_class.begin(), of_class.end());
  if (!regret.empty()) {
    const auto middle = regret.begin() + static_cast<std::ptrdiff_t>(regret.size() / 2);
    std::nth_element(regret.begin(), middle, regret.end());
    usual_regret_ = *middle / scale;
    length_ = first_step * static_cast<double>(*middle);
    shortest_ = last_step * static_cast<double>(*middle);
  }
  for (Part& part : parts_) part.slack.assign(part.rooms.size(), std::max(scale, static_cast<Cost>(length_ / 4)));
}

// Everybody whose price is more than the cost of a place gains there. Gains beyond the threshold of the place are left
// out; what is cheap at A's prices is looked at first, and nothing else when nothing else can be below its threshold.
void RoomBound::collect_gains(std::size_t i, Part& part) const {
  Cost reach = -impossible;
  for (std::size_t place = 0; place < part.gains.size(); ++place) {
    part.gains[place].clear();
    reach = std::max(reach, part.threshold[place] + part.seat_price[place]);
  }
  const auto& seats = rooming_.of(i).seats;
  for (std::uint32_t person = 0; person < seats.people(); ++person) {
    const Cost price = part.price[person];
    const Near* near = part.nearby.data() + person * part.near;
    const Cost limit = price + reach;
    if (part.near < part.gains.size() && near[part.near - 1].cost < limit) {
      const Cost* costs = seats.costs_of(person);
      for (std::size_t place = 0; place < part.gains.size(); ++place) {
        if (costs[place] >= ClassSeats::never) continue;
        const Cost loss = costs[place] * scale - price;
        if (loss < part.threshold[place]) part.gains[place].push_back({loss, person});
      }
      continue;
    }
    for (const Near* end = near + part.near; near != end && near->cost < limit; ++near) {
      const Cost loss = near->cost - part.seat_price[near->place] - price;
      if (loss < part.threshold[near->place]) part.gains[near->place].push_back({loss, person});
    }
  }
}

void RoomBound::collect_all_gains(std::size_t i, Part& part, std::size_t place) const {
  auto& gains = part.gains[place];
  gains.clear();
  const auto& seats = rooming_.of(i).seats;
  for (std::uint32_t person = 0; person < seats.people(); ++person) {
    const Cost cost = seats.costs_of(person)[place];
    if (cost >= ClassSeats::never) continue;
    const Cost loss = cost * scale - part.price[person];
    if (loss < 0) gains.push_back({loss, person});
  }
}

// So many full rooms at the place as pay for themselves with the people who gain most there; they are put first.
Cost RoomBound::fill_rooms(std::size_t i, Part& part, std::size_t place) const {
  Cost value = 0;
  if (!try_to_fill(i, part, place, value)) {
    collect_all_gains(i, part, place);
    part.threshold[place] = 0;
    part.slack[place] *= 2;
    try_to_fill(i, part, place, value);
  }
  return value;
}

// False when gains beyond the threshold could matter. Chooses the threshold of the next step.
bool RoomBound::try_to_fill(std::size_t i, Part& part, std::size_t place, Cost& value) const {
  const std::uint32_t at = rooming_.of(i).group_of[place];
  const RoomGroup& group = rooming_.problem().groups[at];
  const Cost price = rooming_.problem().exam->policy.weights.room * scale + room_[at] - part.room;
  const auto capacity = static_cast<std::size_t>(group.capacity);
  auto& gains = part.gains[place];
  const std::size_t all = (gains.size() + capacity - 1) / capacity;
  const std::size_t most = price > 0 ? std::min(group.rooms.size(), all) : group.rooms.size();
  const auto end_of = [&](std::size_t rooms) { return std::min(gains.size(), rooms * capacity); };
  const auto loss_of = [&](std::size_t room) {
    Cost sum = price;
    for (std::size_t k = end_of(room); k < end_of(room + 1); ++k) sum += gains[k].loss;
    return sum;
  };
  // Puts the gains of the rooms [from, middle) before those of [middle, to).
  const auto split = [&](std::size_t from, std::size_t middle, std::size_t to) {
    const auto offset = [&](std::size_t rooms) { return static_cast<std::ptrdiff_t>(end_of(rooms)); };
    if (end_of(middle) < end_of(to)) {
      std::nth_element(gains.begin() + offset(from), gains.begin() + offset(middle), gains.begin() + offset(to));
    }
  };
  // Every further room gains less. The number of rooms changes little from step to step: look where it was first. The
  // gains are split at `low` and at `high`; rooms before `low` pay, room `high` and those after it do not.
  std::size_t low = 0;
  std::size_t high = most;
  split(0, high, std::max(all, high));
  const auto before = static_cast<std::size_t>(part.rooms[place]);
  std::size_t guess = std::min(before > 0 ? before - 1 : 0, most > 0 ? most - 1 : 0);
  while (low < high) {
    split(low, guess, high);
    split(guess, guess + 1, high);
    if (loss_of(guess) <= 0) {
      low = guess + 1;
      guess = low;
    } else {
      high = guess;
      guess = high > low ? high - 1 : high;
    }
  }
  const Cost threshold = part.threshold[place];
  if (threshold < 0) {
    // The rooms that pay must be full of those who gain most, and the next one must not pay whoever was left out.
    if (gains.size() < low * capacity) return false;
    const auto missing = static_cast<Cost>(capacity - (end_of(low + 1) - end_of(low)));
    if (low < group.rooms.size() && loss_of(low) + threshold * missing <= 0) return false;
  }
  part.rooms[place] = static_cast<std::int32_t>(low);
  value = price * static_cast<Cost>(low);
  for (std::size_t k = 0; k < end_of(low); ++k) value += gains[k].loss;
  // Beyond the mean gain that pays for a room, and beyond the last person in one, nothing matters; nearly so next time.
  Cost mattered = -std::max<Cost>(price, 0) / static_cast<Cost>(capacity);
  for (std::size_t k = end_of(low > 0 ? low - 1 : 0); k < end_of(low); ++k)
    mattered = std::max(mattered, gains[k].loss);
  part.threshold[place] = std::min<Cost>(0, mattered + part.slack[place]);
  part.slack[place] = std::max(part.slack[place] * 31 / 32, scale);
  return true;
}

// The class by itself. Where (unit, venue) pairs are weighed, a venue is used only if its rooms pay for the pair too.
void RoomBound::answer(std::size_t i, Part& part) const {
  const Problem& problem = rooming_.problem();
  const auto& group_of = rooming_.of(i).group_of;
  collect_gains(i, part);
  std::fill(part.taken.begin(), part.taken.end(), 0);
  part.value = part.room * part.needed;
  for (const Cost price : part.price) part.value += price;
  const Cost pair = problem.classes[i].carries_pairs ? problem.exam->policy.weights.unit_at_venue * scale : 0;
  for (std::size_t place = 0; place < group_of.size();) {
    const VenueIndex venue = problem.groups[group_of[place]].venue;
    const std::size_t first = place;
    Cost value = 0;
    for (; place < group_of.size() && problem.groups[group_of[place]].venue == venue; ++place) {
      value += fill_rooms(i, part, place);
    }
    const bool used = value + pair < 0;
    if (used) part.value += value + pair;
    for (std::size_t at = first; at < place; ++at) {
      if (!used) part.rooms[at] = 0;
      const auto& gains = part.gains[at];
      const auto seats =
          static_cast<std::size_t>(part.rooms[at]) * static_cast<std::size_t>(problem.groups[group_of[at]].capacity);
      for (std::size_t k = 0; k < std::min(gains.size(), seats); ++k) ++part.taken[gains[k].person];
    }
  }
}

// The value at the present multipliers, scaled; rooms used by group, and by group whether its venue is open.
Cost RoomBound::evaluate(std::vector<std::int64_t>& used, std::vector<char>& open) {
  const Problem& problem = rooming_.problem();
  for_each_item(threads_, parts_.size(), [&](std::size_t i) { answer(i, parts_[i]); });
  Cost value = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    value += parts_[i].value;
    for (std::size_t place = 0; place < parts_[i].rooms.size(); ++place) {
      used[rooming_.of(i).group_of[place]] += parts_[i].rooms[place];
    }
  }
  // A venue opens if its rooms are worth what it costs to open it.
  for (std::size_t group = 0; group < room_.size();) {
    const VenueIndex venue = problem.groups[group].venue;
    Cost worth = (problem.exam->policy.weights.venue + (*problem.exam)[venue].opening_cost) * scale;
    const std::size_t first = group;
    for (; group < room_.size() && problem.groups[group].venue == venue; ++group) {
      worth -= room_[group] * static_cast<Cost>(problem.groups[group].rooms.size());
    }
    std::fill(open.begin() + static_cast<std::ptrdiff_t>(first), open.begin() + static_cast<std::ptrdiff_t>(group),
              worth <= 0 ? 1 : 0);
    value += std::min<Cost>(0, worth);
  }
  return value;
}

void RoomBound::step() {
  const Problem& problem = rooming_.problem();
  std::vector<std::int64_t> used(room_.size());
  std::vector<char> open(room_.size());
  const Cost value = evaluate(used, open);
  const Cost bound = value >= 0 ? (value + scale - 1) / scale : value / scale;
  ++steps_;
  ++since_better_;
  if (bound > best_) {
    best_ = bound;
    since_better_ = 0;
    best_room_ = room_;
    for (Part& part : parts_) part.best_price = part.price;
  }
  const double newest = std::min(1.0, std::max(least_newest, 4.0 / static_cast<double>(steps_)));
  const auto blend = [&](double& way, double now) { way = memory * way + (1 - memory) * now; };
  const auto moved = [&](Cost from, double way) { return from + static_cast<Cost>(std::llround(length_ * way)); };
  for_each_item(threads_, parts_.size(), [&](std::size_t i) {
    Part& part = parts_[i];
    std::int64_t rooms = 0;
    for (std::size_t place = 0; place < part.rooms.size(); ++place) {
      rooms += part.rooms[place];
      double& mean = mean_rooms_[i][place];
      mean += (part.rooms[place] - mean) * newest;
    }
    blend(part.room_way, static_cast<double>(part.needed - rooms));
    part.room = std::max<Cost>(0, moved(part.room, part.room_way));
    for (std::size_t person = 0; person < part.price.size(); ++person) {
      blend(part.way[person], static_cast<double>(1 - part.taken[person]));
      part.price[person] = moved(part.price[person], part.way[person]);
    }
  });
  const double weight = problem.seat_by_seat ? seat_weight : room_weight;
  for (std::size_t group = 0; group < room_.size(); ++group) {
    const auto rooms = static_cast<std::int64_t>(problem.groups[group].rooms.size());
    blend(room_way_[group], static_cast<double>(used[group] - (open[group] ? rooms : 0)));
    room_[group] = std::max<Cost>(0, moved(room_[group], weight * room_way_[group]));
  }
  length_ = std::max(length_ * shrink_, shortest_);
}

std::vector<Cost> RoomBound::room_losses(std::size_t i, std::size_t place) const {
  const auto& people = rooming_.of(i);
  const RoomGroup& group = rooming_.problem().groups[people.group_of[place]];
  const auto capacity = static_cast<std::size_t>(group.capacity);
  std::vector<Cost> losses;
  for (std::uint32_t person = 0; person < people.seats.people(); ++person) {
    const Cost cost = people.seats.costs_of(person)[place];
    if (cost < ClassSeats::never) losses.push_back(cost - parts_[i].best_price[person] / scale);
  }
  const std::size_t most = std::min(losses.size(), group.rooms.size() * capacity);
  std::nth_element(losses.begin(), losses.begin() + static_cast<std::ptrdiff_t>(most), losses.end());
  losses.resize(most);
  std::sort(losses.begin(), losses.end());
  std::vector<Cost> rooms;
  for (std::size_t first = 0; first < most; first += capacity) {
    Cost sum = 0;
    for (std::size_t k = first; k < first + capacity; ++k)
      sum += k < most ? losses[k] : std::max<Cost>(0, losses.back());
    rooms.push_back(sum);
  }
  return rooms;
}

}  // namespace hanjari::allocation
