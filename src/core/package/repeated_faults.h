// One cause that repeats through a table is told once with its count, so that every different fault is seen.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hanjari/base/fault.h"

namespace hanjari::package {

class RepeatedFaults {
 public:
  // So many rows of one cause are told row by row; of more, the first row stands for all.
  static constexpr std::size_t most_told = 5;
  static constexpr std::size_t most_lines = 10;  // that the one message names

  // `line` is that of a fault whose place says it otherwise.
  void add(Fault fault, std::uint64_t line = 0);
  // Hands everything to `faults` in the order in which it came, and forgets it.
  void hand_over(Faults& faults);

 private:
  struct Told {
    std::uint64_t number = 0;  // in the order in which faults came
    Fault fault;
  };
  struct Cause {
    std::vector<Told> first;  // most_told at most
    std::vector<std::uint64_t> lines;
    std::uint64_t count = 0;
  };
  std::unordered_map<std::string, std::size_t> position_of_;
  std::vector<Cause> causes_;
  std::uint64_t added_ = 0;
};

}  // namespace hanjari::package
