// Small exams for tests: a test says only what matters, the rest is sensible.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/package/result_package.h"
#include "hanjari/selection/result_rows.h"

namespace hanjari::selection::test {

class ExamBuilder {
 public:
  Rules rules;
  ResultRows rows;

  UnitRow& unit(std::string_view code, int posts, std::optional<std::int64_t> to_pass = std::nullopt);
  // Somebody who sat; follow with marks.
  PersonRow& person(std::string_view number, std::string_view unit, char sex = 'F', std::string_view bonus = {});
  // Marks of the person added last; "80" or "80.25".
  void common(std::string_view subject, std::string_view raw) { mark(subject, raw, SubjectKind::common); }
  void elective(std::string_view subject, std::string_view raw) { mark(subject, raw, SubjectKind::elective); }
  // Somebody who sat one common subject.
  PersonRow& sat(std::string_view number, std::string_view unit, char sex, std::string_view raw,
                 std::string_view bonus = {});
  PersonRow& absent(std::string_view number, std::string_view unit, char sex = 'F');
  void interview(std::string_view number, std::string_view examiner, std::string_view item, GradeMark grade);
  // One item graded by three examiners alike.
  void interview(std::string_view number, GradeMark grade);

  // The files of the product.
  std::string decisions() const;
  std::string cuts() const;
  std::string decisions_final() const;
  std::string cuts_final() const;
  // A line of them without its first cell: "U,passed,90.00,1,above_cut,90.00".
  std::string person_line(std::string_view number) const;
  std::string cut_line(std::string_view unit) const;
  std::string final_line(std::string_view number) const;
  // A value of a line by its column.
  std::string cut_value(std::string_view unit, std::string_view column) const;
  // Every fault of the gate as "file:line: column"; empty when it lets pass.
  std::vector<std::string> gate_faults() const;
  Results results() const { return pass_gate(rows, rules); }
  Decision decision() const { return decide(results(), rules); }

 private:
  void mark(std::string_view subject, std::string_view raw, SubjectKind kind);
};

// The line of a CSV text whose first cell is `key`, without that cell.
std::string line_of(const std::string& csv, std::string_view key);
std::vector<std::string> cells_of(std::string_view line);

}  // namespace hanjari::selection::test
