#include "replanning/new_numbers.h"

#include <algorithm>
#include <charconv>

#include "hanjari/seating/numbers.h"

namespace hanjari::replanning {

NewNumbers::NewNumbers(const Exam& exam, const PlanRows& published)
    : exam_(exam), last_(published.report.last_serials) {
  for (const Unit& unit : exam.units) last_.try_emplace(sequence(unit.code.text()), 0);
  given_.reserve(published.placements.size());
  for (const PlacementRow& row : published.placements) {
    given_.insert(row.applicant_number.text());
    read(row.unit_code.text(), row.applicant_number.text());
  }
}

NewNumbers::NewNumbers(const Exam& exam, const Plan& published) : exam_(exam), last_(published.report.last_serials) {
  for (const Unit& unit : exam.units) last_.try_emplace(sequence(unit.code.text()), 0);
  given_.reserve(published.placements.size());
  for (const Placement& placed : published.placements) {
    given_.insert(placed.number.text());
    read(exam[exam[placed.applicant].unit].code.text(), placed.number.text());
  }
}

const std::string& NewNumbers::sequence(const std::string& unit_code) const {
  static const std::string shared;
  return exam_.header.applicant_number.prefix == NumberPrefix::unit_code ? unit_code : shared;
}

void NewNumbers::read(const std::string& unit_code, const std::string& number) {
  const std::string& prefix = sequence(unit_code);
  const auto digits = static_cast<std::size_t>(exam_.header.applicant_number.digits);
  if (!number.starts_with(prefix) || number.size() < prefix.size() + digits) return;
  std::int64_t serial = 0;
  const char* begin = number.data() + prefix.size();
  const auto read = std::from_chars(begin, begin + digits, serial);
  if (read.ec != std::errc{} || read.ptr != begin + digits) return;
  std::int64_t& last = last_[prefix];
  last = std::max(last, serial);
}

bool NewNumbers::may_keep(const PlacementRow& published, UnitIndex unit) const {
  return exam_.header.applicant_number.prefix == NumberPrefix::none || published.unit_code == exam_[unit].code;
}

ApplicantNumber NewNumbers::next(UnitIndex unit) {
  std::int64_t& last = last_[sequence(exam_[unit].code.text())];
  for (;;) {
    ApplicantNumber number = seating::applicant_number(exam_.header.applicant_number, exam_[unit].code, ++last);
    if (!given_.contains(number.text())) return number;
  }
}

}  // namespace hanjari::replanning
