// A plan that went through a spreadsheet: every command says what became of it, once, and the verdict stays what it is.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/exams.h"
#include "papers/commands/commands.h"
#include "plans/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// How often a text stands in another.
std::size_t times_told(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class SpoiltPlan : public ::testing::Test {
 protected:
  SpoiltPlan() {
    std::filesystem::create_directory(folder.path());
    package::save_exam(exam, place("exam"));
    package::save_plan(exam, plan, place("plan"), clock);
    std::filesystem::create_directory(place("spoilt"));
    zeros = static_cast<std::size_t>(std::count_if(plan.placements.begin(), plan.placements.end(),
                                                   [](const Placement& placed) { return placed.number.text().starts_with('0'); }));
    spoil_numbers(zeros);
  }
  // The plan again, with so many numbers without their zeros; without report.json, as made elsewhere.
  void spoil_numbers(std::size_t count) {
    std::string text;
    std::size_t at = 0;
    first_line = 0;
    for (std::string line = "", rest = read_file(place("plan") + "/placements.csv"); !rest.empty(); rest = rest.substr(line.size())) {
      line = rest.substr(0, rest.find('\n') + 1);
      const std::size_t number = line.find(',') + 1;
      std::string kept = line;
      ++at;
      if (kept[number] == '0' && count > 0) {
        kept.erase(number, kept.find_first_not_of('0', number) - number);
        --count;
        if (first_line == 0) first_line = at;
      }
      text += kept;
    }
    ASSERT_EQ(count, 0U) << "so many numbers of the small exam begin with 0";
    write_file(place("spoilt") + "/placements.csv", text);
  }
  struct Told {
    std::string out;
    std::string err;
    std::string status;
  };
  Told run(const Command& command, std::vector<std::string> positionals, std::map<std::string, std::string> options = {}) const {
    Arguments arguments;
    arguments.positionals = std::move(positionals);
    arguments.options = std::move(options);
    Told told;
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    try {
      const Exit exit = command.run(arguments, Terminal{Language::english, no_progress()});
      told.status = std::to_string(static_cast<int>(exit));
    } catch (const InvalidInput& refused) {
      told.status = refused.code();
      for (const Fault& fault : refused.faults().kept()) told.status += "\n" + fault.format(Language::english);
    }
    told.out = ::testing::internal::GetCapturedStdout();
    told.err = ::testing::internal::GetCapturedStderr();
    return told;
  }
  std::string place(const std::string& name) const { return (folder.path() / name).string(); }
  std::string first_row() const { return "placements.csv:" + std::to_string(first_line) + ": "; }
  std::string cause() const {
    return "applicant_number: " + std::to_string(zeros) + " rows: ";
  }

  hanjari::tests::TestFolder folder{"spoilt"};
  hanjari::tests::HeldClock clock;
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  std::size_t zeros = 0;       // of the plan's numbers, so many begin with one
  std::size_t first_line = 0;  // of the file, whose number lost its zeros
};

// Red while 164 numbers without zeros were 164 lines, none of which said what had happened.
TEST_F(SpoiltPlan, IsJudgedAsEverWithItsCauseFirst) {
  ASSERT_GT(zeros, 5U);
  const Told told = run(verify_command(), {place("exam"), place("spoilt")});
  EXPECT_EQ(told.status, "1");
  EXPECT_EQ(times_told(told.out, cause()), 1U);
  EXPECT_THAT(told.out, HasSubstr("leading zeros were lost"));
  EXPECT_LT(told.out.find(cause()), told.out.find("number_form")) << told.out;
  EXPECT_EQ(times_told(told.out, "number_form"), 2U) << "once folded, once in the sum";
  EXPECT_THAT(told.out, HasSubstr("number_form: " + std::to_string(zeros) + " findings of the rows named above"));
  const auto verdict = nlohmann::json::parse(run(verify_command(), {place("exam"), place("spoilt")}, {{"json", ""}}).out);
  EXPECT_EQ(verdict["counts"]["number_form"], zeros);
  const auto of_numbers = std::count_if(verdict["violations"].begin(), verdict["violations"].end(),
                                        [](const auto& violation) { return violation["code"] == "number_form"; });
  EXPECT_EQ(of_numbers, static_cast<std::ptrdiff_t>(zeros)) << "each of them, for programs";
  ASSERT_EQ(verdict["causes"].size(), 1U);
  EXPECT_EQ(verdict["causes"][0]["file"], "placements.csv");
  EXPECT_EQ(verdict["causes"][0]["column"], "applicant_number");
  EXPECT_THAT(verdict["causes"][0]["message"]["en"].get<std::string>(), HasSubstr("zeros were lost"));
}

TEST_F(SpoiltPlan, InFewRowsIsJudgedRowByRow) {
  spoil_numbers(5);
  const Told told = run(verify_command(), {place("exam"), place("spoilt")});
  EXPECT_EQ(told.status, "1");
  EXPECT_EQ(times_told(told.out, "\nnumber_form ") + (told.out.starts_with("number_form ") ? 1 : 0), 5U) << told.out;
  EXPECT_THAT(told.out, Not(HasSubstr("zeros")));
}

// Others read the plan by its bytes: to them nobody has this id.
TEST_F(SpoiltPlan, WithAnIdThatLooksLikeAnotherHasFindings) {
  std::string text = read_file(place("plan") + "/placements.csv");
  text.insert(text.find('\n') + 1, "\u200b");
  write_file(place("spoilt") + "/placements.csv", text);
  const Told told = run(verify_command(), {place("exam"), place("spoilt")});
  EXPECT_EQ(told.status, "1");
  EXPECT_THAT(told.out, HasSubstr("unknown_person"));
  EXPECT_THAT(told.out, HasSubstr("missing_person"));
  EXPECT_THAT(told.err, HasSubstr("placements.csv:2: applicant_id: '<U+200B>"));
  EXPECT_EQ(run(compare_command(), {place("exam"), place("plan"), place("spoilt")}).status, "1");
}

TEST_F(SpoiltPlan, IsRefusedWithItsCauseInPlaceOfEveryRow) {
  const Told papers = run(papers_command(), {place("exam"), place("spoilt")}, {{"out", place("papers")}});
  EXPECT_THAT(papers.status, StartsWith("plan_refused\n" + first_row() + cause()));
  EXPECT_THAT(papers.status, Not(HasSubstr("number_form")));
  EXPECT_FALSE(std::filesystem::exists(place("papers")));
  // The same of a plan that is imported.
  try {
    services::judge_plan(exam, package::load_plan_rows(place("spoilt")), no_progress());
    ADD_FAILURE() << "imported";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.code(), "plan_refused");
    EXPECT_THAT(refused.faults().kept().front().format(Language::english), StartsWith(first_row() + cause()));
    for (const Fault& fault : refused.faults().kept()) EXPECT_NE(fault.column, "number_form");
  }
}

// Of plans that nobody judges afterwards.
TEST_F(SpoiltPlan, IsSaidOnceByWhoeverReadsIt) {
  const Told fairness = run(fairness_command(), {place("exam"), place("spoilt")}, {{"out", place("fairness.csv")}});
  EXPECT_EQ(fairness.status, "0");
  EXPECT_EQ(times_told(fairness.err, cause()), 1U) << fairness.err;
  const Told compared = run(compare_command(), {place("exam"), place("plan"), place("spoilt")});
  EXPECT_EQ(compared.status, "1");
  EXPECT_EQ(times_told(compared.err, place("spoilt") + "/" + first_row() + cause()), 1U) << compared.err;
  EXPECT_EQ(times_told(compared.err, cause()), 1U) << compared.err;
  const Told sound = run(fairness_command(), {place("exam"), place("plan")}, {{"out", place("fairness2.csv")}});
  EXPECT_EQ(sound.err.find("applicant_number"), std::string::npos) << sound.err;
}

// People are told a change by their numbers. Red while these commands warned and made lists with numbers that nobody has.
TEST_F(SpoiltPlan, IsNoBaseOfAChangeThatPeopleAreTold) {
  write_file(place("moves.csv"), "action,applicant_id,venue_code,room_no\nmove," + exam.applicants.front().id.text() + ",V1,1\n");
  const auto refusals = [&](const std::string& line) {
    const std::map<std::string, std::string> edit = {{"moves", place("moves.csv")}, {"author", "officer"}, {"reason", "a wish"}, {"out", place("new")}};
    std::vector<Told> told;
    told.push_back(run(changes_command(), {place("exam"), place("spoilt")}, {{"out", place("lists")}}));
    told.push_back(run(changes_command(), {place("exam"), place("plan")}, {{"out", place("lists")}, {"published", place("spoilt")}}));
    told.push_back(run(replan_command(), {place("exam")}, {{"from", place("spoilt")}, {"out", place("new")}}));
    told.push_back(run(edit_command(), {place("exam"), place("spoilt")}, edit));
    for (const Told& one : told) {
      EXPECT_THAT(one.status, HasSubstr(place("spoilt") + "/placements.csv:" + line)) << one.err;
      EXPECT_THAT(one.status, HasSubstr("format Text before opening it"));
    }
    EXPECT_FALSE(std::filesystem::exists(place("lists")));
    EXPECT_FALSE(std::filesystem::exists(place("new")));
    return told;
  };
  for (const Told& one : refusals(std::to_string(first_line) + ": " + cause())) EXPECT_EQ(times_told(one.status, "zeros were lost"), 1U);
  spoil_numbers(1);
  refusals(std::to_string(first_line) + ": applicant_number: ");
  // Also where PLAN carries the published one along.
  std::filesystem::create_directory(place("plan") + "/published");
  write_file(place("plan") + "/published/placements.csv", read_file(place("spoilt") + "/placements.csv"));
  EXPECT_THAT(run(changes_command(), {place("exam"), place("plan")}, {{"out", place("lists")}}).status,
              HasSubstr("/published/placements.csv:" + std::to_string(first_line)));
}

// Red while papers and import took for the person whom an id looks like what verify said is nobody.
TEST_F(SpoiltPlan, WithAnIdThatLooksLikeAnotherIsTakenByNobody) {
  for (const char* const before : {"\u200b", "\u00a0", "\ufeff\u3000"}) {
    std::string text = read_file(place("plan") + "/placements.csv");
    text.insert(text.find('\n') + 1, before);
    write_file(place("spoilt") + "/placements.csv", text);
    EXPECT_EQ(run(verify_command(), {place("exam"), place("spoilt")}).status, "1");
    for (const Told& told : {run(papers_command(), {place("exam"), place("spoilt")}, {{"out", place("papers")}}),
                             run(import_command(), {place("exam")}, {{"plan", place("spoilt")}, {"data", place("data")}}),
                             run(changes_command(), {place("exam"), place("spoilt")}, {{"out", place("lists")}}),
                             run(fairness_command(), {place("exam"), place("spoilt")}, {{"out", place("fairness.csv")}})}) {
      EXPECT_THAT(told.status, HasSubstr("placements.csv:2: applicant_id: ")) << told.err;
      EXPECT_THAT(told.status, HasSubstr("which it looks like"));
    }
    EXPECT_FALSE(std::filesystem::exists(place("papers")));
    EXPECT_FALSE(std::filesystem::exists(place("data"))) << "refused before a database is made";
  }
}

}  // namespace
}  // namespace hanjari::cli
