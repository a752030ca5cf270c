// Faults of publications, planted one at a time: the proofreader names each, with the person's number.
#include <algorithm>
#include <functional>
#include <ostream>

#include <gtest/gtest.h>

#include "proofreading/served_edition.h"

namespace hanjari::proofreading::testing {
namespace {

constexpr Language en = Language::english;
constexpr Language ko = Language::korean;

struct Fault {
  const char* name;
  const char* code;
  const char* number;  // empty: it concerns everybody
  std::function<void(Served&)> plant;
};
void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.name;
}

void swap_pages(Served& s, const std::string& one, const std::string& other) {
  for (const Language language : {en, ko}) std::swap(s.page(one, language), s.page(other, language));
}
void with(Served& s, const std::string& number, const std::function<void(announcement::Person&)>& change) {
  announcement::Person person = s.person(number);
  change(person);
  s.render(person);
}
void in_page(Served& s, const std::string& number, const std::string& from, const std::string& to, Language language = en) {
  replace_once(s.page(number, language), from, to);
}

const std::vector<Fault>& planted_faults() {
  static const std::vector<Fault> faults = {
      // Another person's.
      {"SwappedPair", "wrong_number", "10001", [](Served& s) { swap_pages(s, "10001", "10003"); }},
      {"SwappedPairSeenFromTheOther", "wrong_verdict", "10003", [](Served& s) { swap_pages(s, "10001", "10003"); }},
      {"SwappedInOneLanguage", "wrong_number", "20003", [](Served& s) { std::swap(s.page("20003", ko), s.page("20001", ko)); }},
      {"RecordOfAnother", "wrong_number", "10004", [](Served& s) { s.page("10004") = s.page("10005"); }},
      {"OwnNumberOnAnothersPage", "wrong_total", "10003",
       [](Served& s) { s.page("10003") = s.page("10002"); in_page(s, "10003", "10002", "10003"); }},
      {"NumberOfAnotherInAText", "foreign_number", "10003", [](Served& s) { in_page(s, "10003", s.edition.words.objection.en, "10001"); }},
      {"EverybodyPassed", "wrong_verdict", "10005", [](Served& s) { for (auto one : s.people) { one.outcome = "passed"; s.render(one); } }},
      {"EverybodyPassedForTheAbsent", "wrong_verdict", "10004", [](Served& s) { for (auto one : s.people) { one.outcome = "passed"; s.render(one); } }},
      {"EverybodyFailed", "wrong_verdict", "10001", [](Served& s) { for (auto one : s.people) { one.outcome = "not_passed"; s.render(one); } }},
      {"ShiftedByOneRow", "wrong_number", "20002", [](Served& s) { for (const Language l : {en, ko}) { s.page("20002", l) = s.page("20001", l); s.page("20003", l) = s.page("20002", l); } }},
      // Verdicts.
      {"PassedForNotPassed", "wrong_verdict", "20003", [](Served& s) { with(s, "20003", [](auto& p) { p.outcome = "passed"; }); }},
      {"NotPassedForPassed", "wrong_verdict", "20001", [](Served& s) { with(s, "20001", [](auto& p) { p.outcome = "not_passed"; }); }},
      {"PassedWithoutEquality", "wrong_verdict", "20002", [](Served& s) { with(s, "20002", [](auto& p) { p.outcome = "passed"; }); }},
      {"AbsentForBelowLine", "wrong_verdict", "10005", [](Served& s) { with(s, "10005", [](auto& p) { p.outcome = "absent"; }); }},
      {"VerdictInOneLanguage", "wrong_verdict", "10003", [](Served& s) { in_page(s, "10003", "합격하지 못하셨습니다", "합격하셨습니다", ko); }},
      {"VerdictMissing", "missing_field", "10001", [](Served& s) { in_page(s, "10001", R"(<h2 data-field="verdict">You passed the written exam.</h2>)", ""); }},
      {"TwoVerdicts", "repeated_field", "10003", [](Served& s) { in_page(s, "10003", "<dl>", R"(<p data-field="verdict">You passed the written exam.</p><dl>)"); }},
      {"EmptyVerdict", "wrong_verdict", "10003", [](Served& s) { in_page(s, "10003", "You did not pass the written exam.", ""); }},
      {"SecondVerdictAsText", "stray_text", "10003", [](Served& s) { in_page(s, "10003", "<dl>", "<p>You passed the written exam.</p><dl>"); }},
      {"OutcomeThatNobodyKnows", "unknown_outcome", "10003", [](Served& s) { replace_once(s.decided.decisions_csv, "10003,A,not_passed", "10003,A,nearly"); }},
      // Figures.
      {"CutInsteadOfTheOwnTotal", "wrong_total", "10001", [](Served& s) { with(s, "10001", [](auto& p) { p.total = p.cut; }); }},
      {"TotalOfAnother", "wrong_total", "20003", [](Served& s) { with(s, "20003", [](auto& p) { p.total = "86.25"; }); }},
      {"TotalRounded", "wrong_total", "20002", [](Served& s) { with(s, "20002", [](auto& p) { p.total = "86.3"; }); }},
      {"TotalMissing", "missing_field", "10003", [](Served& s) { with(s, "10003", [](auto& p) { p.total.reset(); }); }},
      {"TotalOfSomebodyAbsent", "wrong_total", "10004", [](Served& s) { with(s, "10004", [](auto& p) { p.total = "0.00"; }); }},
      {"RankOfAnother", "wrong_rank", "10002", [](Served& s) { with(s, "10002", [](auto& p) { p.rank = 1; }); }},
      {"RankOfSomebodyBelowTheLine", "wrong_rank", "10005", [](Served& s) { with(s, "10005", [](auto& p) { p.rank = 4; }); }},
      {"RankMissing", "missing_field", "20003", [](Served& s) { with(s, "20003", [](auto& p) { p.rank.reset(); }); }},
      {"CutOfAnotherUnit", "wrong_cut", "20001", [](Served& s) { with(s, "20001", [](auto& p) { p.cut = "85.50"; }); }},
      {"CutMissing", "missing_field", "20002", [](Served& s) { with(s, "20002", [](auto& p) { p.cut.reset(); }); }},
      {"MarkOfAnother", "wrong_score", "10002", [](Served& s) { with(s, "10002", [](auto& p) { p.scores[1].second = "70.00"; }); }},
      {"MarksSwapped", "wrong_score", "10001", [](Served& s) { with(s, "10001", [](auto& p) { std::swap(p.scores[0].second, p.scores[1].second); }); }},
      {"SubjectMissing", "wrong_score", "10003", [](Served& s) { with(s, "10003", [](auto& p) { p.scores.pop_back(); }); }},
      {"MarksOfSomebodyAbsent", "wrong_score", "10004", [](Served& s) { with(s, "10004", [](auto& p) { p.scores = {{"국어", "0.00"}}; }); }},
      {"UnitOfAnother", "wrong_unit", "20003", [](Served& s) { with(s, "20003", [](auto& p) { p.unit_code = "A"; }); }},
      {"NameOfAnotherUnit", "wrong_unit", "10003", [](Served& s) { with(s, "10003", [](auto& p) { p.unit_name = {"Tax & customs", "세무·관세"}; }); }},
      // Reasons and what comes next.
      {"ReasonOfAnother", "wrong_reason", "10001", [](Served& s) { with(s, "10001", [](auto& p) { p.reasons = {"below_cut"}; }); }},
      {"ReasonMissing", "wrong_reason", "10002", [](Served& s) { with(s, "10002", [](auto& p) { p.reasons.pop_back(); }); }},
      {"ReasonTooMany", "wrong_reason", "10003", [](Served& s) { with(s, "10003", [](auto& p) { p.reasons.push_back("veteran_cap"); }); }},
      {"FailLineOfAnotherSubject", "wrong_reason", "10005", [](Served& s) { with(s, "10005", [](auto& p) { p.reasons = {"fail_line:영어"}; }); }},
      {"NextOfThosePassed", "wrong_next", "10003", [](Served& s) { in_page(s, "10003", s.edition.words.next_others.en, s.edition.words.next_passed.en); }},
      {"NextOfTheOthers", "wrong_next", "20001", [](Served& s) { in_page(s, "20001", s.edition.words.next_passed.ko, s.edition.words.next_others.ko, ko); }},
      {"ObjectionMissing", "missing_field", "20003", [](Served& s) { in_page(s, "20003", R"(<p data-field="objection">Write until 6 October.</p>)", ""); }},
      {"ObjectionOfLastYear", "wrong_objection", "20003", [](Served& s) { in_page(s, "20003", "6 October", "7 October"); }},
      // Editions, languages, templates.
      {"StaleTemplate", "stray_text", "10001", [](Served& s) { replace_once(s.templates.page.en, "Recruitment unit", "Series"); s.render_all(); }},
      {"EnglishPageOfAnotherVersion", "wrong_version", "10002", [](Served& s) { in_page(s, "10002", R"(data-field="version">1<)", R"(data-field="version">2<)"); }},
      {"LabelsSwapped", "wrong_order", "10001", [](Served& s) { in_page(s, "10001", "<dt>Total</dt>", "<dt>@</dt>"); in_page(s, "10001", "<dt>Rank in the unit</dt>", "<dt>Total</dt>"); in_page(s, "10001", "<dt>@</dt>", "<dt>Rank in the unit</dt>"); }},
      {"LabelMissing", "wrong_order", "10002", [](Served& s) { in_page(s, "10002", "<dt>Cut of the unit</dt>", ""); }},
      {"FieldUnderAnotherHeading", "wrong_order", "20003", [](Served& s) { in_page(s, "20003", "<h3>다음 절차</h3>", "", ko); in_page(s, "20003", "<h3>이의제기 방법</h3>", "<h3>다음 절차</h3><h3>이의제기 방법</h3>", ko); }},
      {"HiddenByAClass", "unreadable", "10001", [](Served& s) { in_page(s, "10001", R"(<h2 data-field="verdict">)", R"(<h2 class="sr-only" data-field="verdict">)"); }},
      {"AnotherExam", "wrong_exam", "10002", [](Served& s) { in_page(s, "10002", "Exam 2026", "Exam 2025"); }},
      {"AnotherMinute", "wrong_released", "10002", [](Served& s) { in_page(s, "10002", "2026-09-29 10:00", "2026-09-29 09:00"); }},
      {"KoreanServedAsEnglish", "wrong_language", "10002", [](Served& s) { s.page("10002", en) = s.page("10002", ko); }},
      {"CorrectionThatIsNone", "wrong_correction", "10001", [](Served& s) { s.edition.reason = {"A mark changed.", "점수 정정"}; s.render(s.person("10001")); }},
      {"CorrectionThatIsNotTold", "missing_field", "10001", [](Served& s) { s.ordered.reason = {"A mark changed.", "점수 정정"}; }},
      {"ScriptInAPage", "unreadable", "10001", [](Served& s) { in_page(s, "10001", "<dl>", "<script>1</script><dl>"); }},
      {"HiddenField", "unreadable", "10001", [](Served& s) { in_page(s, "10001", "<dl>", R"(<p hidden="" data-field="verdict"></p><dl>)"); }},
      {"CutOffPage", "unreadable", "20001", [](Served& s) { s.page("20001").resize(300); }},
      {"EmptyPage", "unreadable", "20001", [](Served& s) { s.page("20001").clear(); }},
      {"UnfilledTag", "wrong_total", "10001", [](Served& s) { in_page(s, "10001", "92.00</dd>", "{{total}}</dd>"); }},
      {"FieldThatNobodyKnows", "unknown_field", "10001", [](Served& s) { in_page(s, "10001", "<dl>", R"(<p data-field="certificate">x</p><dl>)"); }},
      // Whole texts.
      {"PageMissing", "page_missing", "10004", [](Served& s) { s.pages.erase({"10004", ko}); }},
      {"PageOfNobody", "unknown_person", "30001", [](Served& s) { s.pages[{"30001", en}] = s.page("10001"); }},
      {"DecidedTwice", "bad_decision", "10001", [](Served& s) { s.decided.decisions_csv += "10001,A,not_passed,92.00,1,above_cut,\n"; }},
      {"OneUnitsListOfLastYear", "wrong_list", "", [](Served& s) { s.units[1].numbers = {"20001", "20003"}; s.render_all(); }},
      {"SomebodyLeftOutOfTheList", "wrong_list", "", [](Served& s) { s.units[0].numbers.pop_back(); s.render_all(); }},
      {"SomebodyTwiceOnTheList", "wrong_list", "", [](Served& s) { s.units[0].numbers.push_back("10002"); s.render_all(); }},
      {"ListUnsorted", "wrong_list", "", [](Served& s) { std::reverse(s.units[0].numbers.begin(), s.units[0].numbers.end()); s.render_all(); }},
      {"ListUnderAnotherUnit", "wrong_list", "", [](Served& s) { std::swap(s.units[0].numbers, s.units[1].numbers); s.render_all(); }},
      {"UnitLeftOutOfTheList", "wrong_list", "", [](Served& s) { s.units.pop_back(); s.render_all(); }},
      {"CountOfTheListIsWrong", "wrong_list", "", [](Served& s) { replace_once(s.lists[ko], R"("count">2<)", R"("count">3<)"); }},
      {"ListInOneLanguageOnly", "list_missing", "", [](Served& s) { s.lists.erase(en); }},
      {"ListFileOfAnotherVersion", "wrong_list", "", [](Served& s) { replace_once(s.list_file, "B,20002\n", ""); }},
      {"ListFileMissing", "list_missing", "", [](Served& s) { s.list_file.clear(); }},
      {"NameOnTheList", "wrong_list", "", [](Served& s) { replace_once(s.lists[ko], "</ul>", "</ul><p>홍길동</p>"); }},
      {"NoticeOfAnotherVersion", "wrong_notice", "", [](Served& s) { replace_once(s.notices[en], R"("version">1<)", R"("version">2<)"); }},
      {"NoticeMissing", "notice_missing", "", [](Served& s) { s.notices.erase(ko); }},
      {"NoticeWithoutObjection", "wrong_notice", "", [](Served& s) { replace_once(s.notices[en], "Write until 6 October.", ""); }},
      {"MessageTellsAResult", "wrong_message", "", [](Served& s) { s.messages[en] += "You passed.\n"; }},
      {"MessageOfAReleaseForAWithdrawal", "wrong_message", "", [](Served& s) { s.ordered.withdrawn = true; s.ordered.reason = s.edition.reason = {"Mixed up.", "뒤바뀜"}; s.render_all(); }},
      {"MessageMissing", "message_missing", "", [](Served& s) { s.messages.erase(en); }},
      {"MessageOfAnotherMinute", "wrong_message", "", [](Served& s) { replace_once(s.messages[ko], "10:00", "09:00"); }},
      {"WithdrawnVersionStillShowsPages", "unknown_person", "10001", [](Served& s) { s.ordered.withdrawn = true; }},
  };
  return faults;
}

std::string certificate_of_10003() {
  return "hanjari-certificate/1\nexam: E\nexam_name_en: Exam 2026\nexam_name_ko: 2026년 시험\nstage: written\nversion: 1\n"
         "released_at: 2026-09-29T01:00:00Z\napplicant_number: 10003\nunit_code: A\nunit_en: Administration\nunit_ko: 행정\n"
         "outcome: not_passed\ntotal: 80.00\nrank: 3\nroot: abc\n\n\xE2\x80\x94 hanjari/E/written/1/certificate AAAA\n";
}

// Red when those whose result a correction changed are written something that nobody ordered.
TEST(Proofreading, TheMessageOfAChangedResultCounts) {
  Served served;
  const auto findings_of = [&](const std::string& bytes) {
    Proofreader reader(served.decided, served.ordered);
    reader.read_changed_message(ko, bytes);
    bool wrong = false;
    for (const Finding& finding : reader.finish()) wrong = wrong || finding.code == "wrong_message";
    return wrong;
  };
  EXPECT_TRUE(findings_of(announcement::render_changed_message(served.templates, served.edition, ko))) << "the first release changes nothing";
  served.edition.version = served.ordered.version = 2;
  served.edition.reason = served.ordered.reason = {"A mark changed.", "점수 정정"};
  const std::string right = announcement::render_changed_message(served.templates, served.edition, ko);
  EXPECT_FALSE(findings_of(right));
  EXPECT_TRUE(findings_of(right + "합격하셨습니다.\n"));
  EXPECT_TRUE(findings_of(announcement::render_message(served.templates, served.edition, ko)));
}

// Red when any line of a certificate is passed over.
TEST(Proofreading, EveryLineOfACertificateCounts) {
  Served served;
  served.ordered.exam_code = "E";
  served.ordered.release_instant = "2026-09-29T01:00:00Z";
  const auto findings_of = [&](const std::string& number, const std::string& bytes) {
    Proofreader reader(served.decided, served.ordered);
    reader.read_certificate(number, bytes, "abc");
    const std::vector<Finding> found = reader.finish();
    return std::count_if(found.begin(), found.end(), [](const Finding& one) { return one.code == "wrong_certificate"; });
  };
  EXPECT_EQ(findings_of("10003", certificate_of_10003()), 0);
  EXPECT_EQ(findings_of("10001", certificate_of_10003()), 1) << "somebody else's";
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"certificate/1", "certificate/2"},
                                                                                 {"exam: E", "exam: F"},
                                                                                 {"Exam 2026", "Exam 2025"},
                                                                                 {"2026년", "2025년"},
                                                                                 {"written", "final"},
                                                                                 {"version: 1", "version: 2"},
                                                                                 {"T01", "T02"},
                                                                                 {"10003", "10002"},
                                                                                 {"unit_code: A", "unit_code: B"},
                                                                                 {"Administration", "Tax"},
                                                                                 {"행정", "세무"},
                                                                                 {"not_passed", "passed"},
                                                                                 {"80.00", "85.50"},
                                                                                 {"rank: 3", "rank: 1"},
                                                                                 {"abc", "abd"},
                                                                                 {"AAAA\n", "AAAA\nmore\n"}}) {
    std::string changed = certificate_of_10003();
    replace_once(changed, from, to);
    EXPECT_EQ(findings_of("10003", changed), 1) << from;
  }
}

// Red when a finding repeats what it found: it stands openly with the job that failed.
TEST(Proofreading, FindingsTellNothingOfAnyOutcome) {
  for (const Fault& fault : planted_faults()) {
    Served served;
    fault.plant(served);
    for (const Finding& one : served.judge()) {
      for (const char* told : {"passed the", "합격하", "92.00", "10002", "20001"}) {
        EXPECT_EQ(one.what.en.find(told), std::string::npos) << fault.name << ": " << one.what.en;
        EXPECT_EQ(one.what.ko.find(told), std::string::npos) << fault.name << ": " << one.what.ko;
      }
    }
  }
}

class PlantedFaults : public ::testing::TestWithParam<Fault> {};

// Red for a fault when the check of its kind is taken out of the proofreader.
TEST_P(PlantedFaults, AreNamed) {
  Served served;
  GetParam().plant(served);
  const std::vector<Finding> findings = served.judge();
  std::string all;
  for (const Finding& one : findings) all += one.code + " " + one.number + "\n";
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(),
                          [](const Finding& one) {
                            return one.code == GetParam().code && one.number == GetParam().number;
                          }))
      << all;
}

INSTANTIATE_TEST_SUITE_P(Each, PlantedFaults, ::testing::ValuesIn(planted_faults()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Proofreading, FindsNothingWhereNothingIsWrong) {
  Served served;
  for (const Finding& one : served.judge()) ADD_FAILURE() << one.code << " " << one.number << " " << one.what.en;
}

TEST(Proofreading, FindsNothingInARightCorrection) {
  Served served;
  served.edition.version = 2;
  served.edition.reason = {"A mark was corrected <1>.", "점수를 정정하였습니다 <1>."};
  served.ordered.version = 2;
  served.ordered.reason = served.edition.reason;
  served.render_all();
  for (const Finding& one : served.judge()) ADD_FAILURE() << one.code << " " << one.number << " " << one.what.en;
}

// Written by another program from the contract's words: JSON with sorted keys, no blanks, in base 64.
const char* const proven_10001 =
    "eyJhcHBsaWNhbnRfbnVtYmVyIjoiMTAwMDEiLCJleGFtIjoiZXhhbSBcIjFcIiIsIm91dGNvbWUiOiJwYXNzZWQiLCJyYW5rIjoxLCJzYWx0Ij"
    "oiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYiIsInNjb3JlcyI6eyLqta3s"
    "lrQiOiI5Mi4wMCIsIuyYgeyWtCI6IjcwLjAwIn0sInN0YWdlIjoid3JpdHRlbiIsInRvdGFsIjoiOTIuMDAiLCJ1bml0X2NvZGUiOiJBIiwidm"
    "Vyc2lvbiI6MX0=";
const char* const proven_10004 =
    "eyJhcHBsaWNhbnRfbnVtYmVyIjoiMTAwMDQiLCJleGFtIjoiZXhhbSBcIjFcIiIsIm91dGNvbWUiOiJhYnNlbnQiLCJyYW5rIjpudWxsLCJzYW"
    "x0IjoiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYiIsInNjb3JlcyI6e30s"
    "InN0YWdlIjoid3JpdHRlbiIsInRvdGFsIjpudWxsLCJ1bml0X2NvZGUiOiJBIiwidmVyc2lvbiI6MX0=";
const char* const proven_10002 =
    "eyJhcHBsaWNhbnRfbnVtYmVyIjoiMTAwMDIiLCJleGFtIjoiZXhhbSBcIjFcIiIsIm91dGNvbWUiOiJwYXNzZWQiLCJyYW5rIjoyLCJzYWx0Ij"
    "oiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYiIsInNjb3JlcyI6eyLqta3s"
    "lrQiOiI4NS41MCIsIuyYgeyWtCI6IjcxLjI1In0sInN0YWdlIjoid3JpdHRlbiIsInRvdGFsIjoiODUuNTAiLCJ1bml0X2NvZGUiOiJBIiwidm"
    "Vyc2lvbiI6MX0=";
const char* const proven_in_version_2 =
    "eyJhcHBsaWNhbnRfbnVtYmVyIjoiMTAwMDEiLCJleGFtIjoiZXhhbSBcIjFcIiIsIm91dGNvbWUiOiJwYXNzZWQiLCJyYW5rIjoxLCJzYWx0Ij"
    "oiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYiIsInNjb3JlcyI6eyLqta3s"
    "lrQiOiI5Mi4wMCIsIuyYgeyWtCI6IjcwLjAwIn0sInN0YWdlIjoid3JpdHRlbiIsInRvdGFsIjoiOTIuMDAiLCJ1bml0X2NvZGUiOiJBIiwidm"
    "Vyc2lvbiI6Mn0=";

// Red when a proof is checked against the root alone: somebody else's, which holds as well, is then handed out.
TEST(Proofreading, TellsTheOwnProofFromAnothersAndFromAnotherDecision) {
  Served served;
  served.ordered.exam_code = "exam \"1\"";
  const auto findings = [&](const std::string& number, const std::string& record) {
    Proofreader reader(served.decided, served.ordered);
    const std::size_t before = reader.finish().size();
    Proofreader again(served.decided, served.ordered);
    again.read_proof(number, "{\n  \"index\": 0,\n  \"record\": \"" + record + "\",\n  \"root\": \"\"\n}\n");
    return again.finish().size() - before;
  };
  EXPECT_EQ(findings("10001", proven_10001), 0U);
  EXPECT_EQ(findings("10004", proven_10004), 0U);
  EXPECT_EQ(findings("10002", proven_10002), 0U);
  EXPECT_EQ(findings("10001", proven_10002), 1U) << "of another";
  EXPECT_EQ(findings("10001", proven_in_version_2), 1U);
  EXPECT_EQ(findings("30001", proven_10001), 1U) << "of nobody";
  EXPECT_EQ(findings("10001", ""), 1U);
  EXPECT_EQ(findings("10001", "%%"), 1U);
  replace_once(served.decided.decisions_csv, "10001,A,passed,92.00", "10001,A,passed,92.25");
  EXPECT_EQ(findings("10001", proven_10001), 1U) << "another total was decided";
}

TEST(Proofreading, KnowsAtLeastSixtyKindsOfFault) {
  EXPECT_GE(planted_faults().size(), 60U);
}

// Red when a page is compared in one place only: every byte that people can read is held to the decision.
TEST(Proofreading, NoticesEveryChangedDigitOnEveryPage) {
  const Served right;
  for (const auto& [key, bytes] : right.pages) {
    bool in_tag = false;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (bytes[at] == '<' || bytes[at] == '>') in_tag = bytes[at] == '<';
      if (in_tag || bytes[at] < '0' || bytes[at] > '9') continue;
      Proofreader reader(right.decided, right.ordered);
      std::string changed = bytes;
      changed[at] = bytes[at] == '9' ? '0' : static_cast<char>(bytes[at] + 1);
      const std::size_t before = reader.finish().size();
      Proofreader again(right.decided, right.ordered);
      again.read_page(key.first, key.second, changed);
      EXPECT_GE(again.finish().size(), before) << key.first << " byte " << at;
    }
  }
}

std::vector<std::string> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& one : findings) codes.push_back(one.code + " " + one.number);
  return codes;
}

// Red when what a reader of another thread has read, or found, is lost or counted twice.
TEST(Proofreaders, FindTogetherWhatOneFindsAlone) {
  Served served;
  swap_pages(served, "10001", "10003");
  served.page("20003") = served.page("20001");
  Proofreader alone(served.decided, served.ordered);
  Proofreader together(served.decided, served.ordered);
  std::vector<Proofreader> apart{together.apart(), together.apart(), together.apart()};
  std::size_t at = 0;
  for (const auto& [key, bytes] : served.pages) {
    alone.read_page(key.first, key.second, bytes);
    apart[at++ * apart.size() / served.pages.size()].read_page(key.first, key.second, bytes);
  }
  for (Proofreader& one : apart) together.take(std::move(one));
  EXPECT_EQ(together.pages_read(), served.pages.size());
  const auto found = codes_of(alone.finish());
  EXPECT_GE(found.size(), 3U);
  EXPECT_EQ(codes_of(together.finish()), found);
}

TEST(Proofreaders, FindAPageThatTwoOfThemRead) {
  const Served served;
  Proofreader together(served.decided, served.ordered);
  const auto& [key, bytes] = *served.pages.begin();
  for (int reader = 0; reader < 2; ++reader) {
    Proofreader apart = together.apart();
    apart.read_page(key.first, key.second, bytes);
    together.take(std::move(apart));
  }
  const auto found = codes_of(together.finish());
  EXPECT_EQ(std::count(found.begin(), found.end(), "page_twice " + key.first), 1);
}

// Red when a decision that cannot be read is found once by every reader.
TEST(Proofreaders, TellOfTheDecisionOnce) {
  Served served;
  served.decided.decisions_csv = "";
  Proofreader together(served.decided, served.ordered);
  for (int reader = 0; reader < 3; ++reader) together.take(together.apart());
  const auto found = codes_of(together.finish());
  EXPECT_EQ(std::count(found.begin(), found.end(), "bad_decision "), 1);
}

}  // namespace
}  // namespace hanjari::proofreading::testing
