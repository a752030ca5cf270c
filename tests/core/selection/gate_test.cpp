// Rule 1: nothing is ranked before everybody is accounted for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "selection/exam_builder.h"

namespace hanjari::selection::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two who sat, one absent: complete.
ExamBuilder complete_exam() {
  ExamBuilder exam;
  exam.unit("U", 2);
  exam.sat("P1", "U", 'F', "80");
  exam.sat("P2", "U", 'M', "70");
  exam.absent("P3", "U");
  return exam;
}

std::string only_sentence(const ExamBuilder& exam) {
  try {
    pass_gate(exam.rows, exam.rules);
  } catch (const InvalidInput& refused) {
    return refused.faults().kept().front().format(Language::english);
  }
  return {};
}

// Every fault of the gate as people read it.
std::vector<std::string> sentences_of(const ExamBuilder& exam, Language language = Language::english) {
  std::vector<std::string> told;
  try {
    pass_gate(exam.rows, exam.rules);
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) told.push_back(fault.format(language));
  }
  return told;
}

TEST(Rule01Gate, LetsACompleteExamPass) {
  EXPECT_THAT(complete_exam().gate_faults(), IsEmpty());
}

TEST(Rule01Gate, RefusesARepeatedUnit) {
  ExamBuilder exam = complete_exam();
  exam.unit("U", 3);
  EXPECT_THAT(exam.gate_faults(), ElementsAre("units.csv:3: unit_code"));
}

TEST(Rule01Gate, RefusesAPersonOfAnUnknownUnit) {
  ExamBuilder exam = complete_exam();
  exam.absent("P4", "W");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:5: unit_code"));
  exam.rows.units_broken = true;  // the unit may stand on the line that could not be read
  EXPECT_THAT(exam.gate_faults(), IsEmpty());
}

TEST(Rule01Gate, RefusesARepeatedPerson) {
  ExamBuilder exam = complete_exam();
  exam.absent("P1", "U");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:5: applicant_number"));
}

TEST(Rule01Gate, RefusesARepeatedMark) {
  ExamBuilder exam = complete_exam();
  exam.sat("P4", "U", 'F', "50");
  exam.common("korean", "50");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:5: subject"));
}

TEST(Rule01Gate, RefusesAMarkOfSomebodyUnknown) {
  ExamBuilder exam = complete_exam();
  exam.rows.scores.back().number = exam.rows.numbers.intern("P9");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:3: applicant_number", "scores.csv:3: applicant_number"));
  exam.rows.people_broken = true;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:3: applicant_number"));
}

TEST(Rule01Gate, RefusesAMarkOfAnotherUnit) {
  ExamBuilder exam = complete_exam();
  exam.unit("V", 2);
  exam.rows.scores.back().unit = exam.rows.words.intern("V");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:3: unit_code"));
}

// The mistake of July 2021 cannot be entered: a zero of somebody absent stops everything.
TEST(Rule01Gate, RefusesAnAbsentPersonsMarkEvenIfItIsZero) {
  ExamBuilder exam = complete_exam();
  exam.common("korean", "0.00");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:4: applicant_number"));
  EXPECT_THAT(only_sentence(exam), ::testing::HasSubstr("'P3' was absent (people.csv line 4) and cannot have a mark"));
}

TEST(Rule01Gate, RefusesSomebodyWhoSatWithoutACommonSubject) {
  ExamBuilder exam = complete_exam();
  exam.sat("P4", "U", 'F', "50");
  exam.common("english", "50");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: applicant_number", "people.csv:3: applicant_number"));
}

TEST(Rule01Gate, RefusesAMissingMarkOfACommonSubjectThatUnitsCsvNames) {
  ExamBuilder exam = complete_exam();
  exam.rows.units[0].common_subjects = {"korean", "english"};
  exam.rows.people.erase(exam.rows.people.begin() + 1);
  exam.rows.scores.pop_back();
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: applicant_number"));
}

TEST(Rule01Gate, RefusesACommonMarkThatUnitsCsvDoesNotNameOnce) {
  ExamBuilder exam = complete_exam();
  exam.rows.units[0].common_subjects = {"english"};
  exam.rows.scores_broken = true;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:2: subject"));
}

TEST(Rule01Gate, RefusesAnotherNumberOfElectivesThanTheMostAnybodyHas) {
  ExamBuilder exam = complete_exam();
  exam.sat("P4", "U", 'F', "50");
  exam.elective("law", "50");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: applicant_number", "people.csv:3: applicant_number"));
}

TEST(Rule01Gate, RefusesAnotherNumberOfElectivesThanTheUnits) {
  ExamBuilder exam = complete_exam();
  exam.sat("P4", "U", 'F', "50");
  exam.elective("law", "50");
  exam.rows.units[0].electives = 0;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:5: applicant_number"));
}

TEST(Rule01Gate, RefusesASubjectOfBothKindsOnce) {
  ExamBuilder exam = complete_exam();
  exam.person("P4", "U");
  exam.elective("korean", "50");
  exam.person("P5", "U");
  exam.elective("korean", "50");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:4: kind"));
}

TEST(Rule01Gate, RefusesAUnitWhereSomebodySatAndNobodyHasAMark) {
  ExamBuilder exam = complete_exam();
  exam.unit("V", 2);
  exam.person("P4", "V");
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:5: applicant_number"));
  exam.rows.scores_broken = true;
  EXPECT_THAT(exam.gate_faults(), IsEmpty());
}

TEST(Rule01Gate, CallsNothingMissingOfAPersonWithAnUnreadableMark) {
  ExamBuilder exam = complete_exam();
  exam.common("english", "50");
  exam.rows.scores.back().number = exam.rows.people[0].number;
  exam.rows.scores.back().kind.reset();
  exam.rows.scores.pop_back();
  exam.rows.scores[0].kind.reset();
  exam.rows.faults.add({"scores.csv", 2, "kind", {}, {}});
  EXPECT_THAT(exam.gate_faults(), ElementsAre("scores.csv:2: kind"));
}

TEST(Rule01Gate, PassesOverWordsThatCouldNotBeRead) {
  ExamBuilder exam = complete_exam();
  exam.rows.people[0].number = WordIndex::none();
  exam.rows.people[1].unit = WordIndex::none();
  exam.rows.scores[0].number = WordIndex::none();
  exam.rows.scores[1].unit = WordIndex::none();
  exam.rows.people[2].sex.reset();
  exam.rows.people[2].attendance.reset();
  exam.sat("P6", "U", 'F', "50");
  exam.rows.scores.back().subject = WordIndex::none();
  exam.rows.faults.add({"people.csv", 2, "applicant_number", {}, {}});
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: applicant_number"));
}

TEST(Rule01Gate, RefusesAUnitThatThePassTableDoesNotKnow) {
  ExamBuilder exam = complete_exam();
  exam.rules.pass_table = {{5, PassTableRow::How::plus, 2}};
  EXPECT_THAT(exam.gate_faults(), ElementsAre("units.csv:2: posts"));
  exam.rows.units[0].to_pass = 4;
  EXPECT_THAT(exam.gate_faults(), IsEmpty());
}

TEST(Rule01Gate, TellsOfExemptionsOfUnknownUnitsAndGoesOn) {
  ExamBuilder exam = complete_exam();
  exam.rules.cap_exempt_units = {UnitCode("U"), UnitCode("W")};
  exam.rules.equality.exempt_units = {UnitCode("X")};
  EXPECT_THAT(exam.gate_faults(), IsEmpty());
  std::vector<std::string> told;
  for (const Fault& warning : pass_gate(exam.rows, exam.rules).warnings) told.push_back(warning.column);
  EXPECT_THAT(told, ElementsAre("cap_exempt_units", "equality.exempt_units"));
  exam.rows.units_broken = true;  // then nobody can say which units there are
  EXPECT_THAT(pass_gate(exam.rows, exam.rules).warnings, IsEmpty());
}

// Counts of rooms. A quarantine room's sheets were missing in December 2020 and nobody saw it.
ExamBuilder counted_exam() {
  ExamBuilder exam = complete_exam();
  exam.rows.people_have_rooms = true;
  for (PersonRow& person : exam.rows.people) {
    person.venue = exam.rows.words.intern("V1");
    person.room_no = 3;
  }
  exam.rows.counts = {{2, exam.rows.words.intern("V1"), 3, 2, 2, 2}};
  return exam;
}

TEST(Rule01Gate, LetsEqualCountsPass) {
  EXPECT_THAT(counted_exam().gate_faults(), IsEmpty());
}

TEST(Rule01Gate, KeepsTheChosenElectivesThatSomebodyTook) {
  ExamBuilder exam = complete_exam();
  exam.rows.people[2].chosen = exam.rows.words.intern("korean;law;W");
  exam.rows.words.intern("law");
  EXPECT_EQ(exam.results().people[2].chosen.size(), 1U);
}

TEST(Rule01Gate, RefusesEveryCountThatIsNotThePeopleWhoSat) {
  ExamBuilder exam = counted_exam();
  exam.rows.counts->front().present = 3;
  exam.rows.counts->front().sheets = 1;
  exam.rows.counts->front().scored = 0;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("counts.csv:2: present", "counts.csv:2: sheets", "counts.csv:2: scored"));
}

// Red with "1 people sat there".
TEST(Rule01Gate, SaysOfOnePersonWhoSatInARoomThatIsOne) {
  ExamBuilder exam = counted_exam();
  exam.rows.people[0].room_no = 4;
  std::string told;
  try {
    exam.results();
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) told += fault.what.en + "\n";
  }
  EXPECT_THAT(told, ::testing::HasSubstr("2 here, but 1 person sat there"));
  EXPECT_THAT(told, ::testing::HasSubstr("where 1 person sat, is missing"));
}

// A zero-width character in a venue made a code that nobody could read; it was looked up as a word and the program crashed.
TEST(Rule01Gate, CallsNoCountWrongWhereAVenueCouldNotBeRead) {
  ExamBuilder exam = counted_exam();
  exam.rows.people[0].venue = WordIndex::none();
  exam.rows.counts->push_back({3, WordIndex::none(), 4, 1, 1, 1});
  exam.rows.faults.add({"people.csv", 2, "venue_code", {}, {}});
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: venue_code"));
  exam.rows.counts->front().room_no = 5;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: venue_code"));
}

TEST(Rule01Gate, RefusesARoomThatIsNotCountedOrTwice) {
  ExamBuilder exam = counted_exam();
  exam.rows.counts->push_back({3, exam.rows.counts->front().venue, 3, 2, 2, 2});
  EXPECT_THAT(exam.gate_faults(), ElementsAre("counts.csv:3: room_no"));
  exam.rows.counts->clear();
  EXPECT_THAT(exam.gate_faults(), ElementsAre("counts.csv:0: room_no"));
}

// Red while a line was printed for each of the rooms of a city.
TEST(Rule01Gate, NamesTheFirstOfManyRoomsThatAreNotCountedOrCountedWrong) {
  ExamBuilder exam = counted_exam();
  for (int i = 0; i < 20; ++i) {
    PersonRow& person = exam.sat("Q" + std::to_string(10 + i), "U", 'F', "60");
    person.venue = exam.rows.words.intern("W" + std::string(1, static_cast<char>('A' + i)));
    person.room_no = 1;
  }
  std::vector<std::string> told = sentences_of(exam);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], ::testing::StartsWith("counts.csv: room_no: 20 rooms, where 20 people sat, are missing: 'WA/1', 'WB/1', "));
  EXPECT_THAT(told[0], ::testing::HasSubstr("'WJ/1', ...; add the counts of these rooms"));
  for (int i = 0; i < 20; ++i) {
    const WordIndex venue = exam.rows.words.intern("W" + std::string(1, static_cast<char>('A' + i)));
    exam.rows.counts->push_back({static_cast<std::uint32_t>(3 + i), venue, 1, 1, 2, 1});
  }
  told = sentences_of(exam);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], ::testing::StartsWith("counts.csv:3: sheets: 20 rows: room 'WA/1': 2 here, but 1 person sat there"));
}

TEST(Rule01Gate, RefusesCountsWhenNobodyKnowsWhoSatWhere) {
  ExamBuilder exam = counted_exam();
  exam.rows.people_have_rooms = false;
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:1: venue_code"));
  exam.rows.people_have_rooms = true;
  exam.rows.people[0].venue = empty_word;
  exam.rows.people[1].room_no = 0;
  exam.rows.people[2].attendance.reset();
  EXPECT_THAT(exam.gate_faults(), ElementsAre("people.csv:2: venue_code", "people.csv:3: room_no",
                                              "counts.csv:2: present", "counts.csv:2: sheets", "counts.csv:2: scored"));
}

TEST(Rule01Gate, ListsTheFirstThousandFaultsByFileAndLineAndCountsTheRest) {
  ExamBuilder exam;
  exam.unit("U", 2);
  for (int i = 0; i < 6000; ++i) exam.absent("P" + std::to_string(i), "W");
  exam.rows.faults.add({"rules.json", 1, "ties", {}, {}});
  exam.rows.faults.add({"delta.csv", 1, "raw", {}, {}});
  for (std::uint64_t line = 3; line < 1503; ++line) exam.rows.faults.add({"people.csv", line, "sex", {}, {}});
  try {
    pass_gate(exam.rows, exam.rules);
    FAIL();
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 1503U) << "what the reader told, and 6,000 unknown units as one";
    ASSERT_EQ(refused.faults().kept().size(), 1000U);
    EXPECT_EQ(refused.faults().kept()[0].file, "rules.json");
    EXPECT_EQ(refused.faults().kept()[2].line, 2U);
    EXPECT_EQ(refused.faults().kept()[2].column, "unit_code");
    EXPECT_EQ(refused.faults().kept()[999].line, 999U);
  }
}

// Red while the gate told them row by row: 776 lines of one cause hid every other fault.
TEST(Rule01Gate, TellsACauseThatRepeatsOnceWithItsCountAndTheFirstLines) {
  ExamBuilder exam;
  exam.unit("U", 2);
  exam.sat("P1", "U", 'F', "80");
  for (int i = 0; i < 40; ++i) exam.absent("A" + std::to_string(i), "W" + std::to_string(i % 3));
  for (int i = 0; i < 30; ++i) {
    exam.rows.scores.push_back(exam.rows.scores.front());
    exam.rows.scores.back().number = exam.rows.numbers.intern("X" + std::to_string(i));
    exam.rows.scores.back().line = static_cast<std::uint32_t>(100 + i);
  }
  EXPECT_THAT(sentences_of(exam),
              ElementsAre(::testing::StartsWith("people.csv:3: unit_code: 40 rows: there is no unit 'W0'; use a unit of units.csv (lines 3, 4, 5,"),
                          ::testing::StartsWith("scores.csv:100: applicant_number: 30 rows: nobody has the applicant number 'X0'; ")));
  EXPECT_THAT(sentences_of(exam, Language::korean).at(1), ::testing::HasSubstr("30개 행: 응시번호 'X0'인 사람이 없습니다"));
  EXPECT_THAT(sentences_of(exam).at(1), ::testing::EndsWith("(lines 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, ...)"));
}

TEST(Rule01Gate, TellsSpecialCasesAndGradesOfNobodyOnceToo) {
  ExamBuilder exam = complete_exam();
  for (int i = 0; i < 12; ++i) {
    const std::string number = "X" + std::to_string(i);
    exam.rows.special.push_back({selection::special_file, static_cast<std::uint32_t>(2 + i), exam.rows.numbers.intern(number), SpecialCase::late_documents, "r", "d"});
    exam.interview(number, "E1", "item", GradeMark::high);
  }
  EXPECT_THAT(sentences_of(exam), ElementsAre(::testing::HasSubstr("12 rows: nobody has the number 'X0' in people.csv"),
                                              ::testing::HasSubstr("12 rows: nobody has the applicant number 'X0'")));
}

// Each cell of a workbook is marked, although the cause is told once.
TEST(Rule01Gate, HandsEveryRowOnThatIsToldWithOthers) {
  ExamBuilder exam;
  exam.unit("U", 2);
  for (int i = 0; i < 50; ++i) exam.absent("P" + std::to_string(i), "W");
  std::size_t handed = 0;
  EXPECT_THROW(pass_gate(exam.rows, exam.rules, [&](const Fault& fault) { handed += fault.column == "unit_code" ? 1 : 0; }), InvalidInput);
  EXPECT_EQ(handed, 50U);
}

TEST(Rule02Sat, CountsPresentAndMovedAndLeavesTheAbsentWithoutTotalAndRank) {
  ExamBuilder exam = complete_exam();
  exam.rows.people[1].attendance = Attendance::moved;
  EXPECT_EQ(exam.cut_value("U", "applied"), "3");
  EXPECT_EQ(exam.cut_value("U", "sat"), "2");
  EXPECT_EQ(exam.person_line("P2"), "U,passed,70.00,2,all_pass,70.00");
  EXPECT_EQ(exam.person_line("P3"), "U,absent,,,absent,");
}

}  // namespace
}  // namespace hanjari::selection::test
