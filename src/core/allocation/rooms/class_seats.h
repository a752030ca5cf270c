// One class of people over the rooms it has been given: the exact cheapest seating, kept exact while rooms come and go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "allocation/problem.h"
#include "allocation/rooms/lower_to.h"
#include "allocation/sites/class_search.h"

namespace hanjari::allocation {

// Places are the room groups the class may use, and one last place for the unseated, which is never full.
//
// Prices: every person sits where cost + price is least; a place with a free seat has price 0.
class ClassSeats {
 public:
  static constexpr Cost never = SwitchGraph::never;

  // costs: people x places, row by row; the last column is the cost of being unseated, `never` where one cannot go.
  ClassSeats(std::size_t people, std::size_t places, std::vector<Cost> costs, Searches searches = Searches::boost)
      : people_(people),
        places_(places),
        costs_(std::move(costs)),
        place_of_(people),
        slot_of_(people),
        members_(places),
        seats_(places),
        price_(places),
        switch_(places * places, never),
        free_(places),
        search_(make_class_search(places, searches)) {}

  // First seating: everybody to the place of least cost + price among those with seats, then exact.
  void start(std::span<const std::int64_t> seats, std::span<const Cost> prices) {
    total_ = 0;
    for (std::size_t place = 0; place < places_; ++place) {
      members_[place].clear();
      seats_[place] = place + 1 == places_ ? static_cast<std::int64_t>(people_) : seats[place];
      // A place without seats costs what nobody pays, so that nobody begins there.
      price_[place] = place + 1 == places_ ? 0 : prices[place];
    }
    for (std::uint32_t person = 0; person < people_; ++person) {
      const Cost* row = costs_of(person);
      std::size_t best = places_ - 1;
      for (std::size_t place = 0; place + 1 < places_; ++place) {
        if (row[place] < never && row[place] + price_[place] < row[best] + price_[best]) best = place;
      }
      sit(person, best);
    }
    for (std::size_t place = 0; place < places_; ++place) refresh(place);
    depth_ = 0;
    for (std::size_t place = 0; place + 1 < places_; ++place) fill(place);
    for (std::size_t place = 0; place + 1 < places_; ++place) empty(place);
  }

  // The same from a cheapest seating that is known, with its prices.
  void start_at(std::span<const std::int64_t> seats, std::span<const Cost> prices,
                std::span<const std::uint32_t> place_of) {
    total_ = 0;
    for (std::size_t place = 0; place < places_; ++place) {
      members_[place].clear();
      seats_[place] = place + 1 == places_ ? static_cast<std::int64_t>(people_) : seats[place];
      price_[place] = place + 1 == places_ ? 0 : prices[place];
    }
    for (std::uint32_t person = 0; person < people_; ++person) sit(person, place_of[person]);
    for (std::size_t place = 0; place < places_; ++place) refresh(place);
    depth_ = 0;
  }

  // Trials nest: everything since the last begin_trial is taken back by roll_back or made part of what was before by
  // keep.
  void begin_trial() {
    if (depth_ == frames_.size()) frames_.emplace_back();
    Frame& frame = frames_[depth_++];
    frame.log.clear();
    frame.price = price_;
    frame.seats = seats_;
    frame.total = total_;
    frame.rows.clear();
    frame.row_of.assign(places_, 0);
  }
  // Only of the outermost trial.
  void keep() { depth_ = 0; }
  void roll_back() {
    Frame& frame = frames_[--depth_];
    for (auto step = frame.log.rbegin(); step != frame.log.rend(); ++step) {
      stand(step->person);
      sit(step->person, step->from);
    }
    price_.swap(frame.price);
    seats_.swap(frame.seats);
    total_ = frame.total;
    for (std::size_t place = 0; place < places_; ++place) {
      if (frame.row_of[place] == 0) continue;
      const Cost* row = frame.rows.data() + (frame.row_of[place] - 1) * places_;
      std::copy(row, row + places_, switch_row(place));
    }
  }
  // Places whose people or prices the outermost trial has changed so far, ascending.
  std::vector<std::uint32_t> changed_places() const {
    std::vector<std::uint32_t> changed;
    const Frame& frame = frames_.front();
    for (std::uint32_t place = 0; place + 1 < places_; ++place) {
      if (frame.row_of[place] != 0 || frame.price[place] != price_[place] || frame.seats[place] != seats_[place]) {
        changed.push_back(place);
      }
    }
    return changed;
  }

  // What a further seat there would save at most.
  Cost seat_worth(std::size_t place) const {
    if (seats_[place] > 0) return price_[place];
    Cost worth = 0;
    for (std::size_t from = 0; from < places_; ++from) {
      const Cost change = switch_[from * places_ + place];
      if (change < never / 2) worth = std::max(worth, price_[from] - change);
    }
    return worth;
  }

  // Gives the place more seats (or takes seats away when negative) and makes the seating the cheapest again. Returns
  // the change of the total; or, inside a trial, `impossible` as soon as it is sure to be more than `most` (then only
  // roll_back is allowed).
  Cost change_seats(std::size_t place, std::int64_t difference, Cost most = impossible) {
    const Cost before = total_;
    seats_[place] += difference;
    const bool done = difference > 0 ? fill(place, before, most) : empty(place, before, most);
    return done ? total_ - before : impossible;
  }

  Cost total() const { return total_; }
  std::int64_t seats(std::size_t place) const { return seats_[place]; }
  std::size_t taken(std::size_t place) const { return members_[place].size(); }
  Cost price(std::size_t place) const { return price_[place]; }
  std::size_t places() const { return places_; }
  std::size_t people() const { return people_; }
  std::size_t unseated() const { return members_[places_ - 1].size(); }
  std::uint32_t place_of(std::uint32_t person) const { return place_of_[person]; }
  const Cost* costs_of(std::uint32_t person) const { return costs_.data() + std::size_t{person} * places_; }
  std::span<const std::uint32_t> members(std::size_t place) const { return members_[place]; }
  std::uint64_t searches() const { return searches_; }

 private:
  struct Logged {
    std::uint32_t person;
    std::uint32_t from;
  };
  struct Frame {
    std::vector<Logged> log;
    std::vector<Cost> price;
    std::vector<std::int64_t> seats;
    Cost total = 0;
    std::vector<Cost> rows;             // switch rows as they were, one after the other
    std::vector<std::uint32_t> row_of;  // by place: position in rows + 1
  };
  Cost* switch_row(std::size_t place) { return switch_.data() + place * places_; }

  void sit(std::uint32_t person, std::size_t place) {
    place_of_[person] = static_cast<std::uint32_t>(place);
    slot_of_[person] = static_cast<std::uint32_t>(members_[place].size());
    members_[place].push_back(person);
    total_ += costs_of(person)[place];
  }
  void stand(std::uint32_t person) {
    auto& list = members_[place_of_[person]];
    total_ -= costs_of(person)[place_of_[person]];
    const std::uint32_t last = list.back();
    list[slot_of_[person]] = last;
    slot_of_[last] = slot_of_[person];
    list.pop_back();
  }
  void save_row(std::size_t place) {
    if (depth_ == 0) return;
    Frame& frame = frames_[depth_ - 1];
    if (frame.row_of[place] != 0) return;
    frame.rows.insert(frame.rows.end(), switch_row(place), switch_row(place) + places_);
    frame.row_of[place] = static_cast<std::uint32_t>(frame.rows.size() / places_);
  }
  // The cheapest switch from the place to every other one.
  void refresh(std::size_t place) {
    Cost* row = switch_row(place);
    std::fill(row, row + places_, never);
    for (const std::uint32_t person : members_[place]) {
      const Cost* costs = costs_of(person);
      lower_to(row, costs, costs[place], places_);
    }
  }
  void move(std::uint32_t person, std::size_t to) {
    if (depth_ > 0) frames_[depth_ - 1].log.push_back({person, place_of_[person]});
    stand(person);
    sit(person, to);
  }
  // Who makes the switch: of equal ones the first person.
  std::uint32_t switcher(std::size_t from, std::size_t to) const {
    const Cost wanted = switch_[from * places_ + to];
    std::uint32_t best = std::numeric_limits<std::uint32_t>::max();
    for (const std::uint32_t person : members_[from]) {
      if (costs_of(person)[to] - costs_of(person)[from] == wanted) best = std::min(best, person);
    }
    return best;
  }

  SwitchGraph graph() {
    for (std::size_t place = 0; place < places_; ++place) {
      free_[place] = seats_[place] - static_cast<std::int64_t>(members_[place].size());
    }
    ++searches_;
    return {.places = places_, .change = switch_.data(), .price = price_.data(), .free = free_.data()};
  }

  // Lets people who would save by it take the free seats of the place.
  bool fill(std::size_t place, Cost before = 0, Cost most = impossible) {
    for (;;) {
      const std::int64_t free = seats_[place] - static_cast<std::int64_t>(members_[place].size());
      if (free <= 0 || price_[place] <= 0) return true;
      const auto [reached, end] = search_->pull(graph(), static_cast<std::uint32_t>(place));
      for (std::size_t at = 0; at < places_; ++at) price_[at] -= std::max<Cost>(0, reached - search_->distance()[at]);
      if (end == place) return true;
      // price_[place] is now what this person saves by coming; every further one saves no more.
      if (most < impossible && total_ - before - free * price_[place] > most) return false;
      path_.clear();
      for (std::size_t at = end; at != place; at = search_->came(at)) {
        path_.push_back({switcher(at, search_->came(at)), search_->came(at)});
      }
      walk(end);
    }
  }

  // Moves people out until nobody is too many.
  bool empty(std::size_t place, Cost before = 0, Cost most = impossible) {
    for (;;) {
      const std::int64_t over = static_cast<std::int64_t>(members_[place].size()) - seats_[place];
      if (over <= 0) return true;
      const auto [reached, end] = search_->push(graph(), static_cast<std::uint32_t>(place));
      for (std::size_t at = 0; at < places_; ++at) price_[at] += std::max<Cost>(0, reached - search_->distance()[at]);
      // price_[place] is now what this person's leaving costs; every further one costs no less.
      if (most < impossible && total_ - before + over * price_[place] > most) return false;
      path_.clear();
      for (std::size_t at = end; at != place; at = search_->came(at)) {
        path_.push_back({switcher(search_->came(at), at), static_cast<std::uint32_t>(at)});
      }
      walk(end);
    }
  }

  // Everybody on the path takes one step.
  void walk(std::size_t end) {
    rows_.clear();
    rows_.push_back(static_cast<std::uint32_t>(end));
    for (const Logged& step : path_) {
      const std::uint32_t from = place_of_[step.person];
      rows_.push_back(from);
      rows_.push_back(step.from);
      save_row(from);
      save_row(step.from);
    }
    for (const Logged& step : path_) move(step.person, step.from);
    std::sort(rows_.begin(), rows_.end());
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    for (const std::uint32_t place : rows_) refresh(place);
  }

  std::size_t people_;
  std::size_t places_;
  std::vector<Cost> costs_;
  std::vector<std::uint32_t> place_of_;
  std::vector<std::uint32_t> slot_of_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<std::int64_t> seats_;
  std::vector<Cost> price_;
  std::vector<Cost> switch_;
  Cost total_ = 0;
  std::uint64_t searches_ = 0;

  std::vector<std::int64_t> free_;  // by place, for a search
  std::unique_ptr<ClassSearch> search_;
  std::vector<Logged> path_;  // person, and where to
  std::vector<std::uint32_t> rows_;

  std::vector<Frame> frames_;
  std::size_t depth_ = 0;
};

}  // namespace hanjari::allocation
