// Synthetic people who may invigilate an exam.
#pragma once

#include <cstdint>

#include "hanjari/domain/duties.h"

namespace hanjari::sample {

struct StaffRequest {
  std::int64_t people = 6000;
  std::uint64_t seed = 1;
};

// Canonical: people who live around the exam's venues, with five years of duties, organisations of the venues'
// districts, conflicts of every kind and pairs who shared a room last time. The exam needs a venue and an applicant;
// throws InvalidInput (no_venues) otherwise.
Staff make_sample_staff(const Exam& exam, const StaffRequest& request);

}  // namespace hanjari::sample
