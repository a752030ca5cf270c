// The public list as a workbook and as PDF: what is made is what was decided, and the judge sees every other list.
#include "publications/list_papers.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hanjari/proofreading/proofreading.h"
#include "stage/code_thrown.h"

namespace hanjari::services {
namespace {

using announcement::Edition;
using announcement::UnitList;
using hanjari::tests::code_thrown;

constexpr Language both[] = {Language::english, Language::korean};
const Instant made_at{std::chrono::seconds(1'632'873'600)};

struct ListStage {
  Edition edition;
  std::vector<UnitList> units;
  proofreading::Decided decided;
  proofreading::Ordered ordered;

  // `longest`: how many passed in the second unit; a unit without anybody is the third.
  explicit ListStage(int longest = 3) {
    edition.exam_name = {"Exam 2026", "2026년 시험"};
    edition.released_at = {"2026-09-29 10:00 (KST)", "2026-09-29 10:00 (KST)"};
    edition.words = {{"Register.", "등록하십시오."}, {"See the notice.", "공고 참조."}, {"Write to us.", "문의처"}};
    units = {{"A", {"Administration (general)", "행정(일반)"}, {"10001", "10002"}}, {"B", {"Tax & <customs>", "세무·관세"}, {}}, {"C", {"Nursing", "간호"}, {}}};
    for (int i = 0; i < longest; ++i) units[1].numbers.push_back(std::to_string(20001 + i));
    decided.decisions_csv = "applicant_number,unit_code,outcome,total,rank,reasons\n";
    decided.cuts_csv = "unit_code,cut\n";
    for (const UnitList& unit : units) {
      decided.units[unit.code] = unit.name;
      decided.cuts_csv += unit.code + ",80.00\n";
      for (const std::string& number : unit.numbers)
        decided.decisions_csv += number + "," + unit.code + ",passed,90.00,1,above_cut\n";
    }
    decided.decisions_csv += "30001,C,not_passed,60.00,1,below_cut\n";
    ordered = {edition.exam_name,         1, edition.released_at, edition.reason, edition.words.next_passed,
               edition.words.next_others, edition.words.objection};
  }

  std::size_t findings(Language language, const std::string& workbook, const std::string& paper) const {
    proofreading::Proofreader reader(decided, ordered);
    if (!workbook.empty()) reader.read_list_workbook(language, workbook);
    if (!paper.empty()) reader.read_list_paper(language, paper);
    std::size_t wrong = 0;
    for (const proofreading::Finding& one : reader.finish()) wrong += one.code == "wrong_list" ? 1U : 0U;
    return wrong;
  }
  std::string workbook(Language language) const { return make_list_workbook(units, language); }
  std::string paper(Language language) const { return make_list_paper(edition, units, made_at, language); }
};

TEST(ListPapers, AreReadBackAsWhatWasDecided) {
  const ListStage stage;
  for (const Language language : both) {
    EXPECT_EQ(stage.findings(language, stage.workbook(language), ""), 0U);
    EXPECT_EQ(stage.findings(language, "", stage.paper(language)), 0U);
  }
}

// Several pages, a count of four digits, and the same bytes again.
TEST(ListPapers, AreReadBackOverManyPages) {
  const ListStage stage(2'500);
  for (const Language language : both) {
    EXPECT_EQ(stage.findings(language, stage.workbook(language), stage.paper(language)), 0U);
    EXPECT_EQ(stage.workbook(language), stage.workbook(language));
    EXPECT_EQ(stage.paper(language), stage.paper(language));
  }
}

// Red when the judge passes over any of it.
TEST(ListPapers, OfAnotherListAreSeen) {
  const ListStage stage;
  const std::vector<std::function<void(ListStage&)>> faults{
      [](ListStage& s) { s.units[0].numbers.pop_back(); },
      [](ListStage& s) { s.units[2].numbers.push_back("30001"); },
      [](ListStage& s) { s.units[0].numbers[1] = "10003"; },
      [](ListStage& s) { std::swap(s.units[0].numbers, s.units[1].numbers); },
      [](ListStage& s) { std::swap(s.units[0].numbers[0], s.units[0].numbers[1]); },
      [](ListStage& s) { s.units[0].numbers = {"1000", "110002"}; },
      [](ListStage& s) { s.units.pop_back(); },
      [](ListStage& s) { s.units.push_back(s.units[0]); },
      [](ListStage& s) { s.units[1].name = {"Tax", "세무"}; },
      [](ListStage& s) { s.units[0].code = "D"; }};
  for (std::size_t fault = 0; fault < faults.size(); ++fault) {
    ListStage other;
    faults[fault](other);
    for (const Language language : both) {
      EXPECT_EQ(stage.findings(language, other.workbook(language), ""), 1U) << fault;
      EXPECT_EQ(stage.findings(language, "", other.paper(language)), 1U) << fault;
    }
  }
}

TEST(ListPapers, OfAnotherVersionOrLanguageAreSeen) {
  const ListStage stage;
  const std::vector<std::function<void(Edition&)>> faults{
      [](Edition& e) { e.version = 2; }, [](Edition& e) { e.exam_name = {"Exam 2025", "2025년 시험"}; },
      [](Edition& e) { e.released_at = {"2026-09-30 10:00 (KST)", "2026-09-30 10:00 (KST)"}; },
      [](Edition& e) { e.reason = {"A mark was wrong.", "점수가 틀렸습니다."}; }};
  for (const auto& fault : faults) {
    ListStage other;
    fault(other.edition);
    for (const Language language : both) EXPECT_EQ(stage.findings(language, "", other.paper(language)), 1U);
  }
  EXPECT_EQ(stage.findings(Language::english, stage.workbook(Language::korean), stage.paper(Language::korean)), 2U);
  EXPECT_EQ(stage.findings(Language::korean, stage.workbook(Language::english), stage.paper(Language::english)), 2U);
}

// Red when a damaged file is taken for a list, or stops the judge.
TEST(ListPapers, ThatAreDamagedAreSeen) {
  const ListStage stage;
  const std::string workbook = stage.workbook(Language::english);
  const std::string paper = stage.paper(Language::english);
  for (const std::size_t length : {std::size_t{1}, std::size_t{100}, workbook.size() / 2})
    EXPECT_EQ(stage.findings(Language::english, workbook.substr(0, length), ""), 1U) << length;
  for (const std::size_t length : {std::size_t{1}, std::size_t{100}, paper.size() / 2, paper.size() - 20})
    EXPECT_EQ(stage.findings(Language::english, "", paper.substr(0, length)), 1U) << length;
  EXPECT_EQ(stage.findings(Language::english, paper, workbook), 2U);
  // Another drawing behind the first one could be what a program shows.
  EXPECT_EQ(stage.findings(Language::english, "", paper + paper), 1U);
}

// Red when words that officers may well write stop a release: lines, quotation marks, letters of several fonts, blanks of every kind.
TEST(ListPapers, ReadBackWhateverOfficersWrite) {
  for (const std::string words : {"점수 정정(2건) – “국어” 3번: A→C\n둘째 줄", "漢字 ①②③ ℃ ½ é café", "back\\slash (paren) \"q\" 'x' <a> & 100%",
                                  "two  blanks, \xC2\xA0" "another \xE2\x80\x8B" "kind", "한자 龍 뷁",
                                  "thin\xE2\x80\x89" "blank, \xE2\x80\x83" "wide, form \xE9\xBE\x8D\xEF\xB8\x80 of a letter \xE2\x91\xA0\xEF\xB8\x8F"}) {
    ListStage stage;
    stage.edition.version = 2;
    stage.ordered.version = 2;
    stage.edition.reason = {words, words};
    stage.ordered.reason = stage.edition.reason;
    stage.units[0].name = {words, words};
    stage.decided.units["A"] = stage.units[0].name;
    for (const Language language : both) EXPECT_EQ(stage.findings(language, "", stage.paper(language)), 0U) << words;
  }
}

// Red when a list is made with a hatched square in the place of a letter, or stops later with words that nobody can act on.
TEST(ListPapers, WithALetterThatNoFontHasAreNotMade) {
  ListStage stage;
  stage.edition.version = 2;
  stage.edition.reason = {"A mark was wrong.", "점수 정정 \xEE\x80\x80"};  // of somebody's own set of letters
  EXPECT_EQ(code_thrown([&] { stage.paper(Language::korean); }), "no_glyph");
  EXPECT_EQ(code_thrown([&] { stage.paper(Language::english); }), "nothing");
  stage.edition.reason = {};
  stage.units[0].name.ko += "\xEE\x80\x80";
  EXPECT_EQ(code_thrown([&] { stage.paper(Language::korean); }), "no_glyph");
}

// A correction says in the file what it corrects.
TEST(ListPapers, OfACorrectionSayWhy) {
  ListStage stage;
  stage.edition.version = 2;
  stage.edition.reason = {"A mark was wrong.", "점수가 틀렸습니다."};
  stage.ordered.version = 2;
  stage.ordered.reason = stage.edition.reason;
  for (const Language language : both)
    EXPECT_EQ(stage.findings(language, stage.workbook(language), stage.paper(language)), 0U);
}

}  // namespace
}  // namespace hanjari::services
