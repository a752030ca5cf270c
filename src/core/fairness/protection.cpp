#include "hanjari/fairness/protection.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace hanjari::fairness {
namespace {

// Equations are solved modulo a prime: a group that is settled there and not in fractions would need a determinant that the prime
// divides, and is then withheld for nothing.
constexpr std::uint64_t prime = 2'147'483'647;

std::uint64_t inverse_of(std::uint64_t value) {
  std::uint64_t result = 1;
  for (std::uint64_t power = prime - 2; power > 0; power >>= 1U) {
    if ((power & 1U) != 0) result = result * value % prime;
    value = value * value % prime;
  }
  return result;
}

using Equation = std::vector<std::uint64_t>;  // a number for each atom
using Key = std::array<std::uint64_t, 2>;

Key sum_of(const Key& one, const Key& other) {
  return {(one[0] + other[0]) % prime, (one[1] + other[1]) % prime};
}
Key negative_of(const Key& key) {
  return {(prime - key[0]) % prime, (prime - key[1]) % prime};
}
constexpr Key zero_key{0, 0};

// People whom no table of any edition tells apart.
struct Atom {
  std::vector<const std::vector<std::string>*> values;  // by edition; null where they are not in it
  int people = 0;
};

std::vector<Atom> atoms_of(const std::vector<const Members*>& editions) {
  std::map<std::string, std::vector<const std::vector<std::string>*>> everybody;
  for (std::size_t edition = 0; edition < editions.size(); ++edition) {
    for (const auto& [name, values] : *editions[edition]) {
      auto& own = everybody[name];
      own.resize(editions.size(), nullptr);
      own[edition] = &values;
    }
  }
  std::map<std::vector<std::vector<std::string>>, Atom> atoms;
  for (const auto& [name, own] : everybody) {
    std::vector<std::vector<std::string>> profile;
    for (const auto* values : own) {
      profile.emplace_back();
      if (values == nullptr) continue;
      profile.back().emplace_back("in");
      profile.back().insert(profile.back().end(), values->begin(), values->end());
    }
    Atom& atom = atoms[std::move(profile)];
    atom.values = own;
    ++atom.people;
  }
  std::vector<Atom> found;
  for (auto& [profile, atom] : atoms) found.push_back(std::move(atom));
  return found;
}

bool holds(const Cell& cell, const std::vector<std::string>* values) {
  if (values == nullptr) return false;
  return cell.dimension < 0 || values->at(static_cast<std::size_t>(cell.dimension)) == cell.value;
}

class Attacker {
 public:
  Attacker(std::vector<Atom> atoms, const Seed& seed) : atoms_(std::move(atoms)), dice_(seed, "fairness") {}

  Equation equation_of(const Cell& cell, std::size_t edition) const {
    Equation equation;
    for (const Atom& atom : atoms_) equation.push_back(holds(cell, atom.values[edition]) ? 1 : 0);
    return equation;
  }
  std::int64_t people_in(const Equation& equation) const {
    std::int64_t people = 0;
    for (std::size_t i = 0; i < atoms_.size(); ++i) people += equation[i] != 0 ? atoms_[i].people : 0;
    return people;
  }

  // Learns the figure of these people. False when it says nothing new.
  bool learn(Equation equation) {
    for (std::size_t i = 0; i < known_.size(); ++i) {
      const std::uint64_t factor = equation[pivots_[i]];
      if (factor == 0) continue;
      for (std::size_t at = 0; at < equation.size(); ++at)
        equation[at] = (equation[at] + (prime - factor) * known_[i][at]) % prime;
    }
    const auto first = std::find_if(equation.begin(), equation.end(), [](std::uint64_t one) { return one != 0; });
    if (first == equation.end()) return false;
    const std::uint64_t scale = inverse_of(*first);
    pivots_.push_back(static_cast<std::size_t>(first - equation.begin()));
    for (std::uint64_t& one : equation) one = one * scale % prime;
    known_.push_back(std::move(equation));
    return true;
  }
  std::size_t known() const { return known_.size(); }
  // Of what was learnt, only the first so many.
  void forget_after(std::size_t count) {
    known_.resize(count);
    pivots_.resize(count);
  }

  // Whether what is known settles the figure of a group of fewer people than smallest_group. A group is settled when its sum is the
  // same in every solution: so a random vector of the null space sums to zero over it, and over hardly any other group.
  bool knows_a_small_group() {
    const std::vector<Key> keys = random_solution();
    std::vector<Part> singles;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      if (atoms_[i].people >= smallest_group) continue;
      if (keys[i] == zero_key) return true;
      singles.push_back({keys[i], i, i, atoms_[i].people});
    }
    // Four people are four atoms at most: two pairs.
    std::vector<Part> parts = singles;
    for (std::size_t a = 0; a < singles.size(); ++a) {
      for (std::size_t b = a + 1; b < singles.size(); ++b) {
        const int people = singles[a].people + singles[b].people;
        if (people < smallest_group) parts.push_back({sum_of(singles[a].key, singles[b].key), singles[a].first, singles[b].first, people});
      }
    }
    std::sort(parts.begin(), parts.end(), [](const Part& one, const Part& other) { return one.key < other.key; });
    return any_two_cancel(parts);
  }

 private:
  static_assert(smallest_group == 5, "the search looks at groups of four atoms at most");
  struct Part {
    Key key;
    std::size_t first;  // atoms; the same where it is one
    std::size_t second;
    int people;
  };

  static bool any_two_cancel(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
      if (part.key == zero_key) return true;
      const Key wanted = negative_of(part.key);
      auto other = std::lower_bound(parts.begin(), parts.end(), wanted,
                                    [](const Part& one, const Key& key) { return one.key < key; });
      for (; other != parts.end() && other->key == wanted; ++other) {
        const bool apart = other->first != part.first && other->first != part.second && other->second != part.first &&
                           other->second != part.second;
        if (apart && other->people + part.people < smallest_group) return true;
      }
    }
    return false;
  }

  // Two random solutions of the equations with zero on the right side.
  std::vector<Key> random_solution() {
    std::vector<Key> solution(atoms_.size());
    for (Key& key : solution) key = {dice_.below(prime), dice_.below(prime)};
    // An equation is zero at the pivots before its own, so the last one is settled first.
    for (std::size_t i = known_.size(); i-- > 0;) {
      Key sum = zero_key;
      for (std::size_t at = 0; at < solution.size(); ++at) {
        if (at == pivots_[i] || known_[i][at] == 0) continue;
        for (std::size_t half = 0; half < 2; ++half) sum[half] = (sum[half] + known_[i][at] * solution[at][half]) % prime;
      }
      solution[pivots_[i]] = negative_of(sum);
    }
    return solution;
  }

  std::vector<Atom> atoms_;
  RandomStream dice_;
  std::vector<Equation> known_;
  std::vector<std::size_t> pivots_;  // where each equation has its one; zero there in all later ones
};

// Everybody, and every value that somebody has; the larger first.
std::vector<Cell> candidates_of(const Members& members) {
  std::map<Cell, std::int64_t> sizes;
  for (const auto& [name, values] : members) {
    ++sizes[Cell{}];
    for (std::size_t i = 0; i < values.size(); ++i) ++sizes[Cell{static_cast<int>(i), values[i]}];
  }
  std::vector<std::pair<std::int64_t, Cell>> sorted;
  for (const auto& [cell, size] : sizes) sorted.emplace_back(-size, cell);
  std::sort(sorted.begin(), sorted.end());
  std::vector<Cell> cells;
  for (const auto& [size, cell] : sorted) cells.push_back(cell);
  return cells;
}

// Of these cells, in this order, whatever lets nobody learn of a small group. Whoever knows more learns no less, so a run of cells
// that tells nothing as a whole tells nothing cell by cell: one search does for all of it, and only a run that tells is halved.
class Choice {
 public:
  Choice(Attacker& attacker, std::size_t edition, const std::vector<Cell>& cells) : attacker_(attacker), edition_(edition), cells_(cells) {}

  void choose(std::size_t begin, std::size_t end, Cells& published) {
    if (begin == end) return;
    const std::size_t before = attacker_.known();
    for (std::size_t i = begin; i < end; ++i) attacker_.learn(attacker_.equation_of(cells_[i], edition_));
    // Where nothing was learnt, everybody can compute all of it already.
    if (attacker_.known() == before || !attacker_.knows_a_small_group()) {
      published.insert(cells_.begin() + static_cast<std::ptrdiff_t>(begin), cells_.begin() + static_cast<std::ptrdiff_t>(end));
      return;
    }
    attacker_.forget_after(before);
    if (end - begin == 1) return;
    const std::size_t middle = begin + (end - begin) / 2;
    choose(begin, middle, published);
    choose(middle, end, published);
  }

 private:
  Attacker& attacker_;
  std::size_t edition_;
  const std::vector<Cell>& cells_;
};

}  // namespace

Cells cells_to_publish(const Members& members, const std::vector<PublishedEdition>& before, const Seed& seed) {
  std::vector<const Members*> editions;
  for (const PublishedEdition& edition : before) editions.push_back(&edition.members);
  editions.push_back(&members);
  Attacker attacker(atoms_of(editions), seed);
  for (std::size_t i = 0; i < before.size(); ++i) {
    for (const Cell& cell : before[i].cells) attacker.learn(attacker.equation_of(cell, i));
  }
  std::vector<Cell> large;
  for (Cell& cell : candidates_of(members)) {
    if (attacker.people_in(attacker.equation_of(cell, before.size())) >= smallest_group) large.push_back(std::move(cell));
  }
  Cells published;
  Choice(attacker, before.size(), large).choose(0, large.size(), published);
  return published;
}

}  // namespace hanjari::fairness
