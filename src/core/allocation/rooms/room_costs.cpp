#include "allocation/rooms/room_costs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

// What every further room costs a class: sums of regrets of the next people.
class FlowCosts : public RoomCosts {
 public:
  FlowCosts(const Rooming& rooming, const std::vector<std::uint32_t>& site_of, const std::vector<Cost>& price,
            int threads)
      : problem_(rooming.problem()),
        sums_(problem_.classes.size() * problem_.groups.size()),
        flow_(problem_.classes.size() * problem_.groups.size()),
        strayed_(problem_.classes.size()) {
    share_flow(site_of);
    for_each_item(threads, problem_.classes.size(), [&](std::size_t i) { read(rooming.of(i), i, price); });
    Cost strayed = 0;
    for (const Cost of_class : strayed_) strayed += of_class;
    stray_ = strayed / static_cast<Cost>(std::max<std::size_t>(problem_.people(), 1)) + 1;
  }

  // Of the class's room number `room` (from 0) in the group: the regrets of those who would sit there, and the way
  // that others have to stray for seats which the flow of A does not ask for here.
  Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const override {
    const std::int64_t capacity = problem_.groups[group].capacity;
    const std::int64_t first = capacity * room;
    const std::int64_t asked = std::clamp<std::int64_t>(flow(people_class, group) - first, 0, capacity);
    return sum(people_class, group, first + capacity) - sum(people_class, group, first) + stray_ * (capacity - asked);
  }

 private:
  std::int64_t flow(std::size_t people_class, std::size_t group) const {
    return flow_[people_class * problem_.groups.size() + group];
  }
  // People of A by class and group; the groups of a site are filled in their order.
  void share_flow(const std::vector<std::uint32_t>& site_of) {
    std::vector<std::int64_t> left;
    std::vector<std::vector<std::uint32_t>> groups_of(problem_.sites.size());
    for (std::uint32_t group = 0; group < problem_.groups.size(); ++group) {
      left.push_back(problem_.groups[group].capacity * static_cast<std::int64_t>(problem_.groups[group].rooms.size()));
      groups_of[problem_.groups[group].site].push_back(group);
    }
    std::vector<std::int64_t> people(problem_.classes.size() * problem_.sites.size());
    for (std::size_t person = 0; person < site_of.size(); ++person) {
      if (site_of[person] >= problem_.sites.size()) continue;
      ++people[problem_.class_of[person] * problem_.sites.size() + site_of[person]];
    }
    for (std::size_t i = 0; i < problem_.classes.size(); ++i) {
      for (std::size_t site = 0; site < problem_.sites.size(); ++site) {
        std::int64_t rest = people[i * problem_.sites.size() + site];
        for (const std::uint32_t group : groups_of[site]) {
          const std::int64_t here = std::min(rest, left[group]);
          flow_[i * problem_.groups.size() + group] = here;
          left[group] -= here;
          rest -= here;
        }
      }
    }
  }
  void read(const ClassRooms& people, std::size_t i, const std::vector<Cost>& price) {
    const auto& seats = people.seats;
    std::vector<Cost> best(seats.people(), impossible);
    for (std::uint32_t person = 0; person < seats.people(); ++person) {
      const Cost* costs = seats.costs_of(person);
      for (std::size_t place = 0; place < people.group_of.size(); ++place) {
        if (costs[place] >= ClassSeats::never) continue;
        best[person] = std::min(best[person], costs[place] + price[people.group_of[place]]);
      }
    }
    for (std::uint32_t person = 0; person < seats.people(); ++person) {
      // The fourth choice stands for how far a person strays when the own venue has no room of the class.
      std::array<Cost, 4> least;
      least.fill(impossible);
      for (std::size_t place = 0; place < people.group_of.size(); ++place) {
        const Cost cost = seats.costs_of(person)[place];
        if (cost >= ClassSeats::never) continue;
        Cost regret = cost + price[people.group_of[place]] - best[person];
        for (Cost& kept : least) {
          if (regret < kept) std::swap(regret, kept);
        }
      }
      strayed_[i] += least.back() < impossible ? least.back() : 0;
    }
    std::vector<Cost> regrets;
    for (std::size_t place = 0; place < people.group_of.size(); ++place) {
      const RoomGroup& group = problem_.groups[people.group_of[place]];
      regrets.clear();
      for (std::uint32_t person = 0; person < seats.people(); ++person) {
        const Cost cost = seats.costs_of(person)[place];
        if (cost < ClassSeats::never) {
          regrets.push_back(cost + price[people.group_of[place]] - best[person]);
        }
      }
      const std::size_t most = std::min(regrets.size(), group.rooms.size() * static_cast<std::size_t>(group.capacity));
      std::nth_element(regrets.begin(), regrets.begin() + static_cast<std::ptrdiff_t>(most), regrets.end());
      regrets.resize(most);
      std::sort(regrets.begin(), regrets.end());
      Cost sum = 0;
      for (Cost& regret : regrets) regret = sum += regret;
      sums_[i * problem_.groups.size() + people.group_of[place]] = regrets;
    }
  }
  // An empty seat costs more than any person there: a room is for those who come.
  Cost sum(std::size_t people_class, std::size_t group, std::int64_t count) const {
    const auto people = static_cast<std::size_t>(count);
    const auto& sums = sums_[people_class * problem_.groups.size() + group];
    if (people == 0) return 0;
    if (people <= sums.size()) return sums[people - 1];
    const Cost last = sums.empty() ? 0 : sums.back() - (sums.size() > 1 ? sums[sums.size() - 2] : 0);
    const Cost empty = std::max(problem_.scale.most_travel, last);
    return (sums.empty() ? 0 : sums.back()) + empty * static_cast<Cost>(people - sums.size());
  }

  const Problem& problem_;
  std::vector<std::vector<Cost>> sums_;  // by class and group: running sums of the regrets, ascending
  std::vector<std::int64_t> flow_;       // by class and group
  std::vector<Cost> strayed_;            // by class
  Cost stray_ = 0;                       // of one person on the mean
};

// Rooms by the mean of the bound's answers.
class BoundCosts : public RoomCosts {
 public:
  BoundCosts(const Rooming& rooming, const RoomBound& bound, int threads)
      : groups_(rooming.problem().groups.size()), losses_(rooming.classes() * groups_) {
    const Problem& problem = rooming.problem();
    for_each_item(threads, rooming.classes(), [&](std::size_t i) {
      const auto& group_of = rooming.of(i).group_of;
      for (std::size_t place = 0; place < group_of.size(); ++place) {
        const RoomGroup& group = problem.groups[group_of[place]];
        const double mean = bound.mean_rooms(i, place);
        const double toll = toll_of_seat * static_cast<double>(bound.usual_regret()) * group.capacity;
        auto& losses = losses_[i * groups_ + group_of[place]];
        losses = bound.room_losses(i, place);
        // Rooms beyond those that people of the class fill are for nobody.
        const Cost empty =
            std::max<Cost>(0, losses.empty() ? 0 : losses.back()) + problem.scale.most_travel * group.capacity;
        losses.resize(group.rooms.size(), empty);
        for (std::size_t room = 0; room < losses.size(); ++room) {
          const double asked = mean - static_cast<double>(room);
          // Whole where the mean asks for the room, less where it does not, a little more or less further away.
          const double wish = asked > 1 ? 1 + (asked - 1) * beyond : asked < 0 ? asked * beyond : asked;
          losses[room] -= static_cast<Cost>(std::llround(toll * wish));
        }
      }
    });
  }
  Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const override {
    const auto& losses = losses_[people_class * groups_ + group];
    return static_cast<std::size_t>(room) < losses.size() ? losses[static_cast<std::size_t>(room)] : impossible;
  }

 private:
  static constexpr double toll_of_seat = 15;
  static constexpr double beyond = 0.3;
  std::size_t groups_;
  std::vector<std::vector<Cost>> losses_;  // by class and group
};

}  // namespace

std::unique_ptr<RoomCosts> costs_by_flow(const Rooming& rooming, const std::vector<std::uint32_t>& site_of,
                                         const std::vector<Cost>& group_price, int threads) {
  return std::make_unique<FlowCosts>(rooming, site_of, group_price, threads);
}

std::unique_ptr<RoomCosts> costs_by_bound(const Rooming& rooming, const RoomBound& bound, int threads) {
  return std::make_unique<BoundCosts>(rooming, bound, threads);
}

}  // namespace hanjari::allocation
