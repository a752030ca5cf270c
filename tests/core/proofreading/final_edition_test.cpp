// Faults in what is published of the final stage, planted one at a time: the proofreader names each.
#include <functional>
#include <ostream>

#include <gtest/gtest.h>

#include "proofreading/served_edition.h"

namespace hanjari::proofreading::testing {
namespace {

constexpr Language in_english = Language::english;
constexpr Language in_korean_words = Language::korean;

announcement::Person finalist(const std::string& number, const std::string& outcome, const std::string& reason, const std::string& grade,
                              const std::string& total, std::int64_t rank, std::int64_t reserve) {
  announcement::Person person;
  person.number = number;
  person.unit_code = "A";
  person.unit_name = {"Administration", "행정"};
  person.outcome = outcome;
  person.reasons = {reason};
  person.total = total;
  person.rank = rank;
  person.cut = "85.50";
  person.scores = {{"국어", total}};
  if (!grade.empty()) person.grade = grade;
  if (reserve > 0) person.reserve_rank = reserve;
  return person;
}

// Somebody of each outcome and of each reason but one.
Served final_edition() {
  Served s;
  s.templates = announcement::own_templates(announcement::Stage::final);
  s.edition.stage = announcement::Stage::final;
  s.edition.words.next_called = {"Come to the interview on Monday.", "월요일 면접에 오십시오."};
  s.ordered.stage = Stage::final;
  s.ordered.next_called = s.edition.words.next_called;
  s.people = {finalist("10001", "passed", "excellent", "excellent", "92.00", 1, 0),
              finalist("10002", "passed", "at_cut", "ordinary", "85.50", 3, 0),
              finalist("10003", "passed", "above_cut", "ordinary", "88.00", 2, 0),
              finalist("10004", "passed_equality", "equality", "ordinary", "84.00", 5, 0),
              finalist("10005", "not_passed", "below_cut", "ordinary", "85.00", 4, 1),
              finalist("10006", "not_passed", "posts_filled", "ordinary", "83.00", 6, 2),
              finalist("10007", "not_passed", "excess_excellent", "excellent", "82.00", 7, 0),
              finalist("10008", "poor", "poor", "poor", "81.00", 8, 0),
              finalist("10009", "absent", "absent", "", "80.50", 9, 0),
              finalist("10011", "declined", "declined", "excellent", "79.00", 11, 0),
              finalist("10012", "passed", "additional", "ordinary", "78.00", 12, 0),
              finalist("10010", "call_up", "call_up", "", "80.00", 10, 0)};
  s.units = {{"A", {"Administration", "행정"}, {"10001", "10002", "10003", "10004", "10012"}}};
  s.decided = {};
  s.decided.decisions_csv = "applicant_number,unit_code,outcome,grade,total,rank,reserve_rank,reasons\n";
  for (const announcement::Person& person : s.people) {
    s.decided.decisions_csv += person.number + ",A," + person.outcome + "," + person.grade.value_or("") + "," + *person.total + "," +
                               std::to_string(*person.rank) + "," + (person.reserve_rank ? std::to_string(*person.reserve_rank) : "") +
                               "," + person.reasons.front() + "\n";
    s.decided.marks[person.number]["국어"] = *person.total;
  }
  s.decided.units["A"] = {"Administration", "행정"};
  s.decided.cuts_csv = "unit_code,posts,interviewed,excellent,ordinary,poor,passed,passed_equality,cut\nA,3,9,2,5,1,4,1,85.50\n";
  s.list_file = "unit_code,applicant_number\nA,10001\nA,10002\nA,10003\nA,10004\nA,10012\n";
  s.pages.clear();
  s.render_all();
  return s;
}

struct FinalFault {
  const char* name;
  const char* code;
  const char* number;  // empty: it concerns everybody
  std::function<void(Served&)> plant;
};
void PrintTo(const FinalFault& fault, std::ostream* out) {
  *out << fault.name;
}

void render_other(Served& s, const std::string& number, const std::function<void(announcement::Person&)>& change) {
  announcement::Person person = s.person(number);
  change(person);
  s.render(person);
}

// Everything once more with the templates and sentences of the written stage.
void render_as_written(Served& s) {
  s.templates = announcement::own_templates();
  for (const Language language : {in_english, in_korean_words}) {
    s.notices[language] = announcement::render_notice(s.templates, s.edition, language);
    s.messages[language] = announcement::render_message(s.templates, s.edition, language);
  }
}

const std::vector<FinalFault>& final_faults() {
  static const std::vector<FinalFault> faults = {
      {"GradeOfAnother", "wrong_grade", "10002", [](Served& s) { render_other(s, "10002", [](auto& p) { p.grade = "excellent"; }); }},
      {"GradeMissing", "missing_field", "10008", [](Served& s) { render_other(s, "10008", [](auto& p) { p.grade.reset(); }); }},
      {"GradeOfSomebodyAbsent", "wrong_grade", "10009", [](Served& s) { render_other(s, "10009", [](auto& p) { p.grade = "poor"; }); }},
      {"PlaceInTheReserveOfAnother", "wrong_reserve", "10006", [](Served& s) { render_other(s, "10006", [](auto& p) { p.reserve_rank = 1; }); }},
      {"PlaceInTheReserveOfWhoPassed", "wrong_reserve", "10001", [](Served& s) { render_other(s, "10001", [](auto& p) { p.reserve_rank = 1; }); }},
      {"PlaceInTheReserveMissing", "missing_field", "10005", [](Served& s) { render_other(s, "10005", [](auto& p) { p.reserve_rank.reset(); }); }},
      {"CalledUpForPassed", "wrong_verdict", "10001", [](Served& s) { render_other(s, "10001", [](auto& p) { p.outcome = "call_up"; }); }},
      {"PassedForCalledUp", "wrong_verdict", "10010", [](Served& s) { render_other(s, "10010", [](auto& p) { p.outcome = "passed"; }); }},
      {"PassedForDeclined", "wrong_verdict", "10011", [](Served& s) { render_other(s, "10011", [](auto& p) { p.outcome = "passed"; }); }},
      {"NextOfThosePassedForWhoDeclined", "wrong_next", "10011",
       [](Served& s) { replace_once(s.page("10011"), s.edition.words.next_others.en, s.edition.words.next_passed.en); }},
      {"PoorForNotPassed", "wrong_verdict", "10005", [](Served& s) { render_other(s, "10005", [](auto& p) { p.outcome = "poor"; }); }},
      {"SentenceOfTheWrittenStage", "wrong_verdict", "10001",
       [](Served& s) { replace_once(s.page("10001"), "You passed the exam.", "You passed the written exam."); }},
      {"ReasonOfAnother", "wrong_reason", "10003", [](Served& s) { render_other(s, "10003", [](auto& p) { p.reasons = {"at_cut"}; }); }},
      {"NextOfTheOthersForWhoIsCalledUp", "wrong_next", "10010",
       [](Served& s) { replace_once(s.page("10010"), "Come to the interview on Monday.", s.edition.words.next_others.en); }},
      {"CutOfTheWrittenStage", "wrong_cut", "10002", [](Served& s) { render_other(s, "10002", [](auto& p) { p.cut = "80.00"; }); }},
      {"LabelsOfTheWrittenStage", "stray_text", "10001",
       [](Served& s) { replace_once(s.page("10001"), "Total of the written exam", "Total"); }},
      {"GradeUnderAnotherLabel", "wrong_order", "10005",
       [](Served& s) {
         replace_once(s.page("10005"), "<dt>Grade of the interview</dt>", "<dt>@</dt>");
         replace_once(s.page("10005"), "<dt>Place in the reserve</dt>", "<dt>Grade of the interview</dt>");
         replace_once(s.page("10005"), "<dt>@</dt>", "<dt>Place in the reserve</dt>");
       }},
      {"NoticeOfTheWrittenStage", "wrong_notice", "", render_as_written},
      {"MessageOfTheWrittenStage", "wrong_message", "", render_as_written},
      {"WhoIsCalledUpOnTheList", "wrong_list", "", [](Served& s) { s.units[0].numbers.emplace_back("10010"); s.render_all(); }},
      {"OutcomeOfTheWrittenStage", "unknown_outcome", "10008",
       [](Served& s) { replace_once(s.decided.decisions_csv, "10008,A,poor,", "10008,A,below_line,"); }},
      {"PageOfSomebodyMissing", "page_missing", "10010", [](Served& s) { s.pages.erase({"10010", in_korean_words}); }},
  };
  return faults;
}

class FinalFaults : public ::testing::TestWithParam<FinalFault> {};

TEST_P(FinalFaults, AreNamed) {
  Served served = final_edition();
  GetParam().plant(served);
  bool named = false;
  for (const Finding& finding : served.judge()) named = named || (finding.code == GetParam().code && finding.number == GetParam().number);
  EXPECT_TRUE(named) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(Each, FinalFaults, ::testing::ValuesIn(final_faults()),
                         [](const auto& fault) { return std::string(fault.param.name); });

TEST(FinalEdition, HasNoFaultWhereNothingIsWrong) {
  for (const Finding& finding : final_edition().judge()) ADD_FAILURE() << finding.code << " " << finding.number << " " << finding.what.en;
}

// Red when one digest stands for two sets of templates: a version would be approved by one and shown by the other.
TEST(FinalEdition, HasTemplatesOfItsOwn) {
  EXPECT_NE(announcement::digest_templates(announcement::own_templates(announcement::Stage::final)),
            announcement::digest_templates(announcement::own_templates()));
}

// Red when a word of one stage is taken for a word of the other.
TEST(FinalEdition, KnowsNoWordOfTheWrittenStage) {
  Served served = final_edition();
  announcement::Person person = served.people.front();
  person.outcome = "below_line";
  EXPECT_ANY_THROW(announcement::render_page(served.templates, served.edition, person, in_english));
  person = served.people.front();
  person.reasons = {"fail_line:국어"};
  EXPECT_ANY_THROW(announcement::render_page(served.templates, served.edition, person, in_english));
  person = served.people.front();
  person.grade = "splendid";
  EXPECT_ANY_THROW(announcement::render_page(served.templates, served.edition, person, in_english));
  person = served.people.back();
  served.edition.words.next_called = {};
  EXPECT_ANY_THROW(announcement::render_page(served.templates, served.edition, person, in_english));
}

}  // namespace
}  // namespace hanjari::proofreading::testing
