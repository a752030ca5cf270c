#include "hanjari/package/plan_codes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"

namespace hanjari::package {
namespace {

// The number with its zeros in front again, if they are all that it lacks of the exam's form; empty for any other.
std::string restore_zeros(const Exam& exam, const Unit& unit, std::string_view number) {
  const NumberFormat& format = exam.header.applicant_number;
  const std::string_view prefix = format.prefix == NumberPrefix::unit_code ? unit.code.text() : std::string_view();
  const std::size_t length = prefix.size() + static_cast<std::size_t>(format.digits) + (format.check_digit ? 1 : 0);
  const bool digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number.empty() || !digits || number.front() == '0' || number.size() >= length) return {};
  std::string whole(length - number.size(), '0');
  whole += number;
  return whole.starts_with(prefix) ? whole : std::string();
}

// Codes of one table of the exam, put in order once a plan names one that is not among them.
template <class Rows, class Member>
class CodesOfExam {
 public:
  CodesOfExam(const char* file, const Rows& rows, Member member) : file_(file), rows_(rows), member_(member) {}

  std::optional<NearCode> find(std::string_view code) {
    if (!codes_) {
      codes_.emplace(file_);
      for (const auto& row : rows_) codes_->add((row.*member_).text());
    }
    return codes_->find(code);
  }

 private:
  const char* file_;
  const Rows& rows_;
  Member member_;
  std::optional<NearCodes> codes_;
};

// What is said of the codes of a plan's tables, each cause once.
class SpoiltCodes {
 public:
  explicit SpoiltCodes(const Exam& exam)
      : exam_(exam),
        people_("applicants.csv", exam.applicants, &Applicant::id),
        units_("units.csv", exam.units, &Unit::code),
        venues_("venues.csv", exam.venues, &Venue::code) {}

  void read(const PlacementRow& row) {
    const ApplicantIndex person = exam_.find(row.applicant_id);
    if (!person.exists()) tell("placements.csv", row.line, "applicant_id", people_.find(row.applicant_id.text()));
    if (!exam_.find(row.unit_code).exists())
      tell("placements.csv", row.line, "unit_code", units_.find(row.unit_code.text()));
    if (!exam_.find(row.venue_code).exists())
      tell("placements.csv", row.line, "venue_code", venues_.find(row.venue_code.text()));
    if (!person.exists()) return;
    const Unit& unit = exam_[exam_[person].unit];
    const std::string whole = restore_zeros(exam_, unit, row.applicant_number.text());
    if (whole.empty()) return;
    repeated_.add({"placements.csv",
                   row.line,
                   "applicant_number",
                   {fmt::format("{} is no number of unit {}, but {} is: leading zeros were lost, as spreadsheets do",
                                show(row.applicant_number.text()), show(unit.code.text()), show(whole)),
                    in_korean("{}[은/는] 모집단위 {}의 응시번호가 아니고 {}[이/가] 맞습니다. 엑셀에서 앞자리 0이 사라진 "
                              "것으로 보입니다",
                              show(row.applicant_number.text()), show(unit.code.text()), show(whole))},
                   {fmt::format("write {}; give the column the format Text before it is filled", show(whole)),
                    in_korean("{}[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", show(whole))}});
  }

  void read_person(const char* file, const ApplicantId& id) {
    if (!exam_.find(id).exists()) tell(file, 0, "applicant_id", people_.find(id.text()));
  }

  Faults take() {
    Faults faults;
    repeated_.hand_over(faults);
    return faults;
  }

 private:
  void tell(const char* file, std::uint64_t line, const char* column, std::optional<NearCode> near) {
    if (near) repeated_.add({file, line, column, std::move(near->what), std::move(near->fix)});
  }

  const Exam& exam_;
  CodesOfExam<decltype(Exam::applicants), decltype(&Applicant::id)> people_;
  CodesOfExam<decltype(Exam::units), decltype(&Unit::code)> units_;
  CodesOfExam<decltype(Exam::venues), decltype(&Venue::code)> venues_;
  RepeatedFaults repeated_;
};

}  // namespace

void require_unspoilt_codes(const Exam& exam, const PlanRows& rows) {
  SpoiltCodes spoilt(exam);
  for (const PlacementRow& row : rows.placements) spoilt.read(row);
  for (const UnseatedRow& row : rows.unseated) spoilt.read_person("unseated.csv", row.applicant_id);
  Faults faults = spoilt.take();
  if (!faults.empty()) throw InvalidInput(std::move(faults));
}

}  // namespace hanjari::package
