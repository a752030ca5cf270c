#include "allocation/sites/price_steps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "allocation/sites/slopes.h"
#include "hanjari/base/random.h"

namespace hanjari::allocation {
namespace {

constexpr Cost unseated = 1'000'000'000;

// People and sites spread over a square; more people on one side of it, so that they have to move over.
struct Square {
  Square(std::uint64_t number, std::size_t people, std::size_t sites, std::size_t width) : options(people, width + 1) {
    RandomStream random(Seed{}, "square " + std::to_string(number));
    std::vector<std::pair<double, double>> places;
    for (std::size_t site = 0; site < sites; ++site) {
      places.emplace_back(static_cast<double>(random.below(10'000)), static_cast<double>(random.below(10'000)));
      seats.push_back(static_cast<std::int64_t>((people * 21 / 20 + sites - 1) / sites));
    }
    seats.push_back(static_cast<std::int64_t>(people));
    for (std::size_t person = 0; person < people; ++person) {
      const double x = static_cast<double>(std::min(random.below(10'000), random.below(10'000)));
      const double y = static_cast<double>(random.below(10'000));
      std::vector<Option> all;
      for (std::uint32_t site = 0; site < sites; ++site) {
        const double across = x - places[site].first;
        const double along = y - places[site].second;
        all.push_back({site, static_cast<Cost>(std::sqrt(across * across + along * along))});
      }
      std::sort(all.begin(), all.end(), [](const Option& a, const Option& b) { return a.cost < b.cost; });
      std::copy_n(all.begin(), width, options.block(person));
      options.block(person)[width] = {static_cast<std::uint32_t>(sites), unseated};
    }
  }

  // Those whom the best site for them at these prices cannot seat.
  std::int64_t too_many(const std::vector<Cost>& price) const {
    std::vector<std::int64_t> wanted(seats.size());
    for (std::size_t person = 0; person < people(); ++person) {
      Option best{.cost = impossible};
      options.for_each(person, [&](const Option& option) {
        if (option.cost + price[option.site] < best.cost) best = {option.site, option.cost + price[option.site]};
      });
      ++wanted[best.site];
    }
    std::int64_t sum = 0;
    for (std::size_t site = 0; site < seats.size(); ++site)
      sum += std::max<std::int64_t>(0, wanted[site] - seats[site]);
    return sum;
  }
  std::size_t people() const { return static_cast<std::size_t>(seats.back()); }

  std::vector<std::int64_t> seats;  // with those of the unseated
  OptionLists options;
};

TEST(PriceSteps, LeaveFewPeopleWhereThereIsNoSeat) {
  for (std::uint64_t number = 0; number < 8; ++number) {
    const Square square(number, 4'000, 20, 20);
    std::vector<Cost> price(21, 0);
    const std::int64_t before = square.too_many(price);
    const Misplaced said = step_prices(square.options, square.people(), square.seats, {1, 0.01}, price);
    EXPECT_GT(before, 400) << number;
    EXPECT_LT(square.too_many(price), before / 10) << number;
    EXPECT_LT(said.too_many, 0.1 * static_cast<double>(before)) << number;
    EXPECT_LT(said.elsewhere, 1) << number;
    EXPECT_EQ(price.back(), 0);
    EXPECT_GE(*std::min_element(price.begin(), price.end()), 0);
  }
}

TEST(PriceSteps, SayHowManyWantToBeBeyondTheirOptions) {
  const Square square(3, 4'000, 20, 3);
  std::vector<Cost> price(21, 0);
  EXPECT_GT(step_prices(square.options, square.people(), square.seats, {1, 0.01}, price).elsewhere, 100);
  EXPECT_LT(*std::max_element(price.begin(), price.end()), 15'000) << "prices do not run away where options end";
}

TEST(PriceSteps, TakeNobodyAndNoSeatForWhatTheyAre) {
  std::vector<Cost> price(4, 7);
  price.back() = 0;
  const Misplaced left = step_prices(OptionLists(0, 2), 0, std::vector<std::int64_t>{3, 0, 5, 0}, {1, 0.1}, price);
  EXPECT_EQ(left.too_many + left.elsewhere, 0);
  for (const Cost each : price) EXPECT_GE(each, 0);
}

TEST(Slopes, SolveWhatEliminationSolves) {
  RandomStream random(Seed{}, "slopes");
  constexpr std::size_t sites = 12;
  Slopes slopes(sites);
  std::vector<double> own(sites, 0.01), least(sites, 0), excess(sites);
  std::vector<std::vector<double>> rows(sites - 1, std::vector<double>(sites, 0));
  for (int filled = 0; filled < 2; ++filled) {  // the second time over the first
    slopes.clear();
    for (auto& row : rows) std::fill(row.begin(), row.end(), 0);
    for (int i = 0; i < 60; ++i) {
      const auto a = static_cast<std::uint32_t>(random.below(sites));
      const auto b = static_cast<std::uint32_t>(random.below(sites));
      if (a == b) continue;
      const double people = 1 + static_cast<double>(random.below(100));
      slopes.add(a, b, people);
      if (a + 1 < sites) rows[a][a] += people;
      if (b + 1 < sites) rows[b][b] += people;
      if (a + 1 < sites && b + 1 < sites) rows[a][b] -= people;
      if (a + 1 < sites && b + 1 < sites) rows[b][a] -= people;
    }
  }
  for (std::size_t site = 0; site + 1 < sites; ++site) {
    rows[site][site] += own[site];
    excess[site] = rows[site][sites - 1] = static_cast<double>(random.below(200)) - 100;
  }
  for (std::size_t at = 0; at + 1 < sites; ++at) {
    for (std::size_t other = 0; other + 1 < sites; ++other) {
      if (other == at) continue;
      const double factor = rows[other][at] / rows[at][at];
      for (std::size_t column = 0; column < sites; ++column) rows[other][column] -= factor * rows[at][column];
    }
  }
  std::vector<double> change;
  slopes.build(own, least);
  slopes.solve(excess, 0, change);
  for (std::size_t site = 0; site + 1 < sites; ++site) {
    EXPECT_NEAR(change[site], rows[site][sites - 1] / rows[site][site], 0.02) << site;
  }
  EXPECT_EQ(change.back(), 0);
}

}  // namespace
}  // namespace hanjari::allocation
