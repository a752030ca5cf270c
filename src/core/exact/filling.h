// Given how many rooms every company has, the best places of all people: exact, by cheapest chains.
#pragma once

#include <functional>
#include <vector>

#include "exact/integer_program.h"

namespace hanjari::exact {

// How many people of every share sit in its bin.
struct Filling {
  std::vector<std::vector<std::int64_t>> people;  // by bin, share
  std::vector<std::int64_t> unseated;             // by type
  Values values;
};

class Filler {
 public:
  Filler(const Reading& reading, const Model& model);

  // What a share costs beyond its place; less than zero: nobody of it may be in the bin.
  using Toll = std::function<std::int64_t(const Bin& bin, const Share& share)>;
  // `rooms` by bin.
  Filling fill(const std::vector<std::int64_t>& rooms, const Toll& toll) const;

  // Rooms for everybody of a filling, by applicant.
  std::vector<RoomIndex> name_rooms(const Filling& filling) const;

  // Bins that people of the type may be in, and its share there.
  struct Option {
    std::uint32_t bin;
    std::uint32_t share;
  };
  const std::vector<Option>& options(std::uint32_t type) const { return options_[type]; }

 private:
  Wide cost(const Bin& bin, const Share& share, std::int64_t toll) const;
  Values count(const Filling& filling) const;

  const Reading& reading_;
  const Model& model_;
  std::vector<std::vector<Option>> options_;            // by type
  std::vector<std::vector<std::uint32_t>> components_;  // types that can touch the same bins
  std::int64_t total_scale_ = 1;
  std::int64_t over_scale_ = 1;
  std::int64_t farther_scale_ = 1;
  Wide changed_scale_ = 1;
};

}  // namespace hanjari::exact
