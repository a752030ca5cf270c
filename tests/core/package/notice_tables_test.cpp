#include "hanjari/package/notice_tables.h"

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/package/setup_parts.h"
#include "package/places_of_faults.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

using package::NoticeTable;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Recruitment notice_with_everything() {
  Recruitment notice = sample_notice();
  NoticeUnit& unit = notice.units[0];
  unit.unit.series_ko = "행정, \"일반\"";
  unit.appointing_body = {"Jongno; district|office", "종로구\\청"};
  unit.subjects = {{"Korean", "국어"}, {"History|modern", "한국사;근대"}};
  unit.electives = {{"A1", {"Law", "법"}}, {"A2", {"Tax", "세법"}}};
  unit.electives_to_choose = 1;
  unit.eligibility.residence = ResidenceRule::on_day;
  unit.eligibility.residence_area = {"Seoul", "서울"};
  unit.eligibility.residence_on = *parse_date("2021-01-01");
  unit.eligibility.licences = {{"L1", {"Nurse", "간호사"}}};
  unit.unit.starts_at = 600;
  unit.unit.seated_by = 560;
  notice.accommodations = {{"wheelchair", {"Certificate | card", "장애인등록증; 사본"}, true}, {"large_print", {}, false}};
  notice.calendars[0].title = {"Regular", "정기"};
  notice.calendars[1].title = {"Late", "추가"};
  notice.calendars[0].entries = {
      {{"Venues", "시험장소 공고"}, at("2021-05-21T09:00:30+09:00"), std::nullopt},
      {{"Results", "합격자 발표"}, at("2021-07-01T09:00:00+09:00"), at("2021-07-02T18:00:00+09:00")}};
  return notice;
}

// The lines and columns of the faults.
std::vector<std::string> faults_of_table(const Recruitment& notice, NoticeTable table, const std::string& text) {
  std::vector<Fault> warnings;
  return places_of_faults([&] { package::read_notice_table(notice, table, text, warnings); });
}

// Red when a sign of lists was written without its backslash, and when seconds of a moment were left out.
TEST(NoticeTables, GiveBackWhatTheyShow) {
  const Recruitment notice = notice_with_everything();
  for (const NoticeTable table :
       {NoticeTable::units, NoticeTable::calendars, NoticeTable::entries, NoticeTable::areas, NoticeTable::accommodations}) {
    std::vector<Fault> warnings;
    const std::string text = package::write_notice_table(notice, table);
    const Recruitment read = package::read_notice_table(notice, table, text, warnings);
    EXPECT_EQ(package::render_recruitment(read), package::render_recruitment(notice)) << text;
    EXPECT_TRUE(warnings.empty()) << text << warnings.front().format(Language::english);
  }
}

// An empty notice takes everything from the table: nothing comes from the notice that the table was made of.
TEST(NoticeTables, HoldEverythingOfAUnit) {
  const Recruitment notice = notice_with_everything();
  Recruitment empty = notice;
  empty.units.clear();
  std::vector<Fault> warnings;
  const Recruitment read = package::read_notice_table(
      empty, NoticeTable::units, package::write_notice_table(notice, NoticeTable::units), warnings);
  EXPECT_EQ(package::render_recruitment(read), package::render_recruitment(notice));
}

TEST(NoticeTables, NameEveryFaultByRowAndColumn) {
  const std::string text =
      "unit_code\tseries_ko\tquota_group\tgrade\tposts\tduration_min\tfee_won\tcalendar\n"
      "101\t일반행정\tgeneral\t9\tmany\t100\t5000\tregular\n"
      "102\t일반행정\tnobody\t9\t3\t100\t\tregular\n"
      "103\t세무\tgeneral\t9\t3\t100\t5000\tnowhere\n";
  EXPECT_THAT(faults_of_table(sample_notice(), NoticeTable::units, text),
              ElementsAre("2 posts", "3 quota_group", "3 fee_won", "4 calendar"));
}

// Red while an area of the table lay where a search puts an address that it did not find.
TEST(NoticeTables, RefuseAnAreaAtTheCoordinatesOfNoPlace) {
  const std::string head = "code\tname_ko\tname_en\tdistrict_code\tlat\tlon\n";
  EXPECT_THAT(faults_of_table(sample_notice(), NoticeTable::areas, head + "A\t가동\t\t11110\t0\t0.0\n"),
              ElementsAre("2 lat"));
  EXPECT_THAT(faults_of_table(sample_notice(), NoticeTable::areas, head + "A\t가동\t\t11110\t0\t127\n"), ElementsAre());
}

// Red while latitudes of 127 were "out of range" row by row: somebody had taken one column for the other.
TEST(NoticeTables, TellSwappedCoordinatesOnceWithTheirNumber) {
  std::string table = "code\tname_ko\tname_en\tdistrict_code\tlat\tlon\n";
  for (const char* code : {"A", "B", "C", "D", "E", "F", "G"}) table += std::string(code) + "\t가동\t\t11110\t126.98\t37.57\n";
  std::vector<Fault> warnings;
  try {
    package::read_notice_table(sample_notice(), NoticeTable::areas, table, warnings);
    ADD_FAILURE() << "taken";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_THAT(refused.faults().kept()[0].what.en, ::testing::StartsWith("7 rows: '126.98' and '37.57' look swapped"));
  }
}

// Red when the forms' own names of columns were no headings: 응시수수료 was not read, and then asked for.
TEST(NoticeTables, ReadTheNamesThatFormsGiveTheirColumns) {
  std::vector<Fault> warnings;
  const Recruitment read =
      package::read_notice_table(sample_notice(), NoticeTable::units,
                                 "모집단위 코드\t직렬(한글)\t직렬(영문)\t구분\t급수\t선발예정인원\t시험시간(분)\t응시수수료\n"
                                 "301\t전산\tComputing\t일반\t9\t7\t100\t7,000\n",
                                 warnings);
  ASSERT_EQ(read.units.size(), 1U);
  EXPECT_EQ(read.units[0].fee, 7'000);
  EXPECT_EQ(read.units[0].unit.posts, 7);
}

TEST(NoticeTables, LeaveAloneWhatATableDoesNotName) {
  std::vector<Fault> warnings;
  const Recruitment notice = notice_with_everything();
  const Recruitment read = package::read_notice_table(
      notice, NoticeTable::units,
      "unit_code\tseries_ko\tquota_group\tgrade\tposts\tduration_min\n101\t전산\tgeneral\t9\t77\t100\n", warnings);
  ASSERT_EQ(read.units.size(), 1U) << "units that are not in the table go";
  EXPECT_EQ(read.units[0].unit.posts, 77);
  EXPECT_EQ(read.units[0].fee, 5'000);
  EXPECT_EQ(read.units[0].electives, notice.units[0].electives);
}

// A new unit without a fee would be free of charge unless somebody says so.
TEST(NoticeTables, AskForTheFeeOfANewUnit) {
  EXPECT_THAT(
      faults_of_table(sample_notice(), NoticeTable::units,
                      "unit_code\tseries_ko\tquota_group\tgrade\tposts\tduration_min\n301\t전산\tgeneral\t9\t7\t100\n"),
      ::testing::SizeIs(1));
}

TEST(NoticeTables, ReadWhatASpreadsheetQuotes) {
  EXPECT_EQ(package::commas_for_tabs("a\tb\n\"x\ty\"\t\"say \"\"hi\"\"\"\r\n1,5\tplain\n"),
            "a,b\n\"x\ty\",\"say \"\"hi\"\"\"\n\"1,5\",plain\n");
  EXPECT_EQ(package::commas_for_tabs("a,b\n1,2\n"), "a,b\n1,2\n");
}

TEST(NoticeTables, JudgeWindowsOfCalendars) {
  const std::string head = "name\ttitle_ko\texam_on\tapply_from\tapply_until\tcancel_until\n";
  EXPECT_THAT(
      faults_of_table(sample_notice(), NoticeTable::calendars,
                      head + "regular\t정기\t2021-06-05\t2021-03-05 09:00\t2021-03-02 18:00\t2021-03-01 18:00\n"),
      ElementsAre("2 apply_until", "2 cancel_until"));
  EXPECT_THAT(
      faults_of_table(sample_notice(), NoticeTable::calendars,
                      head + "regular\t정기\t2021-06-05\tsoon\t2021-03-05 18:00\t\nregular\t\t2021-06-05\t2021-03-02 "
                             "09:00\t2021-03-05 18:00\t\n"),
      ::testing::AllOf(Contains("2 apply_from"), Contains("3 name")));
}

TEST(NoticeTables, ReadMomentsAsTheClockOfTheExamShowsThem) {
  EXPECT_TRUE(package::read_local_moment("2021. 3. 2. 9:00", "Asia/Seoul") == at("2021-03-02T09:00:00+09:00"));
  EXPECT_TRUE(package::read_local_moment("2021-03-02T09:00:00Z", "Asia/Seoul") == at("2021-03-02T09:00:00Z"));
  for (const char* typed : {"2021-03-02 오전 9:00:00", "2021.3.2 오전 9:00", "2021-03-02 9:00 AM", "2021년 3월 2일 09시 00분"})
    EXPECT_TRUE(package::read_local_moment(typed, "Asia/Seoul") == at("2021-03-02T09:00:00+09:00")) << typed;
  EXPECT_FALSE(package::read_local_moment("2021-03-02 09:00:61", "Asia/Seoul").has_value());
  EXPECT_FALSE(package::read_local_moment("2021-03-02", "Asia/Seoul").has_value());
  EXPECT_FALSE(package::read_local_moment("9999-03-02 09:00", "Asia/Seoul").has_value()) << "beyond what is counted";
  EXPECT_EQ(package::write_local_moment(at("2021-03-02T09:00:07+09:00"), "Asia/Seoul"), "2021-03-02 09:00:07");
}

TEST(SubjectTable, GivesBackWhatItShowsAndTakesNobodyWithARelative) {
  std::vector<Fault> warnings;
  const std::string text =
      "code\tname_ko\tname_en\tset_by\tsetter\tcheckers\tstate\tdue_on\n"
      "kor\t국어\tKorean\tministry\t\t\tsettled\t\n"
      "law\t행정법\tLaw\tcity\tkim\tlee; park\tdrafted\t2021-05-01\n";
  const auto subjects = package::read_subject_table(text, {"choi"}, warnings);
  ASSERT_EQ(subjects.size(), 2U);
  EXPECT_THAT(subjects[1].checkers, ElementsAre("lee", "park"));
  EXPECT_EQ(package::write_subject_table(subjects), text);
  EXPECT_EQ(package::parse_subjects(package::render_subjects(subjects), "subjects.json", warnings), subjects);
  try {
    package::read_subject_table(text, {"park"}, warnings);
    FAIL() << "park has declared a relative";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_EQ(refused.faults().kept()[0].line, 3U);
    EXPECT_EQ(refused.faults().kept()[0].column, "checkers");
    EXPECT_THAT(refused.faults().kept()[0].what.en, HasSubstr("relative"));
  }
}

// Red when a form that was saved as it was shown changed the notice, or when the order of pasted rows counted.
TEST(AccommodationTable, SaysNothingNewOfANoticeThatOffersAll) {
  const Recruitment notice = sample_notice();
  const std::string shown = package::write_notice_table(notice, NoticeTable::accommodations);
  EXPECT_THAT(shown, HasSubstr("extra_time_1.7\t\t\tneeded\n"));
  std::vector<Fault> warnings;
  EXPECT_TRUE(package::read_notice_table(notice, NoticeTable::accommodations, shown, warnings).accommodations.empty());
  const auto read = package::read_notice_table(
      notice, NoticeTable::accommodations,
      "item\tdocuments_ko\tproof\n확대문제지\t저시력 진단서\toptional\nwheelchair\t\t\n", warnings);
  ASSERT_EQ(read.accommodations.size(), 2U);
  EXPECT_EQ(read.accommodations[0].item, "wheelchair");
  EXPECT_TRUE(read.accommodations[0].proof_needed);
  EXPECT_EQ(read.accommodations[1].item, "large_print");
  EXPECT_EQ(read.accommodations[1].documents.ko, "저시력 진단서");
  EXPECT_FALSE(read.accommodations[1].proof_needed);
  EXPECT_THAT(package::render_recruitment(notice), ::testing::Not(HasSubstr("accommodation_kinds")));
  EXPECT_THAT(package::spell_out_accommodations(package::render_recruitment(notice)), HasSubstr("\"scribe\""));
  EXPECT_EQ(package::spell_out_accommodations(package::render_recruitment(read)), package::render_recruitment(read));
}

TEST(AccommodationTable, NamesTheCellOfEveryFault) {
  EXPECT_THAT(faults_of_table(sample_notice(), NoticeTable::accommodations,
                              "item\tproof\nwheelchair\tneeded\nteleport\tneeded\nwheelchair\tperhaps\n"),
              ElementsAre("3 item", "4 item", "4 proof"));
  EXPECT_THAT(faults_of_table(sample_notice(), NoticeTable::accommodations, "item\tproof\n"), ElementsAre("1 item"));
  std::vector<Fault> warnings;
  EXPECT_THROW(package::parse_recruitment(R"({"accommodation_kinds": [{"item": "teleport"}]})", "recruitment.json", warnings),
               InvalidInput);
}

TEST(SubjectTable, KeepsSettersAndCheckersApart) {
  std::vector<Fault> warnings;
  try {
    package::read_subject_table(
        "code\tname_ko\tset_by\tsetter\tcheckers\tstate\nlaw\t행정법\tcity\tkim\tkim; kim\tsettled\n"
        "tax\t세법\tcity\tkim\t\tcross_checked\n",
        {}, warnings);
    FAIL() << "kim checks an own subject";
  } catch (const InvalidInput& refused) {
    EXPECT_EQ(refused.faults().count(), 4U) << "twice the setter, once named twice, once nobody";
  }
}

TEST(SetupParts, ReadThePolicyByItself) {
  std::vector<Fault> warnings;
  const std::string text = package::render_policy(Policy{});
  EXPECT_EQ(package::render_policy(package::parse_policy(text, "policy.json", warnings)), text);
  EXPECT_THROW(package::parse_policy(R"({"people_cap": 0})", "policy.json", warnings), InvalidInput);
}

}  // namespace
}  // namespace hanjari::tests
