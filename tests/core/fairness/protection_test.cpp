// Tables by group against an attacker who knows everybody's groups and solves the equations.
#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "hanjari/fairness/protection.h"

namespace hanjari::fairness {
namespace {

// Shares nothing with the protection: a row for each published cell over single people, solved modulo another prime, and every group
// of one to four people tried.
class Solver {
 public:
  explicit Solver(const std::vector<PublishedEdition>& editions) {
    std::map<std::string, int> known;
    for (const PublishedEdition& edition : editions) {
      for (const auto& [name, values] : edition.members) known[name] = 0;
    }
    for (auto& [name, place] : known) place = people_++;
    for (const PublishedEdition& edition : editions) {
      for (const Cell& cell : edition.cells) {
        Row row(static_cast<std::size_t>(people_), 0);
        for (const auto& [name, values] : edition.members) {
          if (cell.dimension < 0 || values[static_cast<std::size_t>(cell.dimension)] == cell.value)
            row[static_cast<std::size_t>(known[name])] = 1;
        }
        reduce(row);
        add(std::move(row));
      }
    }
  }

  bool learns_a_small_group() const {
    std::vector<int> group;
    return search(0, group);
  }

 private:
  using Row = std::vector<std::int64_t>;
  static constexpr std::int64_t modulus = 1'000'000'007;

  static std::int64_t power(std::int64_t base, std::int64_t exponent) {
    std::int64_t result = 1;
    for (; exponent > 0; exponent /= 2) {
      if (exponent % 2 == 1) result = result * base % modulus;
      base = base * base % modulus;
    }
    return result;
  }
  void reduce(Row& row) const {
    for (const auto& [pivot, known] : rows_) {
      const std::int64_t factor = row[pivot];
      for (std::size_t i = 0; factor != 0 && i < row.size(); ++i)
        row[i] = ((row[i] - factor * known[i]) % modulus + modulus) % modulus;
    }
  }
  void add(Row row) {
    const auto first = std::find_if(row.begin(), row.end(), [](std::int64_t one) { return one != 0; });
    if (first == row.end()) return;
    const std::int64_t scale = power(*first, modulus - 2);
    const auto pivot = static_cast<std::size_t>(first - row.begin());
    for (std::int64_t& one : row) one = one * scale % modulus;
    rows_.emplace_back(pivot, std::move(row));
  }
  bool search(int from, std::vector<int>& group) const {
    if (!group.empty()) {
      Row row(static_cast<std::size_t>(people_), 0);
      for (const int one : group) row[static_cast<std::size_t>(one)] = 1;
      reduce(row);
      if (std::all_of(row.begin(), row.end(), [](std::int64_t one) { return one == 0; })) return true;
    }
    if (std::ssize(group) == smallest_group - 1) return false;
    for (int next = from; next < people_; ++next) {
      group.push_back(next);
      if (search(next + 1, group)) return true;
      group.pop_back();
    }
    return false;
  }

  int people_ = 0;
  std::vector<std::pair<std::size_t, Row>> rows_;
};

Members random_members(std::mt19937& random, int people) {
  Members members;
  const auto pick = [&](int many) { return std::to_string(random() % static_cast<unsigned>(many)); };
  for (int i = 0; i < people; ++i) {
    const std::string district = pick(3);
    // Units that lie in one district, as units of a region do: what a table of the one says of the other is subtracted easily.
    const std::string unit = random() % 4 == 0 ? "x" : district + "u";
    members["p" + std::to_string(i)] = {district, pick(2), unit};
  }
  return members;
}

// What a rule that looks at each cell alone would publish.
Cells large_cells(const Members& members) {
  std::map<Cell, int> sizes;
  for (const auto& [name, values] : members) {
    ++sizes[Cell{}];
    for (std::size_t i = 0; i < values.size(); ++i) ++sizes[Cell{static_cast<int>(i), values[i]}];
  }
  Cells cells;
  for (const auto& [cell, size] : sizes) {
    if (size >= smallest_group) cells.insert(cell);
  }
  return cells;
}

// Red when a cell is judged alone, when the rest to a total is forgotten, or when editions before are.
TEST(Protection, NoEquationsSettleFewerThanFivePeople) {
  std::mt19937 random(18);
  int leaks_of_single_cells = 0;
  std::size_t published = 0;
  for (int run = 0; run < 60; ++run) {
    std::vector<PublishedEdition> careful;
    std::vector<PublishedEdition> careless;
    Members members = random_members(random, 12 + static_cast<int>(random() % 9));
    for (int edition = 0; edition < 3; ++edition) {
      const Cells cells = cells_to_publish(members, careful, Seed{});
      published += cells.size();
      careful.push_back({members, cells});
      careless.push_back({members, large_cells(members)});
      // Somebody moves, withdraws or comes late.
      if (auto moved = members.find("p3"); moved != members.end()) moved->second[0] = "9";
      if (random() % 2 == 0) members.erase("p" + std::to_string(random() % 10));
      if (random() % 2 == 0) members["late" + std::to_string(edition)] = {"0", "1", "x"};
    }
    EXPECT_FALSE(Solver(careful).learns_a_small_group()) << "run " << run;
    leaks_of_single_cells += Solver(careless).learns_a_small_group() ? 1 : 0;
  }
  EXPECT_GT(leaks_of_single_cells, 10) << "the attacker has teeth";
  EXPECT_GT(published, 60U) << "and something is published";
}

TEST(Protection, WithholdsTheSecondSmallestWhereTheRestWouldTell) {
  Members members;
  for (int i = 0; i < 40; ++i) members["p" + std::to_string(i)] = {i < 2 ? "small" : i < 12 ? "middle" : "large"};
  const Cells cells = cells_to_publish(members, {}, Seed{});
  EXPECT_EQ(cells, (Cells{{-1, ""}, {0, "large"}})) << "small and middle stay together: 12 people";
}

TEST(Protection, OnePersonMoreKeepsTheOldFigure) {
  Members members;
  for (int i = 0; i < 40; ++i) members["p" + std::to_string(i)] = {i < 20 ? "a" : "b"};
  const Cells first = cells_to_publish(members, {}, Seed{});
  EXPECT_EQ(first.size(), 3U);
  Members later = members;
  later["late"] = {"a"};
  EXPECT_EQ(cells_to_publish(later, {{members, first}}, Seed{}), (Cells{{0, "b"}})) << "a and the total would tell of one person";
  for (int i = 0; i < 4; ++i) later["late" + std::to_string(i)] = {"a"};
  EXPECT_EQ(cells_to_publish(later, {{members, first}}, Seed{}).size(), 3U) << "five more may be subtracted";
}

TEST(Protection, FewPeopleHaveNoTable) {
  EXPECT_TRUE(cells_to_publish({{"a", {"x"}}, {"b", {"x"}}, {"c", {"x"}}, {"d", {"x"}}}, {}, Seed{}).empty());
  EXPECT_TRUE(cells_to_publish({}, {}, Seed{}).empty());
}

}  // namespace
}  // namespace hanjari::fairness
