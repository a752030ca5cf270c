// Synthetic result packages of any size: what a decision is made from.
#pragma once

#include <cstdint>

#include "hanjari/selection/result_rows.h"

namespace hanjari::sample {

// Defaults are the size of the founding case. Three common subjects and `electives` out of four to choose from.
struct ResultSampleRequest {
  std::int64_t people = 36109;
  std::int64_t units = 28;
  std::int64_t electives = 2;        // 0 to 4, for everybody
  std::int64_t absent_percent = 32;  // about 68 % of applicants sit
  std::uint64_t seed = 1;
};

// Complete rows: everybody who sat has every mark, nobody absent has any, the counts of every room agree, and
// people.csv says which electives everybody chose when applying.
selection::ResultRows make_sample_results(const ResultSampleRequest& request);

// Adds an interview of everybody who passed the written stage, three examiners and five items.
void add_sample_interviews(selection::ResultRows& rows, const selection::Rules& rules, std::uint64_t seed);

}  // namespace hanjari::sample
