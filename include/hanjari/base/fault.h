// Faults in what we were given: one per wrong place, all reported at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "hanjari/base/text.h"

namespace hanjari {

// One fault of an input file. `line` counts from 1, 0 when the whole file is meant; `column` is the column's name,
// empty when the whole line is meant.
struct Fault {
  std::string file;
  std::uint64_t line = 0;
  std::string column;
  Text what;  // what is wrong, quoting the offending value
  Text fix;   // what to do about it

  // "file:line: column: what is wrong; what to do", the form of the contract.
  std::string format(Language language) const;
};

// What repeats where one cause does: the English sentence without the values that it quotes and without numbers, and the column.
std::string cause_of(const Fault& fault);

// Collects faults: keeps the first `limit`, counts all.
class Faults {
 public:
  static constexpr std::size_t limit = 1000;

  void add(Fault fault) {
    if (kept_.size() < limit) kept_.push_back(std::move(fault));
    ++count_;
  }
  void add_all(const Faults& other) {
    for (const Fault& fault : other.kept_) {
      if (kept_.size() < limit) kept_.push_back(fault);
    }
    count_ += other.count_;
  }
  bool empty() const { return count_ == 0; }
  std::uint64_t count() const { return count_; }
  const std::vector<Fault>& kept() const { return kept_; }

 private:
  std::vector<Fault> kept_;
  std::uint64_t count_ = 0;
};

// One cause that repeats through a table is told once with its count, so that every different fault is seen. A cause is the
// English sentence without the values that it quotes and without numbers.
class RepeatedFaults {
 public:
  // So many rows of one cause are told row by row; of more, the row with the lowest line stands for all.
  static constexpr std::size_t most_told = 5;
  // The one message names so many lines, the lowest; of rows that have none, so many of the values that are quoted first.
  static constexpr std::size_t most_lines = 10;

  // `line` is that of a fault whose place says it otherwise.
  void add(Fault fault, std::uint64_t line = 0);
  bool empty() const { return causes_.empty(); }
  // All that were ever added.
  std::uint64_t count() const { return added_; }
  // Hands everything to `faults` in the order in which it came, and forgets it.
  void hand_over(Faults& faults);
  // The same, as a list.
  std::vector<Fault> take();

 private:
  struct Told {
    std::uint64_t number = 0;  // in the order in which faults came
    Fault fault;
  };
  struct Cause {
    std::vector<Told> first;  // most_told at most
    std::vector<std::string> places;  // of rows without lines: most_lines at most, and "..." for more
    std::set<std::uint64_t> lines;    // most_lines at most, the lowest, whatever the order in which rows come
    bool more_lines = false;
    Fault lowest;  // of the first of the lines
    std::uint64_t count = 0;
  };
  std::unordered_map<std::string, std::size_t> position_of_;
  std::vector<Cause> causes_;
  std::uint64_t added_ = 0;
};

}  // namespace hanjari
