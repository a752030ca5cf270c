#include "allocation/rooms/room_blocks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "allocation/rooms/block_moves.h"
#include "allocation/rooms/block_tolls.h"
#include "allocation/sites/near_places.h"
#include "allocation/sites/transport.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

// Groups that the searches see of each block and person.
constexpr std::size_t candidates = 16;
constexpr std::size_t people_of_an_item = 4096;
// Blocks whose people are seated together: more would be better, and take longer than in proportion.
constexpr std::size_t blocks_of_a_tile = 128;
constexpr std::int64_t usual_rounds = 6;
// A round that brings less than this part of the travel is the last one.
constexpr Cost worth_a_round = 2'000;

// Blocks at groups: everybody travels from the middle of the block. With tolls if there are any.
class BlockCosts : public SiteCosts {
 public:
  BlockCosts(const Problem& problem, const std::vector<Block>& blocks, const std::vector<std::uint32_t>& people,
             const BlockTolls* tolls)
      : problem_(problem),
        blocks_(blocks),
        people_(people),
        tolls_(tolls),
        tree_(points(problem)),
        price_(problem.groups.size()) {
    if (tolls == nullptr) return;
    for (std::uint32_t i = 0; i < problem.classes.size(); ++i) {
      std::vector<Point> points;
      for (const std::uint32_t group : kept_.emplace_back(tolls->kept_groups(i))) {
        points.push_back((*problem.exam)[problem.groups[group].venue].at);
      }
      kept_trees_.emplace_back(points);
    }
  }

  // What the tree and this class call a price has the share of opening the venue inside.
  void set_prices(std::span<const Cost> prices) override {
    std::copy(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(price_.size()), price_.begin());
    for (std::uint32_t group = 0; tolls_ != nullptr && group < price_.size(); ++group) {
      price_[group] += tolls_->of_venue(group);
    }
    tree_.set_prices(price_);
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      std::vector<Cost> kept;
      for (const std::uint32_t group : kept_[i]) kept.push_back(price_[group]);
      kept_trees_[i].set_prices(kept);
    }
  }

  std::size_t find_cheapest(std::size_t number, Cost below, std::span<Option> best) override {
    const Block& block = blocks_[number];
    const Cost size = problem_.scale.travel * static_cast<Cost>(block.end - block.begin);
    CheapestOptions cheapest(best, std::min(below, impossible));
    const auto offer = [&](std::uint32_t group, Cost toll) {
      if (!may_use(block, problem_.groups[group])) return;
      const Cost travel = size * haversine_m(block.centre, (*problem_.exam)[problem_.groups[group].venue].at);
      const Cost opening = tolls_ == nullptr ? 0 : tolls_->of_venue(group);
      cheapest.offer({group, travel + toll + opening}, travel + toll + price_[group]);
    };
    const std::uint32_t own = block.people_class;
    const Cost toll = tolls_ == nullptr ? 0 : tolls_->of_new_pair(own);
    if (toll > 0) {
      kept_trees_[own].visit_cheap(
          block.centre, size, [&] { return cheapest.below(); }, [&](std::uint32_t i) { offer(kept_[own][i], 0); });
    }
    tree_.visit_cheap(
        block.centre, size, [&] { return cheapest.below() - toll; },
        [&](std::uint32_t group) {
          if (toll == 0 || !tolls_->is_kept(own, problem_.groups[group].venue)) offer(group, toll);
        });
    return cheapest.kept();
  }

 private:
  static std::vector<Point> points(const Problem& problem) {
    std::vector<Point> points;
    for (const RoomGroup& group : problem.groups) points.push_back((*problem.exam)[group.venue].at);
    return points;
  }
  bool may_use(const Block& block, const RoomGroup& group) const {
    if (block.wheelchair && group.accessible == 0) return false;
    const Pool& pool = problem_.sites[group.site].pool;
    if (!pool.assisted) return pool.routing == problem_.classes[block.people_class].routing;
    return std::all_of(people_.begin() + block.begin, people_.begin() + block.end,
                       [&](std::uint32_t person) { return problem_.admits(pool, person); });
  }

  const Problem& problem_;
  const std::vector<Block>& blocks_;
  const std::vector<std::uint32_t>& people_;
  const BlockTolls* tolls_;
  PointTree tree_;
  std::vector<std::vector<std::uint32_t>> kept_;  // by class: groups of the venues it is to keep
  std::vector<PointTree> kept_trees_;
  std::vector<Cost> price_;
};

class BlockPlanner {
 public:
  BlockPlanner(const Problem& problem, const BlockLimits& limits, const std::function<bool()>& stop, Progress& progress)
      : problem_(problem), exam_(*problem.exam), limits_(limits), stop_(stop), progress_(progress) {
    first_of_class_.push_back(0);
    for (const PeopleClass& people : problem.classes) {
      people_.insert(people_.end(), people.people.begin(), people.people.end());
      first_of_class_.push_back(static_cast<std::uint32_t>(people_.size()));
    }
    group_of_.assign(problem.people(), unseated());
    group_price_.assign(problem.groups.size(), 0);
    for (const Applicant& applicant : exam_.applicants) {
      low_ = {std::min(low_.lat, applicant.home.lat), std::min(low_.lon, applicant.home.lon)};
      high_ = {std::max(high_.lat, applicant.home.lat), std::max(high_.lon, applicant.home.lon)};
    }
  }

  BlockPlan run() {
    BlockPlan best;
    best.cost = impossible;
    const bool weighed = BlockMoves::wanted(problem_);
    const std::int64_t most = limits_.rounds.value_or(weighed ? 2 * usual_rounds : usual_rounds);
    progress_.stage({"whole rooms", "시험실 배정"}, static_cast<std::uint64_t>(std::max<std::int64_t>(most, 0)) + 1);
    run_rounds(0, std::max<std::int64_t>(weighed ? std::min(most, usual_rounds) : most, 0), best);
    const std::vector<Cost> seat_price = seat_price_;  // of travel alone: what the bound needs
    if (weighed) {
      tolls_.emplace(problem_);
      group_of_ = best.group_of;
      run_rounds(best.rounds + 1, most, best);
    }
    seat_price_ = seat_price;
    progress_.stage({"lower bound", "이론적 최솟값 계산"}, 0);
    best.bound = bound();
    best.unseated = static_cast<std::size_t>(std::count(best.group_of.begin(), best.group_of.end(), unseated()));
    best.seat_price = seat_price_;
    return best;
  }

 private:
  // Until a round brings too little; the best plan stays. Without tolls a round is worth what it saves of the travel.
  void run_rounds(std::int64_t first, std::int64_t last, BlockPlan& best) {
    Cost before = tolls_ ? best.cost : impossible;
    for (std::int64_t round = first; round <= last && (round == 0 || !stop_()); ++round) {
      if (round == 0) {
        tie_by_home();
      } else {
        tie_by_room();
      }
      if (tolls_) tolls_->learn(blocks_, groups_of_blocks(), group_price_, limits_.threads);
      place_blocks();
      give_missing_rooms();
      seat_people(round);
      const Cost travel = total();
      const Cost cost = travel + weights_of(problem_, group_of_);
      const Cost now = tolls_ ? cost : travel;
      best.rounds = round;
      progress_.report(static_cast<std::uint64_t>(round) + 1, group_digits(cost));
      if (now < before && (!tolls_ || missed(group_of_) <= missed(best.group_of))) {
        best.cost = cost;
        best.group_of = group_of_;
      }
      const Cost saved = before - now;
      if (saved < now / worth_a_round) break;
      before = now;
    }
  }

  // Where the blocks sit that are tied by room.
  std::vector<std::uint32_t> groups_of_blocks() const {
    std::vector<std::uint32_t> groups;
    for (const Block& block : blocks_) groups.push_back(group_of_[people_[block.begin]]);
    return groups;
  }

  std::uint32_t unseated() const { return static_cast<std::uint32_t>(problem_.groups.size()); }

  void add_block(std::uint32_t people_class, std::uint32_t begin, std::uint32_t end) {
    Block block{.people_class = people_class, .begin = begin, .end = end};
    for (std::uint32_t i = begin; i < end; ++i) {
      const Applicant& applicant = exam_.applicants[people_[i]];
      block.centre.lat += applicant.home.lat;
      block.centre.lon += applicant.home.lon;
      block.wheelchair = block.wheelchair || applicant.accommodation.wheelchair;
    }
    block.centre.lat /= end - begin;
    block.centre.lon /= end - begin;
    blocks_.push_back(block);
  }

  // Cuts the people across their wider side until every part fits into a room; full rooms but for one.
  void cut(std::uint32_t people_class, std::uint32_t begin, std::uint32_t end, std::uint32_t size) {
    const std::uint32_t count = (end - begin + size - 1) / size;
    if (count <= 1) {
      if (begin < end) add_block(people_class, begin, end);
      return;
    }
    Point low{90, 180};
    Point high{-90, -180};
    for (std::uint32_t i = begin; i < end; ++i) {
      const Point home = exam_.applicants[people_[i]].home;
      low = {std::min(low.lat, home.lat), std::min(low.lon, home.lon)};
      high = {std::max(high.lat, home.lat), std::max(high.lon, home.lon)};
    }
    constexpr double radians = 3.14159265358979323846 / 180.0;
    const bool by_lat = high.lat - low.lat > (high.lon - low.lon) * std::cos((low.lat + high.lat) / 2 * radians);
    const std::uint32_t middle = begin + count / 2 * size;
    std::nth_element(people_.begin() + begin, people_.begin() + middle, people_.begin() + end,
                     [&](std::uint32_t a, std::uint32_t b) {
                       const Point x = exam_.applicants[a].home;
                       const Point y = exam_.applicants[b].home;
                       const double left = by_lat ? x.lat : x.lon;
                       const double right = by_lat ? y.lat : y.lon;
                       return left != right ? left < right : a < b;
                     });
    cut(people_class, begin, middle, size);
    cut(people_class, middle, end, size);
  }

  void tie_by_home() {
    blocks_.clear();
    for (std::uint32_t i = 0; i < problem_.classes.size(); ++i) {
      std::sort(people_.begin() + first_of_class_[i], people_.begin() + first_of_class_[i + 1]);
      cut(i, first_of_class_[i], first_of_class_[i + 1],
          static_cast<std::uint32_t>(usual_capacity(problem_, problem_.classes[i].routing)));
    }
  }

  // Those who sit in rooms of one group now, room by room; the unseated by where they live.
  void tie_by_room() {
    blocks_.clear();
    for (std::uint32_t i = 0; i < problem_.classes.size(); ++i) {
      const auto first = people_.begin() + first_of_class_[i];
      const auto last = people_.begin() + first_of_class_[i + 1];
      std::sort(first, last, [&](std::uint32_t a, std::uint32_t b) {
        return group_of_[a] != group_of_[b] ? group_of_[a] < group_of_[b] : a < b;
      });
      for (auto begin = first; begin != last;) {
        const std::uint32_t group = group_of_[*begin];
        const auto end = std::find_if(begin, last, [&](std::uint32_t person) { return group_of_[person] != group; });
        const int size = group == unseated() ? usual_capacity(problem_, problem_.classes[i].routing)
                                             : problem_.groups[group].capacity;
        cut(i, static_cast<std::uint32_t>(begin - people_.begin()), static_cast<std::uint32_t>(end - people_.begin()),
            static_cast<std::uint32_t>(size));
        begin = end;
      }
    }
  }

  // Blocks to rooms: A, with blocks for people and rooms for seats.
  void place_blocks() {
    std::vector<std::int64_t> rooms;
    for (const RoomGroup& group : problem_.groups) rooms.push_back(static_cast<std::int64_t>(group.rooms.size()));
    BlockCosts costs(problem_, blocks_, people_, tolls_ ? &*tolls_ : nullptr);
    TransportOptions how{.candidates = candidates, .proof = false};
    if (placed_before_) how.first_prices = group_price_;
    const Transport placed = solve_transport(blocks_.size(), rooms, costs, problem_.scale.unseated, how);
    placed_before_ = true;
    group_price_ = placed.price;
    seat_price_.clear();
    for (std::size_t group = 0; group < group_price_.size(); ++group)
      seat_price_.push_back(group_price_[group] / problem_.groups[group].capacity);
    free_ = rooms;
    rooms_of_.assign(problem_.classes.size(), {});
    group_of_block_ = placed.site_of;
    whole_.assign(problem_.classes.size(), 0);
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
      const std::uint32_t group = placed.site_of[block];
      if (group == unseated()) {
        whole_[blocks_[block].people_class] = 1;
        continue;
      }
      ++rooms_of_[blocks_[block].people_class][group];
      --free_[group];
    }
  }

  // Rooms smaller than a block was cut for leave a class too few seats: free rooms, the cheapest first.
  void give_missing_rooms() {
    std::vector<std::uint32_t> order(problem_.groups.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return seat_price_[a] < seat_price_[b]; });
    for (std::uint32_t i = 0; i < problem_.classes.size(); ++i) {
      const PeopleClass& people = problem_.classes[i];
      auto wanted = static_cast<std::int64_t>(people.people.size());
      for (const auto& [group, count] : rooms_of_[i]) wanted -= count * problem_.groups[group].capacity;
      for (auto group = order.begin(); wanted > 0 && group != order.end();) {
        const Pool& pool = problem_.sites[problem_.groups[*group].site].pool;
        if (free_[*group] == 0 || pool.routing != people.routing || pool.assisted) {
          ++group;
          continue;
        }
        ++rooms_of_[i][*group];
        --free_[*group];
        whole_[i] = 1;
        wanted -= problem_.groups[*group].capacity;
      }
    }
  }

  // People of one class over rooms of that class: all of them, or those of neighbouring blocks.
  struct Tile {
    std::uint32_t people_class = 0;
    std::vector<std::uint32_t> blocks;
  };

  // Blocks of a class along a curve that keeps neighbours together, cut into tiles; in every other round the cuts fall
  // into the middle of the tiles of the round before. A class with rooms that are no block's is one tile.
  std::vector<Tile> tiles(std::int64_t round) const {
    std::vector<Tile> all;
    std::size_t next = 0;
    for (std::uint32_t i = 0; i < problem_.classes.size(); ++i) {
      std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
      for (; next < blocks_.size() && blocks_[next].people_class == i; ++next)
        order.emplace_back(place_on_curve(blocks_[next].centre), static_cast<std::uint32_t>(next));
      std::sort(order.begin(), order.end());
      const std::size_t most = whole_[i] != 0 ? order.size() : blocks_of_a_tile;
      std::size_t left = whole_[i] == 0 && round % 2 == 1 ? most / 2 : most;
      for (std::size_t j = 0; j < order.size(); ++j, --left) {
        if (j == 0 || left == 0) {
          all.push_back({.people_class = i});
          if (j > 0) left = most;
        }
        all.back().blocks.push_back(order[j].second);
      }
    }
    return all;
  }

  // Place on a Z-order curve over all homes, in 16 bits a side.
  std::uint64_t place_on_curve(Point point) const {
    const auto part = [](double value, double low, double high) {
      return static_cast<std::uint64_t>(std::clamp((value - low) / std::max(high - low, 1e-9), 0.0, 1.0) * 65'535);
    };
    const std::uint64_t x = part(point.lon, low_.lon, high_.lon);
    const std::uint64_t y = part(point.lat, low_.lat, high_.lat);
    std::uint64_t place = 0;
    for (int bit = 15; bit >= 0; --bit) place = place << 2 | (x >> bit & 1) << 1 | (y >> bit & 1);
    return place;
  }

  // Everybody of a tile exactly over its rooms.
  void seat_people(std::int64_t round) {
    std::fill(group_of_.begin(), group_of_.end(), unseated());
    const std::vector<Tile> all = tiles(round);
    for_each_item(limits_.threads, all.size(), [&](std::size_t number) {
      const Tile& tile = all[number];
      std::map<std::uint32_t, std::int64_t> rooms;
      std::vector<std::uint32_t> people;
      for (const std::uint32_t block : tile.blocks) {
        people.insert(people.end(), people_.begin() + blocks_[block].begin, people_.begin() + blocks_[block].end);
        if (group_of_block_[block] != unseated()) ++rooms[group_of_block_[block]];
      }
      if (whole_[tile.people_class] != 0) rooms = rooms_of_[tile.people_class];
      std::sort(people.begin(), people.end());
      std::vector<const RoomGroup*> places;
      std::vector<std::uint32_t> groups;
      std::vector<std::int64_t> seats;
      std::vector<Cost> prices;
      for (const auto& [group, count] : rooms) {
        groups.push_back(group);
        places.push_back(&problem_.groups[group]);
        seats.push_back(count * problem_.groups[group].capacity);
        prices.push_back(seat_price_[group]);
      }
      const Cost least = prices.empty() ? 0 : *std::min_element(prices.begin(), prices.end());
      for (Cost& price : prices) price -= least;
      NearPlaces<RoomGroup> costs(problem_, std::move(places), people);
      TransportOptions how{.candidates = candidates, .proof = false};
      how.first_prices = prices;
      const Transport seated = solve_transport(people.size(), seats, costs, problem_.scale.unseated, how);
      for (std::size_t i = 0; i < people.size(); ++i) {
        if (seated.site_of[i] < groups.size()) group_of_[people[i]] = groups[seated.site_of[i]];
      }
    });
  }

  Cost total() const {
    Cost sum = 0;
    for (std::uint32_t person = 0; person < problem_.people(); ++person) {
      sum += group_of_[person] == unseated() ? problem_.scale.unseated
                                             : problem_.cost(person, problem_.groups[group_of_[person]].venue);
    }
    return sum;
  }

  // People without a seat, then people beyond the detour cap: whatever weights say, not more of them.
  std::pair<std::int64_t, std::int64_t> missed(const std::vector<std::uint32_t>& group_of) const {
    std::pair<std::int64_t, std::int64_t> count;
    for (std::uint32_t person = 0; person < problem_.people(); ++person) {
      if (group_of[person] == unseated()) {
        ++count.first;
      } else if (problem_.cap_m_ >= 0) {
        const VenueIndex venue = problem_.groups[group_of[person]].venue;
        count.second += problem_.over_cap(person, problem_.travel.metres(person, venue.value));
      }
    }
    return count;
  }

  // What A's dual says at the prices of rooms shared out to their seats: any prices give a bound.
  Cost bound() const {
    const std::size_t items = (problem_.people() + people_of_an_item - 1) / people_of_an_item;
    std::vector<Cost> sums(items, 0);
    std::vector<const RoomGroup*> places;
    for (const RoomGroup& group : problem_.groups) places.push_back(&group);
    const std::size_t shares = std::min<std::size_t>(items, 64);
    for_each_item(limits_.threads, shares, [&](std::size_t share) {
      NearPlaces<RoomGroup> costs(problem_, places);
      costs.set_prices(seat_price_);
      for (std::size_t item = share; item < items; item += shares) {
        const std::size_t end = std::min(problem_.people(), (item + 1) * people_of_an_item);
        for (std::size_t person = item * people_of_an_item; person < end; ++person) {
          Option best{};
          const bool any = costs.find_cheapest(person, problem_.scale.unseated, {&best, 1}) > 0;
          sums[item] += any ? best.cost + seat_price_[best.site] : problem_.scale.unseated;
        }
      }
    });
    Cost bound = std::accumulate(sums.begin(), sums.end(), Cost{0});
    for (std::size_t group = 0; group < problem_.groups.size(); ++group) {
      const RoomGroup& rooms = problem_.groups[group];
      bound -= seat_price_[group] * rooms.capacity * static_cast<Cost>(rooms.rooms.size());
    }
    return bound;
  }

  const Problem& problem_;
  const Exam& exam_;
  const BlockLimits& limits_;
  const std::function<bool()>& stop_;
  Progress& progress_;
  std::vector<std::uint32_t> people_;          // by class; blocks are stretches of it
  std::vector<std::uint32_t> first_of_class_;  // in people_
  std::vector<Block> blocks_;                  // by class
  Point low_{90, 180};                         // a box around all homes
  Point high_{-90, -180};
  std::optional<BlockTolls> tolls_;
  bool placed_before_ = false;
  std::vector<Cost> group_price_;  // of a room
  std::vector<Cost> seat_price_;
  std::vector<std::int64_t> free_;                               // rooms by group
  std::vector<std::map<std::uint32_t, std::int64_t>> rooms_of_;  // by class: rooms by group
  std::vector<std::uint32_t> group_of_block_;
  std::vector<char> whole_;              // by class: it has rooms that are no block's, or blocks without a room
  std::vector<std::uint32_t> group_of_;  // by applicant
};

}  // namespace

BlockPlan plan_by_blocks(const Problem& problem, const BlockLimits& limits, const std::function<bool()>& stop,
                         Progress& progress) {
  return BlockPlanner(problem, limits, stop, progress).run();
}

}  // namespace hanjari::allocation
