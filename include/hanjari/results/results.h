// Result packages and decisions as the service keeps them: sealed, in versions, never edited. A decision is made only
// by rules that two people have frozen, and nothing of it leaves the office: what is published comes from it later.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/package/result_package.h"
#include "hanjari/results/special_cases.h"

namespace hanjari::services {

// A result package that passed the gate. A corrected one is a new version beside it. Nothing here is about a person.
struct ResultPackage {
  std::string id;  // nobody guesses it
  ExamCode exam;
  std::int64_t version = 0;    // from 1, in the exam
  std::string package_sha256;  // package::digest_files
  std::string input_sha256;    // as `hanjari decide` names it
  std::string rules_sha256;    // of `rules`
  std::string rules;           // write_pass_rules
  package::Encoding encoding = package::Encoding::utf8;
  std::int64_t people = 0;
  std::int64_t units = 0;
  std::int64_t warnings = 0;  // what was read although it looks odd
  std::string author;         // of the job
  Instant at{};
  std::string job;
};

// The rules of a package as text that people can read and that has one digest: the settings with their defaults, then a
// line for each unit with its posts and its own number to pass, in the order of their codes.
std::string write_pass_rules(const package::LoadedResults& loaded);

// open: nobody has proposed rules. A second officer freezes what was proposed.
enum class RulesStep { open, proposed, frozen };
std::string_view spell(RulesStep step);
Text name_of(RulesStep step);

// By which rules an exam is decided. Another digest is another set of rules without any step.
struct RulesApproval {
  RulesStep step = RulesStep::open;
  std::string rules_sha256;  // empty while open
  std::string rules;         // their text
  std::string proposed_by;
  std::string frozen_by;
  Instant changed_at{};
  std::int64_t version = 0;  // counts the changes of the step; 0: none was taken yet
};

// What was decided on one package by its frozen rules.
struct StoredDecision {
  std::string id;
  ExamCode exam;
  std::int64_t version = 0;  // from 1, in the exam
  std::string package;       // id
  std::int64_t package_version = 0;
  std::string package_sha256;
  std::string rules_sha256;     // those that were frozen
  std::string decision_sha256;  // digest_decision
  std::string cases_sha256{};   // digest_recorded_cases of those it was made with; empty: none
  std::int64_t before = 0;      // version of the decision it was compared with; 0: there was none
  std::string author;
  Instant at{};
  std::string job;
};

// The files of a decision by name: decisions.csv, cuts.csv, report.json, report.en.html, report.ko.html, the pass list to print
// as passed.en.html and passed.ko.html (decisions that older programs made have none), with a decision before it differences.csv and
// cut_differences.csv, and with special cases that were recorded recorded_cases.csv.
using DecisionFiles = std::map<std::string, std::string>;

class ResultRepository {
 public:
  virtual ~ResultRepository() = default;
  // Keeps the package under the next version, with its file and its audit entry, in one transaction; gives the one that
  // is there when the exam has this very package already. Throws NotFound (exam_not_found), Conflict (exam_destroyed).
  virtual ResultPackage add_package(const ResultPackage& package, std::string_view zip, const Change& change) = 0;
  // Newest first.
  virtual std::vector<ResultPackage> list_packages(const ExamCode& exam) = 0;
  // The ZIP as it was sent. Throws NotFound (results_destroyed).
  virtual std::string load_package(const ResultPackage& package) = 0;

  virtual RulesApproval find_rules(const ExamCode& exam) = 0;
  // Compare-and-set on version - 1: throws Conflict (rules_step_changed) when somebody else was faster, and
  // (already_decided) when a decision stands on the rules, which then nobody changes any more.
  virtual void save_rules(const ExamCode& exam, const RulesApproval& next, const Change& change) = 0;

  // Keeps the decision under the next version with all of its files and its audit entry, in one transaction in which
  // the rules are held: throws Conflict (rules_not_frozen) unless they are frozen with this digest. Gives the decision
  // that stands on the package and the same special cases already when its digest is the same; Conflict (decision_differs) when it
  // is not, (decisions_changed) when another decision was made since `before`, and (special_cases_changed) when other cases count by
  // now than those of cases_sha256. The cases that count are noted as used.
  virtual StoredDecision add_decision(const StoredDecision& decision, const DecisionFiles& files,
                                      const Change& change) = 0;
  // Newest first.
  virtual std::vector<StoredDecision> list_decisions(const ExamCode& exam) = 0;
  // Throws NotFound (unknown_file, results_destroyed).
  virtual std::string load_file(const StoredDecision& decision, const std::string& name) = 0;
  // The names of its files, sorted; none when they were destroyed.
  virtual std::vector<std::string> list_files(const StoredDecision& decision) = 0;

  // Gives the case under the next number of the exam, with its audit entry. Throws Conflict (special_case_there) while the person
  // has one that is not taken back, NotFound (exam_not_found), Conflict (exam_destroyed).
  virtual RecordedCase add_case(const RecordedCase& entered, const Change& change) = 0;
  // Compare-and-set on version - 1: throws Conflict (special_case_changed) when somebody else was faster, or a decision was.
  virtual void save_case(const RecordedCase& next, const Change& change) = 0;
  virtual std::optional<RecordedCase> find_case(const ExamCode& exam, std::int64_t case_no) = 0;
  virtual std::vector<RecordedCase> list_cases(const ExamCode& exam, const CaseQuery& query) = 0;
  // All that count. Throws PersonalDataDamaged when one does not open: nothing is decided without it.
  virtual std::vector<RecordedCase> list_counting_cases(const ExamCode& exam) = 0;
};

// What a decision was made from: the files of its package, and the special cases that it knows. Throws NotFound (results_destroyed).
package::PackedFiles load_decided_files(ResultRepository&, const StoredDecision& decision);

// Throw NotFound (unknown_package, unknown_decision). A package or decision of another exam is not there.
ResultPackage find_package(ResultRepository&, const ExamCode& exam, std::int64_t version);
StoredDecision find_decision(ResultRepository&, const ExamCode& exam, std::int64_t version);

// The steps of the rules of a package. `seen_sha256`: the digest that the officer saw, so that nobody signs what is
// another text by now: Conflict (rules_changed). Throw Conflict also: wrong_rules_step; same_officer, because the one
// who proposed cannot freeze; already_decided.
RulesApproval propose_rules(ResultRepository&, const ExamCode& exam, std::int64_t package,
                            const std::string& seen_sha256, const Change& change);
RulesApproval freeze_rules(ResultRepository&, const ExamCode& exam, const std::string& seen_sha256,
                           const Change& change);
RulesApproval take_back_rules(ResultRepository&, const ExamCode& exam, const Change& change);

// Throws Conflict (rules_not_frozen) unless the rules of the package are those that two people have frozen.
void require_frozen(const RulesApproval& approval, const ResultPackage& package);

// A file of a decision, recorded before it is given.
std::string take_decision_file(ResultRepository&, AccessRecord&, const StoredDecision&, const std::string& name,
                               const Change& change);

// One person's path through the rules, recorded before it is given. The package is decided again for it, and must give
// the decision that is kept: throws Conflict (decision_differs), NotFound (applicant_not_found).
struct PersonPath {
  std::string number;
  UnitCode unit;
  std::vector<selection::Step> steps;
};
PersonPath open_path(ResultRepository&, AccessRecord&, const StoredDecision&, const std::string& number,
                     const Change& change);

}  // namespace hanjari::services
