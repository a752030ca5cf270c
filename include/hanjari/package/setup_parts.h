// Parts of an exam's set-up that stand beside its notice: the policy of the plan, and who sets and checks its subjects.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/date.h"
#include "hanjari/base/fault.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/policy.h"

namespace hanjari::package {

// policy.json by itself. Throws InvalidInput with every fault.
Policy parse_policy(std::string_view text, const std::string& name, std::vector<Fault>& warnings);
// Canonical: parse_policy gives it back.
std::string render_policy(const Policy& policy);

// ministry: entrusted to it. city: set by the body itself.
enum class SetBy { ministry, city };
// How far a subject is: drafted, cross-checked by somebody who did not set it, settled.
enum class SubjectState { not_started, drafted, cross_checked, settled };
std::string_view spell(SetBy);
std::string_view spell(SubjectState);

// A subject of the exam: who sets it and who checks it.
struct ExamSubject {
  std::string code;
  Text name;
  SetBy set_by = SetBy::city;
  std::string setter;                 // who is responsible; an account, an office or a name
  std::vector<std::string> checkers;  // accounts or staff numbers
  SubjectState state = SubjectState::not_started;
  std::optional<Date> due_on;
  bool operator==(const ExamSubject&) const = default;
};

// By code. Throws InvalidInput with every fault.
std::vector<ExamSubject> parse_subjects(std::string_view text, const std::string& name, std::vector<Fault>& warnings);
// {"exam_subjects": [...]}; canonical.
std::string render_subjects(const std::vector<ExamSubject>& subjects);
// As tables of a notice (notice_tables.h). Throws InvalidInput with every fault, at its line and column: a code twice,
// a checker who sets the subject, one of `barred` as checker, a subject of the city that is checked by nobody.
std::string write_subject_table(const std::vector<ExamSubject>& subjects);
std::vector<ExamSubject> read_subject_table(std::string_view text, const std::vector<std::string>& barred,
                                            std::vector<Fault>& warnings);

}  // namespace hanjari::package
