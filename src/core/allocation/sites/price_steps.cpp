#include "allocation/sites/price_steps.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "allocation/sites/slopes.h"

namespace hanjari::allocation {
namespace {

constexpr double finer = 2;  // from one softness to the next
constexpr int most_tries = 10;
constexpr double enough_left = 0.01;  // of the people
constexpr double first_damping = 1e-2;
constexpr double least_damping = 1e-6;
constexpr double most_damping = 1e2;
constexpr double longest_step = 10;  // distances between sites
constexpr double elsewhere = 10;     // distances between sites that unseen ones are further than the last option
constexpr double widest_scale = 16;  // of the median: more would be the cost of going beyond a cap
constexpr double too_small = 1e-3;   // products of two wishes that nobody would notice
constexpr double furthest = 6;       // e^-6 of a person counts for nothing

// e^-x, the same with every compiler and library; zero from `furthest` on.
class Decay {
 public:
  Decay() {
    constexpr double ratio = 0.96923323447634408;  // e^(-1 / steps)
    double value = 1;
    for (double& entry : table_) {
      entry = value;
      value *= ratio;
    }
  }
  double operator()(double x) const {
    if (x >= furthest) return 0;
    const double scaled = x * steps;
    const auto at = static_cast<std::size_t>(scaled);
    return table_[at] + (scaled - static_cast<double>(at)) * (table_[at + 1] - table_[at]);
  }

 private:
  static constexpr std::size_t steps = 32;
  std::array<double, static_cast<std::size_t>(furthest) * steps + 1> table_{};
};

class PriceSteps {
 public:
  PriceSteps(const OptionLists& options, std::size_t people, std::span<const std::int64_t> seats,
             std::span<const Cost> price)
      : options_(options),
        people_(people),
        sites_(seats.size()),
        seats_(seats.begin(), seats.end()),
        price_(price.begin(), price.end()),
        slopes_(sites_) {
    measure();
    for (auto* vector : {&excess_, &excess_there_, &offer_}) vector->assign(sites_, 0);
    least_slope_.reserve(sites_);
    for (std::size_t site = 0; site < sites_; ++site)
      least_slope_.push_back(0.5 * (seats_[site] + 1) / scale_of_[site]);
  }

  Misplaced run(Softness softness, std::vector<Cost>& price) {
    for (double soft = std::max(softness.first, softness.last);;) {
      balance(soft);
      if (soft <= softness.last) break;
      const double next = std::max(soft / finer, softness.last);
      // A price that is nearly zero for one softness is nearly zero for the next.
      for (std::size_t site = 0; site + 1 < sites_; ++site) {
        if (price_[site] < 3 * soft * scale_of_[site]) price_[site] *= next / soft;
      }
      soft = next;
    }
    for (std::size_t site = 0; site + 1 < sites_; ++site) {
      price[site] = static_cast<Cost>(std::floor(std::max(0.0, price_[site]) + 0.5));
    }
    return {.too_many = too_many(excess_) - excess_.back(), .elsewhere = excess_.back()};
  }

 private:
  // For everybody: how far apart sites are (the fourth from the nearest), and what an unseen one costs.
  void measure() {
    scale_.resize(people_);
    elsewhere_.resize(people_);
    std::array<double, CheapestOptions::most + 1> costs;
    std::vector<double> last(people_);  // of the options, with its price
    for (std::size_t person = 0; person < people_; ++person) {
      std::size_t count = 0;
      options_.for_each(person, [&](const Option& option) {
        if (option.site + 1 == sites_) {
          elsewhere_[person] = static_cast<double>(option.cost);
          return;
        }
        costs[count++] = static_cast<double>(option.cost);
        last[person] = static_cast<double>(option.cost) + price_[option.site];
      });
      double spread = 0;
      if (count > 1) {
        const auto fourth = costs.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, 4) - 1);
        std::nth_element(costs.begin(), fourth, costs.begin() + static_cast<std::ptrdiff_t>(count));
        spread = *fourth - *std::min_element(costs.begin(), fourth);
      }
      scale_[person] = static_cast<float>(std::max(1.0, spread / 3));
      if (count + 1 < options_.width()) last[person] = elsewhere_[person];
    }
    float widest = 1;
    if (people_ > 0) {
      std::vector<float> sorted = scale_;
      const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
      std::nth_element(sorted.begin(), middle, sorted.end());
      widest = static_cast<float>(widest_scale) * *middle;
    }
    scale_of_.assign(sites_, 0);
    std::vector<double> count(sites_, 0);
    for (std::size_t person = 0; person < people_; ++person) {
      scale_[person] = std::min(scale_[person], widest);
      elsewhere_[person] = std::min(elsewhere_[person], last[person] + elsewhere * scale_[person]);
      options_.for_each(person, [&](const Option& option) {
        scale_of_[option.site] += scale_[person];
        count[option.site] += 1;
      });
    }
    for (std::size_t site = 0; site < sites_; ++site) {
      scale_of_[site] = std::max(1.0, scale_of_[site] / std::max(1.0, count[site]));
    }
  }

  // Everybody wants the cheapest sites in parts that fall off with what they cost more; a site offers all its seats at
  // a high price, half of them for nothing. Into `excess`: who wants a site less what it offers; and how prices change
  // it.
  void find_excess(const std::vector<double>& price, double soft, std::vector<double>& excess) {
    std::fill(excess.begin(), excess.end(), 0);
    slopes_.clear();
    struct Wish {
      std::uint32_t site;
      double cost;  // then the part
    };
    std::array<Wish, CheapestOptions::most + 2> wishes;
    for (std::size_t person = 0; person < people_; ++person) {
      const double unit = soft * scale_[person];
      std::size_t count = 1;
      double least = elsewhere_[person];
      double limit = least + furthest * unit;
      wishes[0] = {static_cast<std::uint32_t>(sites_ - 1), least};
      options_.for_each(person, [&](const Option& option) {
        const double cost = static_cast<double>(option.cost) + price[option.site];
        if (cost >= limit || option.site + 1 == sites_) return;
        wishes[count++] = {option.site, cost};
        if (cost >= least) return;
        least = cost;
        limit = cost + furthest * unit;
      });
      std::size_t kept = 0;
      double sum = 0;
      const double per_unit = 1 / unit;
      for (std::size_t i = 0; i < count; ++i) {
        if (wishes[i].cost >= limit) continue;
        const double part = decay_((wishes[i].cost - least) * per_unit);
        sum += part;
        wishes[kept++] = {wishes[i].site, part};
      }
      if (kept == 1) {
        excess[wishes[0].site] += 1;
        continue;
      }
      for (std::size_t i = 0; i < kept; ++i) {
        wishes[i].cost /= sum;
        excess[wishes[i].site] += wishes[i].cost;
        for (std::size_t j = 0; j < i; ++j) {
          const double both = wishes[i].cost * wishes[j].cost;
          if (both > too_small) slopes_.add(wishes[j].site, wishes[i].site, both * per_unit);
        }
      }
    }
    for (std::size_t site = 0; site + 1 < sites_; ++site) {
      const double per_unit = 1 / (soft * scale_of_[site]);
      const double decayed = decay_(std::abs(price[site]) * per_unit);
      const double low = decayed / (1 + decayed);
      excess[site] -= seats_[site] * (price[site] < 0 ? low : 1 - low);
      offer_[site] = seats_[site] * low * (1 - low) * per_unit;
    }
  }

  // People who want a site beyond its seats, or one they do not know.
  static double too_many(const std::vector<double>& excess) {
    double sum = 0;
    for (const double people : excess) sum += std::max(0.0, people);
    return sum;
  }

  // Newton's steps for one softness. A step is good if it does not lead far beyond the top of the dual in its direction
  // and leaves hardly more people too many; otherwise a shorter one is tried, more along the excess.
  void balance(double soft) {
    find_excess(price_, soft, excess_);
    slopes_.build(offer_, least_slope_);
    double damping = first_damping;
    for (int tried = 0; tried < most_tries && damping <= most_damping; ++tried) {
      slopes_.solve(excess_, damping, change_);
      there_ = price_;
      double rise = 0;
      for (std::size_t site = 0; site + 1 < sites_; ++site) {
        const double most = std::max(longest_step, 4 * longest_step * soft) * scale_of_[site];
        const double lowest = std::min(price_[site], -5 * soft * scale_of_[site]);
        there_[site] = std::max(lowest, price_[site] + std::clamp(change_[site], -most, most));
        rise += excess_[site] * (there_[site] - price_[site]);
      }
      find_excess(there_, soft, excess_there_);
      double rise_there = 0;
      for (std::size_t site = 0; site + 1 < sites_; ++site) {
        rise_there += excess_there_[site] * (there_[site] - price_[site]);
      }
      if (rise_there <= -0.7 * rise || too_many(excess_there_) > 1.1 * too_many(excess_)) {
        damping *= 10;
        continue;
      }
      damping = std::max(damping / 100, least_damping);
      price_.swap(there_);
      excess_.swap(excess_there_);
      if (too_many(excess_) - excess_.back() < enough_left * static_cast<double>(people_)) break;
      slopes_.build(offer_, least_slope_);
    }
  }

  const OptionLists& options_;
  std::size_t people_;
  std::size_t sites_;
  Decay decay_;
  std::vector<float> scale_;       // by person
  std::vector<double> elsewhere_;  // by person
  std::vector<double> scale_of_;   // by site: of those who have it among their options
  std::vector<double> least_slope_;
  std::vector<double> seats_;
  std::vector<double> price_;
  std::vector<double> there_;
  std::vector<double> excess_;
  std::vector<double> excess_there_;
  std::vector<double> offer_;
  std::vector<double> change_;
  Slopes slopes_;
};

}  // namespace

Misplaced step_prices(const OptionLists& options, std::size_t people, std::span<const std::int64_t> seats,
                      Softness softness, std::vector<Cost>& price) {
  return PriceSteps(options, people, seats, price).run(softness, price);
}

}  // namespace hanjari::allocation
