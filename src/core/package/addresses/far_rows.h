// What the points of an exam are, so that one far from all of them is told.
#pragma once

#include <cstddef>
#include <optional>

#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/far_points.h"

namespace hanjari::package {

// Nothing for an exam without points.
std::optional<FarPoints> far_points_of(const Exam& exam);

// Tells of the row's point where it lies far from all of the exam: a warning, or a fault where latitude and longitude are swapped.
void tell_far_point(CsvReader& reader, std::size_t column, Point at, const std::optional<FarPoints>& far);

}  // namespace hanjari::package
