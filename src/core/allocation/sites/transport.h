// A: people to sites with seats, exactly. Prices from a random quarter of the people and Newton's steps, shortest
// augmenting paths over a graph whose vertices are the sites, and a final proof over all pairs (README.md, A).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "allocation/cost.h"
#include "allocation/sites/searches.h"

namespace hanjari::allocation {

// A site a person may go to.
struct Option {
  std::uint32_t site = 0;
  Cost cost = 0;
};

// What people cost at sites, and which sites are best for them at what prices.
class SiteCosts {
 public:
  virtual ~SiteCosts() = default;
  // Prices by site (the first `sites` of them count), from now on.
  virtual void set_prices(std::span<const Cost> prices) = 0;
  // Into `best`: the sites of least cost + price, if that is less than `below`, ascending, of equal ones the lower site
  // first. Returns how many there are, at most best.size() and CheapestOptions::most.
  virtual std::size_t find_cheapest(std::size_t person, Cost below, std::span<Option> best) = 0;
};

// The best options found so far, kept in order; at most `most`.
class CheapestOptions {
 public:
  static constexpr std::size_t most = 64;
  CheapestOptions(std::span<Option> best, Cost below) : best_(best.first(std::min(best.size(), most))), below_(below) {}
  // Only what costs no more can still come in.
  Cost below() const { return kept_ > 0 && kept_ == best_.size() ? with_price_[kept_ - 1] : below_; }
  void offer(Option option, Cost with_price) {
    if (with_price >= below_) return;
    const auto worse = [&](std::size_t at) {
      return with_price_[at] != with_price ? with_price_[at] > with_price : best_[at].site > option.site;
    };
    if (kept_ == best_.size() && !worse(kept_ - 1)) return;
    std::size_t at = kept_ == best_.size() ? kept_ - 1 : kept_++;
    for (; at > 0 && worse(at - 1); --at) {
      best_[at] = best_[at - 1];
      with_price_[at] = with_price_[at - 1];
    }
    best_[at] = option;
    with_price_[at] = with_price;
  }
  std::size_t kept() const { return kept_; }

 private:
  std::span<Option> best_;
  Cost below_;
  std::size_t kept_ = 0;
  std::array<Cost, most> with_price_;
};

// Costs that are computed for all sites at once, `impossible` where the person cannot go.
class CostRows : public SiteCosts {
 public:
  explicit CostRows(std::size_t sites) : row_(sites), price_(sites) {}
  virtual void row(std::size_t person, std::span<Cost> costs) const = 0;
  void set_prices(std::span<const Cost> prices) final;
  std::size_t find_cheapest(std::size_t person, Cost below, std::span<Option> best) final;

 private:
  std::vector<Cost> row_;
  std::vector<Cost> price_;
};

// What is looked for when not everybody can be seated.
enum class IfShort { seat_most, give_up };

struct TransportOptions {
  // Sites per person that the searches see; the proof sees all. 0: as many as make it fast.
  std::size_t candidates = 0;
  bool warm_start = true;
  std::span<const Cost> first_prices;  // by site; when given they are the warm start
  Searches searches = Searches::boost;
  // give_up: ends at the first person without a seat, and the result says nothing but that.
  IfShort if_short = IfShort::seat_most;
  bool proof = true;  // without it only the unseated make the search look beyond the candidates
};

struct Transport {
  std::vector<std::uint32_t> site_of;  // by person; the number of sites when unseated
  std::vector<Cost> price;             // by site: what one more seat would save
  std::size_t unseated = 0;            // people
  Cost primal = 0;
  Cost dual = 0;  // equal to primal: the proof, if it was asked for
  std::uint64_t searches = 0;
  std::uint64_t added_pairs = 0;  // pairs outside the candidates that the proof had to let in
};

// The cheapest way to seat people, where leaving a person out costs `unseated`. Any number of people and seats.
Transport solve_transport(std::size_t people, std::span<const std::int64_t> seats, SiteCosts& costs, Cost unseated,
                          const TransportOptions& options = {});
inline Transport solve_transport(std::size_t people, std::span<const std::int64_t> seats, SiteCosts&& costs,
                                 Cost unseated, const TransportOptions& options = {}) {
  return solve_transport(people, seats, static_cast<SiteCosts&>(costs), unseated, options);
}

}  // namespace hanjari::allocation
