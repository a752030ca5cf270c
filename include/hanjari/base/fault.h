// Faults in what we were given: one per wrong place, all reported at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
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

}  // namespace hanjari
