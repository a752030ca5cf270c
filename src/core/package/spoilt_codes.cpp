#include "hanjari/package/spoilt_codes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"

namespace hanjari::package {
namespace {

bool has_digits_alone(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The number with its zeros in front again, if they are all that it lacks of the exam's form; empty for any other.
std::string restore_zeros(const Exam& exam, const Unit& unit, std::string_view number) {
  const NumberFormat& format = exam.header.applicant_number;
  const std::string_view prefix = format.prefix == NumberPrefix::unit_code ? unit.code.text() : std::string_view();
  const std::size_t length = prefix.size() + static_cast<std::size_t>(format.digits) + (format.check_digit ? 1 : 0);
  const bool as_decimal = number.ends_with(".0");
  if (as_decimal) number.remove_suffix(2);
  if (!has_digits_alone(number) || number.size() > length || (number.size() == length && !as_decimal)) return {};
  std::string whole(length - number.size(), '0');
  whole += number;
  return whole.starts_with(prefix) ? whole : std::string();
}

Fault fault_of_spoilt_number(const Unit& unit, const std::string& number, const std::string& whole) {
  const std::string typed = show(number);
  const bool zeros = whole.front() == '0' && number.front() != '0';
  const Text cause = zeros ? Text{"its leading zeros were lost, as spreadsheets do", "엑셀에서 앞자리 0이 사라진 것으로 보입니다"}
                           : Text{"a spreadsheet or a program took it for a number", "엑셀이나 프로그램이 수로 바꾼 것으로 보입니다"};
  return {{},
          0,
          "applicant_number",
          {fmt::format("{} is no number of unit {}, but {} is: {}", typed, show(unit.code.text()), show(whole), cause.en),
           in_korean("{}[은/는] 모집단위 {}의 응시번호가 아니고 {}[이/가] 맞습니다. {}", typed, show(unit.code.text()), show(whole),
                     cause.ko)},
          {"take the file from its source again, and give the column the format Text before opening it",
           "원본에서 파일을 다시 내려받고, 열기 전에 열의 서식을 '텍스트'로 지정하십시오"}};
}

// Codes of one table of the exam, put in order once a plan names one that is not among them. Of codes that repeat through a plan
// each is looked up once.
template <class Rows, class Member>
class CodesOfTable {
 public:
  CodesOfTable(const char* file, const Rows& rows, Member member) : file_(file), rows_(rows), member_(member) {}

  const std::optional<NearCode>& find(const std::string& code) {
    if (!codes_) {
      codes_.emplace(file_);
      for (const auto& row : rows_) codes_->add((row.*member_).text());
    }
    const auto [found, is_new] = looked_up_.try_emplace(code);
    if (is_new) found->second = codes_->find(code);
    return found->second;
  }

 private:
  const char* file_;
  const Rows& rows_;
  Member member_;
  std::optional<NearCodes> codes_;
  std::unordered_map<std::string, std::optional<NearCode>> looked_up_;
};

// What the verifier says of a row: the code of the violation, and its subject.
using Consequence = std::pair<std::string_view, std::string>;

class SpoiltRows {
 public:
  explicit SpoiltRows(const Exam& exam)
      : exam_(exam),
        people_("applicants.csv", exam.applicants, &Applicant::id),
        units_("units.csv", exam.units, &Unit::code),
        venues_("venues.csv", exam.venues, &Venue::code) {}

  void read(const PlacementRow& row) {
    const ApplicantIndex person = read_person("placements.csv", row.line, row.applicant_id);
    const std::string& id = row.applicant_id.text();
    if (!exam_.find(row.unit_code).exists()) {
      if (const auto& near = units_.find(row.unit_code.text()))
        note(fault_of(*near, "placements.csv", row.line, "unit_code"), {{"wrong_unit", id}});
    }
    if (!exam_.find(row.venue_code).exists()) {
      if (const auto& near = venues_.find(row.venue_code.text()))
        note(fault_of(*near, "placements.csv", row.line, "venue_code"), {{"unknown_venue", id}});
    }
    if (!person.exists()) return;
    const Unit& unit = exam_[exam_[person].unit];
    const std::string& number = row.applicant_number.text();
    const std::string whole = restore_zeros(exam_, unit, number);
    if (whole.empty()) return;
    Fault fault = fault_of_spoilt_number(unit, number, whole);
    fault.file = "placements.csv";
    fault.line = row.line;
    note(std::move(fault), {{"number_form", id}});
  }

  // Whom the id stands for.
  ApplicantIndex read_person(const char* file, std::uint64_t line, const ApplicantId& id) {
    const ApplicantIndex person = find_person(id);
    if (person.exists()) return person;
    const auto& near = people_.find(id.text());
    if (!near) return person;
    note(fault_of(*near, file, line, "applicant_id"), {{"unknown_person", id.text()}, {"missing_person", near->meant}});
    return exam_.find(ApplicantId(near->meant));
  }

  // The causes of so many rows at least.
  SpoiltCodes take(std::uint64_t fewest) {
    SpoiltCodes spoilt;
    for (Cause& cause : causes_) {
      if (cause.rows.count() < fewest) continue;
      for (Fault& fault : cause.rows.take()) spoilt.causes.push_back(std::move(fault));
      for (Consequence& follows : cause.consequences)
        spoilt.consequences[std::string(follows.first)].insert(std::move(follows.second));
    }
    return spoilt;
  }

 private:
  // Plans are sorted by applicant_id, so that the next row's person is most often the next one.
  ApplicantIndex find_person(const ApplicantId& id) {
    const bool is_next = next_ < exam_.applicants.size() && exam_.applicants[next_].id == id;
    const ApplicantIndex person = is_next ? ApplicantIndex(next_) : exam_.find(id);
    if (person.exists()) next_ = person.value + 1;
    return person;
  }

  struct Cause {
    RepeatedFaults rows;
    std::vector<Consequence> consequences;
  };

  static Fault fault_of(const NearCode& near, const char* file, std::uint64_t line, const char* column) {
    return {file, line, column, near.what, near.fix};
  }
  void note(Fault fault, std::initializer_list<Consequence> consequences) {
    const auto [position, is_new] = position_of_.try_emplace(fault.file + '\n' + cause_of(fault), causes_.size());
    if (is_new) causes_.emplace_back();
    Cause& cause = causes_[position->second];
    cause.rows.add(std::move(fault));
    cause.consequences.insert(cause.consequences.end(), consequences.begin(), consequences.end());
  }

  const Exam& exam_;
  CodesOfTable<decltype(Exam::applicants), decltype(&Applicant::id)> people_;
  CodesOfTable<decltype(Exam::units), decltype(&Unit::code)> units_;
  CodesOfTable<decltype(Exam::venues), decltype(&Venue::code)> venues_;
  std::size_t next_ = 0;
  std::unordered_map<std::string, std::size_t> position_of_;
  std::vector<Cause> causes_;
};

}  // namespace

bool SpoiltCodes::explain(std::string_view violation, const std::string& subject) const {
  const auto of_code = consequences.find(violation);
  return of_code != consequences.end() && of_code->second.contains(subject);
}

SpoiltCodes find_spoilt_codes(const Exam& exam, const PlanRows& rows) {
  SpoiltRows spoilt(exam);
  for (const PlacementRow& row : rows.placements) spoilt.read(row);
  for (const UnseatedRow& row : rows.unseated) spoilt.read_person("unseated.csv", 0, row.applicant_id);
  return spoilt.take(RepeatedFaults::most_told + 1);
}

std::vector<Fault> find_spoilt_numbers(const Exam& exam, const PlanRows& rows) {
  SpoiltRows spoilt(exam);
  for (const PlacementRow& row : rows.placements) spoilt.read(row);
  std::vector<Fault> faults = spoilt.take(1).causes;
  std::erase_if(faults, [](const Fault& fault) { return fault.column != "applicant_number"; });
  return faults;
}

}  // namespace hanjari::package
