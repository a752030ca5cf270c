// Grades of interviews, entered by two officers independently of each other. What both entered alike is settled; what differs is
// entered again by both, or settled by a third officer with a reason. Only what is settled becomes interview.csv of a result package.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/results/declines.h"
#include "hanjari/results/final_decisions.h"
#include "hanjari/selection/results.h"

namespace hanjari::services {

// One grade's place in interview.csv: whose, by whom, for what.
struct InterviewPlace {
  std::string number;
  std::string examiner;
  std::string item;
  auto operator<=>(const InterviewPlace&) const = default;
};

using InterviewGrades = std::map<InterviewPlace, selection::GradeMark>;

// What one officer entered; the other one never sees it.
struct InterviewEntry {
  std::string officer;
  Instant at{};
  std::int64_t version = 0;  // counts the entries of this officer, from 1
  InterviewGrades grades;
};

// How a third officer settled a place. It holds for the two grades that the officer saw: one that is entered anew differs again.
struct InterviewSettlement {
  InterviewPlace place;
  std::optional<selection::GradeMark> first;  // nothing: that entry has no such place
  std::optional<selection::GradeMark> second;
  std::optional<selection::GradeMark> grade;  // nothing: there is no such grade
  std::string reason;
  std::string officer;
  Instant at{};
};

struct InterviewSettlements {
  std::int64_t version = 0;
  std::map<InterviewPlace, InterviewSettlement> by_place;
};

// Everything of an exam's interviews that officers entered.
struct InterviewBook {
  std::optional<InterviewEntry> first;
  std::optional<InterviewEntry> second;
  InterviewSettlements settlements;
};

// Sealed whole, as text; reading throws for words that are none of these.
std::string write_interview_entry(const InterviewEntry& entry);
InterviewEntry read_interview_entry(const std::string& words);
std::string write_interview_settlements(const InterviewSettlements& settlements);
InterviewSettlements read_interview_settlements(const std::string& words);

// Under which the entries and final decisions of an exam stand among the parts of results: one of an exam, found without a table of its
// own.
std::string owner_of_interviews(const ExamCode& exam);

class InterviewRepository {
 public:
  virtual ~InterviewRepository() = default;
  virtual InterviewBook load_interviews(const ExamCode& exam) = 0;
  // The first entry of the exam, the second one, or the officer's own anew. Compare-and-set on version - 1: Conflict
  // (interview_changed). Throws Conflict (both_entered) for a third officer, NotFound (exam_not_found), Conflict (exam_destroyed).
  virtual void save_interview_entry(const ExamCode& exam, const InterviewEntry& next, const Change& change) = 0;
  // Compare-and-set on version - 1, and on the versions of both entries that were seen: Conflict (interview_changed).
  virtual void save_interview_settlements(const ExamCode& exam, const InterviewBook& seen, const InterviewSettlements& next,
                                          const InterviewSettlement& made, const Change& change) = 0;
  // Keeps a decision of the final stage under the next version, with its files and its audit entry, in one transaction; gives the one
  // that was made of the same already (find_same_final).
  virtual StoredFinal add_final(const StoredFinal& made, const FinalFiles& files, const Change& change) = 0;
  // Who registered and who declines. An empty register where nothing was recorded.
  virtual CandidateRegister load_register(const ExamCode& exam) = 0;
  // Compare-and-set on version - 1, with an audit entry of this action and number: Conflict (register_changed). Throws NotFound
  // (exam_not_found), Conflict (exam_destroyed).
  virtual void save_register(const ExamCode& exam, const CandidateRegister& next, const std::string& action, const std::string& number,
                             const Change& change) = 0;
  // Newest first.
  virtual std::vector<StoredFinal> list_finals(const ExamCode& exam) = 0;
  // Throws NotFound (results_destroyed).
  virtual std::string load_final_file(const StoredFinal& final, const std::string& name) = 0;
};

// The longest table that is taken, in bytes.
inline constexpr std::size_t longest_interview_table = 4'000'000;
// Rows of interview.csv: a workbook (.xlsx), a CSV file, or rows pasted from a spreadsheet with their headings. Throws InvalidInput with
// every fault by line or cell (a place twice too), rows_missing, file_too_large.
InterviewGrades read_interview_table(std::string_view bytes, package::Encoding encoding);
// interview.csv of these grades.
std::string write_interview_table(const InterviewGrades& grades);

// `version`: of the own entry as it was seen, 0 for none. Throws as the repository.
InterviewEntry enter_interviews(InterviewRepository&, const ExamCode& exam, InterviewGrades grades, std::int64_t version, const Change& change);

struct InterviewDifference {
  InterviewPlace place;
  std::optional<selection::GradeMark> first;
  std::optional<selection::GradeMark> second;
};
// What differs and is not settled, by number, examiner and item; nothing before both have entered.
std::vector<InterviewDifference> list_interview_differences(const InterviewBook& book);
// How many places are settled: alike in both entries, or by a third officer.
std::int64_t count_settled_interviews(const InterviewBook& book);

// `seen`: the difference as the officer saw it. `grade`: high, middle, low, or none where there is no such grade. Throws InvalidInput
// (bad_settlement) with every fault, NotFound (no_such_difference), Conflict (interview_changed; same_officer for whoever entered).
void settle_interview(InterviewRepository&, const ExamCode& exam, const InterviewDifference& seen, const std::string& grade,
                      const std::string& reason, const Change& change);

// Recorded, with the numbers of the people about whom the entries differ. What of it the officer may be shown says is_hidden_from.
InterviewBook open_interviews(InterviewRepository&, AccessRecord&, const ExamCode& exam, const Change& change);
// Whether the grades of the first entry, or of the second, are none of this officer's business: who made one of the two never sees the
// other, and nobody sees the first while the second is missing, because whoever enters that is not known yet.
bool is_hidden_from(const InterviewBook& book, const std::string& officer, bool first);

// interview.csv of what is settled, recorded. Throws Conflict (interviews_open) while an entry is missing or anything differs.
std::string take_settled_interviews(InterviewRepository&, AccessRecord&, const ExamCode& exam, const Change& change);

// high, middle, low; nothing for another word.
std::optional<selection::GradeMark> parse_grade_mark(std::string_view word);

}  // namespace hanjari::services
