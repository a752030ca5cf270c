// The folders of people and of duties: what is read, what is refused, what is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include <unistd.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/staffing_package.h"
#include "stage/made_workbook.h"

namespace hanjari::package {
namespace {

using hanjari::tests::sheet_of_csv;
using hanjari::tests::workbook_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class StaffFolder : public ::testing::Test {
 protected:
  StaffFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hanjari-staff-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    exam_.units.emplace_back().code = UnitCode("010");
    exam_.venues.emplace_back().code = VenueCode("V1");
    exam_.applicants.emplace_back().id = ApplicantId("A1");
    make_canonical(exam_);
    put("invigilators.csv",
        "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
        "S2,나,,,37.5,127,invigilator;reserve,0,no\n"
        "S1,가,가 부서,11110,37.51,127.01,chief,3,yes\n");
    put("staffing.json", "{}\n");
  }
  ~StaffFolder() override { std::filesystem::remove_all(folder_); }

  void put(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  LoadedStaff load() const { return load_staff(exam_, folder_, Encoding::utf8); }
  std::vector<std::string> faults() const {
    std::vector<std::string> lines;
    try {
      load();
    } catch (const InvalidInput& error) {
      for (const Fault& fault : error.faults().kept()) lines.push_back(fault.format(Language::english));
    }
    return lines;
  }

  std::filesystem::path folder_;
  Exam exam_;
};

TEST_F(StaffFolder, IsReadInTheOrderOfIdsWithDefaults) {
  const Staff staff = load().staff;
  ASSERT_EQ(staff.people.size(), 2U);
  EXPECT_EQ(staff.people[0].id.text(), "S1");
  EXPECT_EQ(staff.people[0].organisation, "가 부서");
  EXPECT_TRUE(staff.people[0].consent);
  EXPECT_EQ(spell(staff.people[1].roles), "invigilator;reserve");
  EXPECT_EQ(staff.rules.chiefs_per_room, 1);
  EXPECT_EQ(staff.rules.reserve_per_rooms, 10);
  EXPECT_FALSE(staff.rules.second_invigilator_above.has_value());
  EXPECT_EQ(staff.rules.applicant_reach, ConflictReach::room);
}

// "아니요", as the dictionary writes it, was no word that is known.
TEST_F(StaffFolder, TakesAnAnswerInEveryUsualWord) {
  const auto consent_of = [&](const std::string& answer) {
    put("invigilators.csv",
        "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
        "S1,가,,,37.5,127,chief,0," + answer + "\nS2,나,,,37.5,127,chief,0,yes\n");
    return load().staff.people.front().consent;
  };
  for (const char* yes : {"yes", "예", "네", "동의", "동의함", "Y", "O", "TRUE", "참"}) EXPECT_TRUE(consent_of(yes)) << yes;
  for (const char* no : {"no", "아니오", "아니요", "미동의", "부동의", "동의 안 함", "N", "X", "비동의", "FALSE"}) EXPECT_FALSE(consent_of(no)) << no;
}

// Roles in Korean and in other case were "no list of roles", while all other words were read.
TEST_F(StaffFolder, TakesRolesAndAnswersInTheWordsOfOffices) {
  put("invigilators.csv",
      "감독관번호,성명,소속기관,자치구,위도,경도,역할,감독횟수,동의여부\n"
      "S2,나,,,37.5,127,\"감독관, 예비\",0,아니오\nS1,가,가 부서,11110,37.51,127.01,Chief; 복도 감독,3,Y\n");
  const Staff staff = load().staff;
  ASSERT_EQ(staff.people.size(), 2U);
  EXPECT_EQ(spell(staff.people[0].roles), "chief;corridor");
  EXPECT_TRUE(staff.people[0].consent);
  EXPECT_EQ(spell(staff.people[1].roles), "invigilator;reserve");
  EXPECT_FALSE(staff.people[1].consent);
}

TEST_F(StaffFolder, TakesTheNamesThatSchoolsGiveTheTwoOfARoom) {
  put("invigilators.csv",
      "감독관번호,성명,소속기관,자치구,위도,경도,역할,감독횟수,동의여부\n"
      "S1,가,,,37.5,127,\"정감독관,부감독관\",0,예\nS2,나,,,37.5,127,복도감독관;예비감독관,0,예\n");
  const Staff staff = load().staff;
  EXPECT_EQ(spell(staff.people.at(0).roles), "chief;invigilator");
  EXPECT_EQ(spell(staff.people.at(1).roles), "corridor;reserve");
}

// Thousands of rows said that lat is missing, and none that an address would do.
TEST_F(StaffFolder, TakesAddressesInPlaceOfCoordinates) {
  put("invigilators.csv",
      "invigilator_id,name,organisation,district_code,address,roles,past_duties,consent\n"
      "S1,가,,11110.0,서울특별시 종로구 자하문로 1,chief,0,yes\nS2,나,,,서울특별시 종로구,chief,0,yes\n");
  put("places.csv", "name,district_code,lat,lon\n종로구 자하문로,11110,37.51,126.91\n");
  const LoadedStaff loaded = load();
  EXPECT_EQ(loaded.staff.people.at(0).home, (Point{37.51, 126.91}));
  EXPECT_EQ(loaded.staff.people.at(0).district_code, "11110");
  EXPECT_GT(loaded.staff.people.at(1).home.lat, 37.0) << "the middle of the district";
  std::string told;
  for (const Fault& warning : loaded.warnings) told += warning.format(Language::english) + "\n";
  EXPECT_THAT(told, HasSubstr("invigilators.csv: address: 2 people were located by address"));
  std::filesystem::remove(folder_ / "places.csv");
  EXPECT_GT(load().staff.people.at(0).home.lat, 37.0);
  put("invigilators.csv",
      "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\nS1,가,,,,,chief,0,yes\n");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("give a column address in their place")));
}

const std::string people_of_a_sheet =
    "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
    "S1,가,가 부서,11110,37.51,127.01,chief,3,yes\nS2,나,,,37.5,127,invigilator;reserve,0,no\n";

// A workbook beside the rules was not seen: the list was said to be missing.
TEST_F(StaffFolder, TakesAWorkbookInPlaceOfATable) {
  std::filesystem::remove(folder_ / "invigilators.csv");
  put("invigilators.xlsx", workbook_of({sheet_of_csv("Sheet1", people_of_a_sheet)}));
  const Staff staff = load().staff;
  ASSERT_EQ(staff.people.size(), 2U);
  EXPECT_EQ(staff.people[0].organisation, "가 부서");
  EXPECT_EQ(staff.people[1].past_duties, 0);
}

TEST_F(StaffFolder, TakesOneWorkbookWithASheetForEachTable) {
  const PackedFiles files = unpack_staff(workbook_of({sheet_of_csv("감독관", people_of_a_sheet),
                                                      sheet_of_csv("staffing", "per_room.chief,2\n"),
                                                      sheet_of_csv("contacts", "invigilator_id,email\nS2,two@example.kr\n")}));
  const LoadedStaff loaded = load_staff(exam_, files, Encoding::utf8);
  EXPECT_EQ(loaded.staff.people.size(), 2U);
  EXPECT_EQ(loaded.staff.rules.chiefs_per_room, 2);
  std::vector<Fault> warnings;
  const auto contacts = load_staff_contacts(files, Encoding::utf8, warnings);
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_EQ(contacts.front().email, "two@example.kr");
}

std::string staff_refusal_of(const std::string& sent) {
  try {
    load_staff(Exam(), unpack_staff(sent), Encoding::utf8);
  } catch (const InvalidInput& error) {
    std::string told;
    for (const Fault& fault : error.faults().kept()) told += fault.format(Language::english) + "\n";
    return told;
  }
  return "";
}

// The remedy of one mistake stood behind another, and a workbook was taken for files of no name.
TEST_F(StaffFolder, SaysOfWhatWasSentHowToSendIt) {
  EXPECT_THAT(staff_refusal_of("invigilator_id,name\n"),
              HasSubstr("pack the folder of the list of people who may invigilate as a ZIP file"));
  EXPECT_THAT(staff_refusal_of(workbook_of({sheet_of_csv("Sheet1", people_of_a_sheet)})), HasSubstr("a sheet called invigilators"));
}

TEST_F(StaffFolder, SaysWhichContactsStandTwice) {
  const PackedFiles files{{"contacts.csv", "invigilator_id,email\nS1,one@example.kr\nS2,two@example.kr\nS1,other@example.kr\n"}};
  std::vector<Fault> warnings;
  try {
    load_staff_contacts(files, Encoding::utf8, warnings);
    FAIL() << "S1 has two contacts";
  } catch (const InvalidInput& error) {
    EXPECT_THAT(error.faults().kept().front().format(Language::english), HasSubstr("contacts.csv:4: invigilator_id"));
  }
}

TEST_F(StaffFolder, ReadsEveryKindOfConflictAndRules) {
  put("conflicts.csv",
      "invigilator_id,kind,of,reason\nS1,applicant,A1,가족\nS2,invigilator,S1,\nS1,venue,V1,근무 학교\nS1,unit,010,\n"
      "S1,unit,010,\n");
  put("past_pairs.csv", "first,second\nS2,S1\nS1,S2\nS1,S77\n");
  put("staffing.json",
      R"({"per_room": {"chief": 0, "invigilator": 2}, "second_invigilator_above": 25, "reserve_per_venue": {"at_least": 0, "per_rooms": 4},
          "corridor_per_floor": 2, "same_organisation_in_room": true, "conflict_reach": {"applicant": "venue", "invigilator": "venue"}})");
  const LoadedStaff loaded = load();
  const Staff& staff = loaded.staff;
  ASSERT_EQ(staff.conflicts.size(), 4U);
  EXPECT_EQ(staff.conflicts[0].applicant, ApplicantIndex(std::size_t{0}));
  EXPECT_EQ(staff.conflicts[1].venue, VenueIndex(std::size_t{0}));
  EXPECT_EQ(staff.conflicts[2].unit, UnitIndex(std::size_t{0}));
  EXPECT_EQ(staff.conflicts[3].other, InvigilatorIndex(std::size_t{0}));
  EXPECT_THAT(staff.past_pairs,
              ElementsAre(PastPair{InvigilatorIndex(std::size_t{0}), InvigilatorIndex(std::size_t{1})}));
  EXPECT_EQ(staff.rules.invigilators_per_room, 2);
  EXPECT_EQ(staff.rules.second_invigilator_above, 25);
  EXPECT_EQ(staff.rules.corridor_per_floor, 2);
  EXPECT_EQ(staff.rules.invigilator_reach, ConflictReach::venue);
  ASSERT_EQ(loaded.warnings.size(), 1U);
  EXPECT_THAT(loaded.warnings[0].format(Language::english), HasSubstr("1 pair names somebody"));
}

TEST_F(StaffFolder, TellsEveryFaultAtOnce) {
  put("invigilators.csv",
      "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
      "S1,가,,,37.5,127,boss,-1,maybe\nS1,나,,,127,37.5,chief;chief,1,yes\n");
  put("conflicts.csv", "invigilator_id,kind,of,reason\nS1,applicant,A9,\nS9,friend,S1,\nS1,invigilator,S1,\n");
  put("past_pairs.csv", "first,second\nS1,S1\n");
  put("staffing.json", R"({"per_room": {"chief": -1}, "conflict_reach": {"applicant": "town"}})");
  EXPECT_THAT(faults(),
              ElementsAre(HasSubstr("invigilators.csv:2: roles: 'boss' is no list of roles"),
                          HasSubstr("invigilators.csv:2: past_duties:"), HasSubstr("invigilators.csv:2: consent:"),
                          HasSubstr("invigilators.csv:3: invigilator_id: 'S1' stands on line 2 already"),
                          HasSubstr("invigilators.csv:3: lat:"), HasSubstr("invigilators.csv:3: roles:"),
                          HasSubstr("conflicts.csv:2: of: 'A9' does not stand in applicants.csv"),
                          HasSubstr("conflicts.csv:3: invigilator_id: 'S9' does not stand in invigilators.csv"),
                          HasSubstr("conflicts.csv:3: kind:"), HasSubstr("conflicts.csv:4: of: 'S1' stands twice"),
                          HasSubstr("past_pairs.csv:2: second: 'S1' stands twice"),
                          HasSubstr("staffing.json:1: per_room.chief"),
                          HasSubstr("staffing.json:1: conflict_reach.applicant")));
}

// The advice was to remove the row: somebody would have invigilated their own child, and nobody was told why.
TEST_F(StaffFolder, NamesTheCodeThatAConflictMeans) {
  exam_.applicants.emplace_back().id = ApplicantId("00017");
  make_canonical(exam_);
  put("conflicts.csv", "invigilator_id,kind,of,reason\nS1,응시자,17,가족\nS1,시험장,v1,\nS2,모집단위,10,\nS2,지원자,99,\n");
  EXPECT_THAT(faults(),
              ElementsAre(HasSubstr("conflicts.csv:2: of: '17' does not stand in applicants.csv, but '00017' does: leading zeros were lost"),
                          HasSubstr("conflicts.csv:3: of: 'v1' does not stand in venues.csv, but 'V1' does"),
                          HasSubstr("conflicts.csv:4: of: '10' does not stand in units.csv, but '010' does"),
                          HasSubstr("conflicts.csv:5: of: '99' does not stand in applicants.csv of the exam; correct the code, or remove the row")));
}

// "Remove one of the two" would have taken one of two people away whose ids had lost their zeros.
TEST_F(StaffFolder, NeverAdvisesToRemoveAPerson) {
  put("invigilators.csv",
      "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
      "1,가,,,37.5,127,chief,0,yes\n1,나,,,37.5,127,chief,0,yes\n");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("invigilators.csv:3: invigilator_id: '1' stands on line 2 already; give each of two people "
                                              "their own id and keep both rows")));
}

// A pair with an id that lost its zeros was passed over as one of people who are not asked.
TEST_F(StaffFolder, NamesTheIdThatAPairMeans) {
  put("invigilators.csv",
      "invigilator_id,name,organisation,district_code,lat,lon,roles,past_duties,consent\n"
      "0001,가,,,37.5,127,chief,0,yes\n0002,나,,,37.5,127,chief,0,yes\n");
  put("past_pairs.csv", "first,second\n1,0002\n0001,0003\n0001,2\n");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("past_pairs.csv:2: first: '1' does not stand in invigilators.csv, but '0001' does"),
                                    HasSubstr("past_pairs.csv:4: second: '2' does not stand in invigilators.csv, but '0002' does")));
}

// move and swap_rooms alone were read in Korean.
TEST_F(StaffFolder, TakesEditsOfDutiesInTheWordsOfOffices) {
  put("edits.csv",
      "작업,감독관번호,상대감독관번호,시험장코드,시험실,역할\n교대,S1,S2,,,\n제외,S1,,,,\n고정,S2,,,,\n고정 해제,S2,,,,\n되돌리기,,,,,\n"
      "이동,S1,,V1,3호실,정감독관\n");
  std::vector<Fault> warnings;
  std::vector<DutyEditKind> kinds;
  TableFile file(folder_ / "edits.csv");
  for (const DutyEdit& edit : load_duty_edits(file, Encoding::utf8, warnings)) kinds.push_back(edit.kind);
  EXPECT_THAT(kinds, ElementsAre(DutyEditKind::swap, DutyEditKind::take_off, DutyEditKind::lock, DutyEditKind::unlock,
                                 DutyEditKind::undo, DutyEditKind::move));
}

// Red while each row was said to be empty where its heading is one that nobody knows.
TEST_F(StaffFolder, NamesTheHeadingsOfEditsThatMeanNothing) {
  put("edits.csv", "action,whoever,with_invigilator_id\nlock,S1,\nlock,S2,\nswap,S1,\n");
  std::vector<Fault> warnings;
  std::vector<std::string> told;
  TableFile file(folder_ / "edits.csv");
  try {
    load_duty_edits(file, Encoding::utf8, warnings);
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) told.push_back(fault.format(Language::english));
  }
  EXPECT_THAT(told, ElementsAre(HasSubstr("edits.csv: invigilator_id: the column is missing; these headings mean nothing here: 'whoever'"),
                                HasSubstr("edits.csv:4: with_invigilator_id: is empty")));
}

TEST_F(StaffFolder, MissesFilesThatMustBeThere) {
  std::filesystem::remove(folder_ / "staffing.json");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("staffing.json: the file is missing")));
  EXPECT_THROW(load_staff(exam_, folder_ / "nowhere", Encoding::utf8), NotFound);
}

TEST_F(StaffFolder, IsSavedAsItIsRead) {
  put("conflicts.csv",
      "invigilator_id,kind,of,reason\nS1,applicant,A1,가족\nS2,invigilator,S1,\nS1,venue,V1,\nS1,unit,010,\n");
  put("past_pairs.csv", "first,second\nS2,S1\n");
  const Staff staff = load().staff;
  save_staff(exam_, staff, folder_ / "again");
  const Staff again = load_staff(exam_, folder_ / "again", Encoding::utf8).staff;
  save_staff(exam_, again, folder_ / "third");
  for (const char* name : {"invigilators.csv", "conflicts.csv", "past_pairs.csv", "staffing.json"})
    EXPECT_EQ(read_file(folder_ / "again" / name), read_file(folder_ / "third" / name));
  EXPECT_EQ(again.conflicts.size(), 4U);
  EXPECT_EQ(again.past_pairs, staff.past_pairs);
}

TEST_F(StaffFolder, DutiesAreReadAsTheyAreWritten) {
  DutyRows rows;
  rows.duties = {{VenueCode("V1"), 0, DutyRole::reserve, InvigilatorId("S1"), 12},
                 {VenueCode("V1"), 3, DutyRole::chief, InvigilatorId("S2"), 0}};
  rows.unfilled = {{VenueCode("V1"), 3, DutyRole::invigilator, UnfilledReason::conflict}};
  rows.report.status = StaffingStatus::infeasible;
  rows.report.places = 3;
  rows.report.unfilled = rows.report.unfilled_bound = rows.report.room_unfilled = 1;
  rows.report.room_places = 2;
  rows.report.load = {{3, 1}, {0, 1}};
  rows.report.travel_m = {12, 12};
  rows.report.changed = BoundedFigure{2, std::nullopt};
  rows.report.people = {std::string(64, 'a'), "1f"};
  save_duties(rows, folder_ / "duties");
  EXPECT_EQ(read_file(folder_ / "duties" / "duties.csv"),
            "venue_code,room_no,role,invigilator_id,travel_m\nV1,,reserve,S1,12\nV1,3,chief,S2,0\n");
  EXPECT_EQ(read_file(folder_ / "duties" / "unfilled.csv"),
            "venue_code,room_no,role,reason\nV1,3,invigilator,conflict\n");
  const DutyRows read = load_duties(folder_ / "duties", Encoding::utf8, Repetition::fault);
  ASSERT_EQ(read.duties.size(), 2U);
  EXPECT_EQ(read.duties[0].room_no, 0);
  EXPECT_EQ(read.report.load, rows.report.load);
  EXPECT_FALSE(read.report.load_bound.has_value());
  EXPECT_EQ(read.report.travel_m, rows.report.travel_m);
  EXPECT_EQ(read.report.changed, rows.report.changed);
  EXPECT_EQ(read.report.people, rows.report.people);
  EXPECT_EQ(read.report.status, StaffingStatus::infeasible);
  EXPECT_EQ(render_duty_report(read.report), render_duty_report(rows.report));
}

// Red when a rule is left out on the way, or when a wrong one is taken for its default.
TEST_F(StaffFolder, RulesAloneComeBackAsTheyWereWritten) {
  StaffingRules rules;
  rules.chiefs_per_room = 2;
  rules.invigilators_per_room = 3;
  rules.second_invigilator_above = 40;
  rules.reserves_at_least = 4;
  rules.reserve_per_rooms = 5;
  rules.corridor_per_floor = 6;
  rules.same_organisation_in_room = true;
  rules.applicant_reach = rules.invigilator_reach = ConflictReach::venue;
  EXPECT_THAT(render_staffing_rules(rules), ::testing::Not(HasSubstr("own_school_excluded"))) << "rules of before keep their bytes";
  rules.own_school_excluded = true;
  EXPECT_EQ(load_staffing_rules(render_staffing_rules(rules)), rules);
  EXPECT_EQ(load_staffing_rules("{}"), StaffingRules());
  EXPECT_THROW(load_staffing_rules(R"({"corridor_per_floor": -1})"), InvalidInput);
}

TEST_F(StaffFolder, PastDutiesAreReadDayByDayOrAsANumberOfAYear) {
  const std::string table =
      "invigilator_id,held_on,exam,role,duties\nS1,2020-06-13,2020 round 1,chief,\nS1,2019,,,3\n";
  std::vector<Fault> warnings;
  const auto rows = load_staff_history({{"past_duties.csv", table}}, Encoding::utf8, warnings);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].duty, (PastDuty{"2020-06-13", "2020 round 1", DutyRole::chief, 1}));
  EXPECT_EQ(rows[1].duty, (PastDuty{"2019", "", std::nullopt, 3}));
  const auto of_sheet = load_staff_history({{"people.xlsx", workbook_of({sheet_of_csv("past_duties", table)})}}, Encoding::utf8, warnings);
  ASSERT_EQ(of_sheet.size(), 2U);
  EXPECT_EQ(of_sheet[1].duty, rows[1].duty);
  EXPECT_TRUE(load_staff_history({}, Encoding::utf8, warnings).empty());
  for (const char* row : {"S1,spring,,,\n", "S1,1820,,,\n", "S1,2020,,boss,\n", "S1,2020,,,0\n"}) {
    const std::string wrong = std::string("invigilator_id,held_on,exam,role,duties\n") + row;
    EXPECT_THROW(load_staff_history({{"past_duties.csv", wrong}}, Encoding::utf8, warnings), InvalidInput) << row;
  }
}

TEST_F(StaffFolder, DutiesOfOnePersonTwiceAreAFaultWhereTheyAreToBeKept) {
  std::filesystem::create_directory(folder_ / "old");
  put("old/duties.csv", "venue_code,room_no,role,invigilator_id,travel_m\nV1,,reserve,S1,12\nV1,3,chief,S1,0\n");
  EXPECT_THROW(load_duties(folder_ / "old", Encoding::utf8, Repetition::fault), InvalidInput);
  EXPECT_EQ(load_duties(folder_ / "old", Encoding::utf8, Repetition::allowed).duties.size(), 2U);
}

TEST_F(StaffFolder, AForeignFolderIsNotReplaced) {
  EXPECT_THROW(save_duties({}, folder_), Conflict);
  std::filesystem::create_directory(folder_ / "foreign");
  put("foreign/thesis.txt", "ten years of work");
  EXPECT_THROW(save_staff(exam_, load().staff, folder_ / "foreign"), Conflict);
  save_staff(exam_, load().staff, folder_ / "foreign", Existing::replace);
  EXPECT_EQ(read_file(folder_ / "foreign" / "thesis.txt"), "ten years of work") << "a stranger's file stays in any case";
  save_duties({}, folder_ / "duties");
  EXPECT_THROW(save_duties({}, folder_ / "duties"), Conflict);
  EXPECT_NO_THROW(save_duties({}, folder_ / "duties", Existing::replace));
}

}  // namespace
}  // namespace hanjari::package
