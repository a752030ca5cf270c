// What people and spreadsheets write for values: one reading in tables and in JSON, and what cannot be read is told as
// what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/recruitment_file.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string fault_of_change(const std::string& file, const std::string& old, const std::string& now) {
  const PackageFolder folder;
  folder.replace(file, old, now);
  const auto faults = folder.faults();
  return faults.size() == 1 ? faults[0] : ::testing::PrintToString(faults);
}

TEST(TypedValues, OfSexAreReadInEveryUsualWord) {
  for (const char* word : {"F", "f", "female", "Female", "FEMALE", "woman", "여", "여자", "여성", "Ｆ", " 여 "}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", "1999-01-02,F,", std::string("1999-01-02,") + word + ",");
    EXPECT_EQ(folder.load().exam.applicants[0].sex, Sex::female) << word;
  }
}

// '1' was "not a word known here"; what it stands for is only certain where the heading says it.
TEST(TypedValues, OfSexAsNumbersNeedAHeadingThatExplainsThem) {
  EXPECT_THAT(fault_of_change("applicants.csv", "1999-01-02,F,", "1999-01-02,2,"),
              StartsWith("applicants.csv:2: sex: '2' is a number, and the heading does not say what it stands for"));
  for (const char* heading : {"\"성별(1=남, 2=여)\"", "성별(1:남 2:여)", "성별(남1 여2)", "성별[1.남자/2.여자]", "\"sex (1=M, 2=F)\""}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", ",sex,", std::string(",") + heading + ",");
    folder.replace("applicants.csv", "1999-01-02,F,", "1999-01-02,2,");
    EXPECT_EQ(folder.load().exam.applicants[0].sex, Sex::female) << heading;
    folder.replace("applicants.csv", "1999-01-02,2,", "1999-01-02,3,");
    EXPECT_THAT(folder.faults(), ElementsAre(HasSubstr("'3' is a number"))) << heading;
  }
  const PackageFolder turned;
  turned.replace("applicants.csv", ",sex,", ",성별(1여 2남),");
  turned.replace("applicants.csv", "1999-01-02,F,", "1999-01-02,1,");
  EXPECT_EQ(turned.load().exam.applicants[0].sex, Sex::female) << "the heading is believed, not a custom";
}

// Red while of some lists only the English words were known.
TEST(TypedValues, OfEveryListAreReadInTheWordsOfOffices) {
  struct Typed {
    std::vector<std::string_view> list;
    const char* typed;
    const char* meant;
  };
  const Typed all[] = {{{"present", "absent", "moved"}, "미응시", "absent"},
                       {{"present", "absent", "moved"}, "이동", "moved"},
                       {{"move", "swap_rooms"}, "이동", "move"},
                       {{"move", "swap", "take_off", "lock", "unlock", "undo"}, "잠금 해제", "unlock"},
                       {{"misconduct", "withdrawal", "late_documents", "annulled"}, "부정행위", "misconduct"},
                       {{"misconduct", "withdrawal", "late_documents", "annulled"}, "서류 지연", "late_documents"},
                       {{"high", "middle", "low"}, "중", "middle"},
                       {{"applicant", "invigilator", "venue", "unit"}, "수험생", "applicant"},
                       {{"applicant", "invigilator", "venue", "unit"}, "학교", "venue"},
                       {{"person", "room", "venue"}, "응시자", "person"},
                       {{"none", "on_day", "on_day_or_three_years"}, "기준일 또는 3년 이상", "on_day_or_three_years"},
                       {{"none", "on_day", "on_day_or_three_years"}, "제한 없음", "none"},
                       {{"ministry", "city"}, "시·도", "city"},
                       {{"not_started", "drafted", "cross_checked", "settled"}, "확정", "settled"},
                       {{"needed", "optional"}, "필수", "needed"},
                       {{"common", "elective"}, "필수", "common"},
                       {{"", "isolation", "reserve"}, "없음", ""},
                       // Blanks and hyphens in place of the underscore.
                       {{"move", "swap", "take_off", "lock", "unlock", "undo"}, "take off", "take_off"},
                       {{"move", "swap", "take_off", "lock", "unlock", "undo"}, "Take-Off", "take_off"},
                       {{"move", "swap_rooms"}, "swap rooms", "swap_rooms"},
                       {{"move", "swap_rooms"}, "시험실 맞교환", "swap_rooms"},
                       {{"scheduled", "rolling"}, "정기", "scheduled"},
                       {{"scheduled", "rolling"}, "상시", "rolling"},
                       {{"person", "room", "venue"}, "수험생", "person"},
                       {{"person", "room", "venue"}, "고사실", "room"},
                       {{"exam", "reserve", "separate"}, "고사실", "exam"},
                       {{"exam", "reserve", "separate"}, "예비 고사실", "reserve"},
                       {{"present", "absent", "moved"}, "참석", "present"},
                       {{"present", "absent", "moved"}, "No-show", "absent"},
                       {{"needed", "optional"}, "불필요", "optional"},
                       {{"ministry", "city"}, "자체 출제", "city"},
                       // As pages show them.
                       {{"never", "same_series", "leftover", "free"}, "혼합 안 함", "never"},
                       {{"never", "same_series", "leftover", "free"}, "같은 직렬끼리", "same_series"},
                       {{"never", "same_series", "leftover", "free"}, "leftovers only", "leftover"},
                       {{"haversine", "table"}, "as the crow flies", "haversine"},
                       {{"not_started", "drafted", "cross_checked", "settled"}, "교차 검토 완료", "cross_checked"},
                       {{"none", "on_day", "on_day_or_three_years"}, "기준일 현재 또는 합산 3년", "on_day_or_three_years"},
                       {{"general", "disabled", "low_income", "veterans_referral", "high_school_leaver"}, "high-school leavers",
                        "high_school_leaver"}};
  const TemporaryFolder folder;
  for (const Typed& one : all) {
    folder.write("table.csv", std::string("kind,name\n") + one.typed + ",x\n");
    Faults faults;
    std::vector<Fault> warnings;
    CsvReader reader(folder.path() / "table.csv", {CsvColumn{"kind"}, CsvColumn{"name"}}, Encoding::utf8, faults, warnings);
    ASSERT_TRUE(reader.next()) << one.typed;
    const auto at = reader.word(0, one.list);
    ASSERT_TRUE(at.has_value()) << one.typed;
    EXPECT_EQ(one.list.at(*at), one.meant) << one.typed;
  }
}

// A dash is no word without its letters: where the list has the empty word it was read as that one.
TEST(TypedValues, OfAListAreNoDashes) {
  const TemporaryFolder folder;
  for (const char* typed : {"-", "_", "- -"}) {
    folder.write("table.csv", std::string("kind,name\n") + typed + ",x\n");
    Faults faults;
    std::vector<Fault> warnings;
    {
      CsvReader reader(folder.path() / "table.csv", {CsvColumn{"kind"}, CsvColumn{"name"}}, Encoding::utf8, faults, warnings);
      ASSERT_TRUE(reader.next()) << typed;
      constexpr std::string_view words[] = {"", "isolation", "reserve"};
      EXPECT_FALSE(reader.word(0, words).has_value()) << typed;
    }  // which hands its faults over
    EXPECT_EQ(faults.count(), 1U) << typed;
  }
}

TEST(TypedValues, OfAccommodationsAreReadInTheWordsOfOffices) {
  const auto read = [](const std::string& typed) {
    std::string unread;
    const auto known = read_accommodations(typed, unread);
    return known ? spell(*known) : "unread " + unread;
  };
  EXPECT_EQ(read("휠체어, 확대문제지"), "wheelchair;large_print");
  EXPECT_EQ(read("별도 시험실 / 대필 + 시험시간 연장(1.5배)"), "separate_room;scribe;extra_time_1.5");
  EXPECT_EQ(read("시간연장1.2"), "extra_time_1.2");
  EXPECT_EQ(read("1.7배"), "extra_time_1.7");
  EXPECT_EQ(read("Large Print; EXTRA TIME 1.5;"), "large_print;extra_time_1.5");
  for (const char* none : {"", "없음", "해당 없음", "-", "None", "N/A", "n/a", "Ｎ／Ａ"}) EXPECT_EQ(read(none), "") << none;
  EXPECT_EQ(read("점자문제지"), "unread 점자문제지") << "there is no such accommodation to plan for";
  EXPECT_EQ(read("휠체어;시간연장"), "unread 시간연장") << "how long is not said";
  EXPECT_EQ(read("1.5"), "unread 1.5");
  EXPECT_EQ(read("O/X"), "unread O/X") << "a part of what is no list is nothing that anybody typed";
  EXPECT_EQ(read("휠체어/점자"), "unread 점자");
  EXPECT_EQ(read("휠체어;wheelchair"), "unread ") << "twice";
  EXPECT_EQ(read("시간연장 1.2배;시간연장 1.5배"), "unread ");
  EXPECT_THAT(fault_of_change("applicants.csv", "wheelchair;extra_time_1.5", "점자"),
              HasSubstr("accommodation: '점자' is no accommodation known here; join by semicolons, each once"));
  EXPECT_THAT(fault_of_change("applicants.csv", "wheelchair;extra_time_1.5", "점자"), HasSubstr("large_print (확대문제지)"));
}

// Every accommodation is read back from the names that pages and papers print, in both languages.
TEST(TypedValues, OfAccommodationsAreReadBackFromTheirNames) {
  for (int bits = 0; bits < 16; ++bits) {
    for (const TimeMultiplier multiplier :
         {TimeMultiplier::x1_0, TimeMultiplier::x1_2, TimeMultiplier::x1_5, TimeMultiplier::x1_7}) {
      Accommodation asked;
      asked.wheelchair = (bits & 1) != 0;
      asked.separate_room = (bits & 2) != 0;
      asked.large_print = (bits & 4) != 0;
      asked.scribe = (bits & 8) != 0;
      asked.multiplier = multiplier;
      for (const std::string& typed : {name_of(asked).ko, name_of(asked).en, spell(asked)}) {
        std::string unread;
        const auto read = read_accommodations(typed, unread);
        ASSERT_TRUE(read.has_value()) << typed << " unread: " << unread;
        EXPECT_EQ(spell(*read), spell(asked)) << typed;
      }
    }
  }
}

TEST(TypedValues, InJsonAreReadAsInTables) {
  const PackageFolder folder;
  folder.write("policy.json", R"({"people_cap": 2, "mixing": " Never", "seat_order": "COLUMN_DOWN"})");
  folder.replace("exam.json", "\"2027-06-12\"", "\"2027. 6. 12.\"");
  folder.replace("exam.json", "\"시험\"", "\"시험\xe2\x80\x8b\"");
  const LoadedExam loaded = folder.load();
  EXPECT_EQ(loaded.exam.policy.mixing, Mixing::never);
  EXPECT_EQ(loaded.exam.header.exam_on, *parse_date("2027-06-12"));
  EXPECT_EQ(loaded.exam.header.name_ko, "시험");
  EXPECT_EQ(loaded.exam.input_sha256, PackageFolder().load().exam.input_sha256);
  EXPECT_THAT(fault_of_change("exam.json", "\"2027-06-12\"", "46550"),
              StartsWith("exam.json:5: exam_on: '46550' is the day number of a spreadsheet, for 2027-06-12"));
  EXPECT_THAT(fault_of_change("exam.json", "\"2027-06-12\"", "\"-2027-06-12\""), StartsWith("exam.json:5: exam_on: "));
  EXPECT_EQ(parse_form(R"({"sex": "여", "birth_on": "1999. 1. 2."})").sex, Sex::female);
  EXPECT_EQ(parse_form(R"({"sex": "female", "birth_on": "1999. 1. 2."})").birth_on, parse_date("1999-01-02"));
  EXPECT_THROW(parse_form(R"({"birth_on": "-1999-01-02"})"), InvalidInput);
  EXPECT_THAT(parse_form("{\"electives\": [\"law\xe2\x80\x8b\"]}").electives, ElementsAre("law"))
      << "in a list as by itself";
}

// Red while the settings of a policy were known by their English words alone, joined by underscores.
TEST(TypedValues, OfAPolicyAreReadInTheWordsOfOffices) {
  const PackageFolder folder;
  folder.write("policy.json", R"({"people_cap": "20명", "mixing": "금지", "seat_order": "Column Down", "travel": "직선거리",
    "seat_origin": "앞 오른쪽", "seat_numbers": "쓰는 책상만", "min_gap_cm": "１３０ cm"})");
  const Policy policy = folder.load().exam.policy;
  EXPECT_EQ(policy.people_cap, 20);
  EXPECT_EQ(policy.min_gap_cm, 130);
  EXPECT_EQ(policy.mixing, Mixing::never);
  EXPECT_EQ(policy.seat_order, SeatOrder::column_down);
  EXPECT_EQ(policy.seat_origin, SeatOrigin::front_right);
  EXPECT_EQ(policy.seat_numbers, SeatNumbers::used);
  const std::vector<std::pair<const char*, SeatOrder>> orders{{"세로줄, 모두 앞에서부터", SeatOrder::column_down},
                                                             {"세로 지그재그", SeatOrder::column_serpentine},
                                                             {"row major", SeatOrder::row_major},
                                                             {"가로줄, 갈지자", SeatOrder::row_serpentine},
                                                             {"추첨", SeatOrder::random}};
  for (const auto& [typed, meant] : orders) {
    folder.write("policy.json", std::string(R"({"seat_order": ")") + typed + "\"}");
    EXPECT_EQ(folder.load().exam.policy.seat_order, meant) << typed;
  }
}

TEST(TypedValues, OfLengthsAndRoomsAreReadWithTheirWords) {
  const PackageFolder folder;
  folder.write("policy.json", R"({"people_cap": 2, "travel": "거리표"})");
  folder.write("travel.csv", "origin,venue_code,metres\nO,V1,\"12,345m\"\n");
  folder.write("pins.csv", "kind,applicant_id,venue_code,room_no\n시험실,,V1,제1시험실\n");
  const Exam exam = folder.load().exam;
  ASSERT_EQ(exam.travel.size(), 1U);
  EXPECT_EQ(exam.travel[0].metres, 12'345);
  ASSERT_EQ(exam.pins.size(), 1U);
  EXPECT_EQ(exam[exam.pins[0].room].room_no, 1);
}

TEST(TypedValues, InJsonNameTheKeyThatStandsTwice) {
  EXPECT_THAT(fault_of_change("policy.json", "\"people_cap\": 2", "\"people_cap\": 2, \"people_cap\": 3"),
              StartsWith("policy.json:2: people_cap: the key stands on line 2 already"));
  EXPECT_THAT(fault_of_change("exam.json", "\"code\": \"trial\",", "\"code\": \"trial\",\n\"code\": \"trial\","),
              StartsWith("exam.json:3: code: the key stands on line 2 already"));
}

TEST(TypedValues, OfTimesThatASpreadsheetMadeANumberAreTold) {
  const auto fault_of = [](const std::string& time) {
    const PackageFolder folder;
    folder.replace("units.csv", "subject_set\n", "subject_set,starts_at\n");
    folder.replace("units.csv", "set-01\n", "set-01," + time + "\n");
    folder.replace("units.csv", "set-02\n", "set-02,\n");
    const auto faults = folder.faults();
    return faults.size() == 1 ? faults[0] : ::testing::PrintToString(faults);
  };
  for (const char* time : {"0.4166667", "0.416666666666667", "0.41667", "46550.4166667"}) {
    EXPECT_THAT(fault_of(time), HasSubstr(std::string("starts_at: '") + time +
                                          "' is the part of a day by which a spreadsheet keeps 10:00; write 10:00"))
        << time;
  }
  EXPECT_EQ(fault_of("10시"), "{}");
  EXPECT_EQ(fault_of("1899-12-30 10:00:00"), "{}");
}

TEST(TypedValues, OfPinsThatSayMoreThanTheirKindAreRefused) {
  const PackageFolder folder;
  folder.write("pins.csv",
               "kind,applicant_id,venue_code,room_no\nperson,A1,,1\nvenue,,V2,1\nroom,A2,V1,2\nperson,A2,,\n");
  EXPECT_THAT(folder.faults(),
              ElementsAre(StartsWith("pins.csv:2: venue_code: room '1' is named without its venue; add the venue_code"),
                          StartsWith("pins.csv:3: room_no: a pin of a whole venue names room '1'; write the kind room"),
                          StartsWith("pins.csv:4: applicant_id: a pin of a place names the person 'A2'")));
}

TEST(TypedValues, StandBelowTheHeadingsOfOffices) {
  const PackageFolder folder;
  const std::string plain = folder.load().exam.input_sha256;
  folder.replace("applicants.csv",
                 "applicant_id,unit_code,name,birth_on,sex,lat,lon,district_code,accommodation,keep_apart",
                 "지원번호,모집단위코드,지원자성명,생년월일,성별,위도,경도,시군구코드,편의지원내용,분리대상");
  folder.replace("venues.csv", "venue_code,name,district_code,address,lat,lon,kind",
                 "고사장번호,학교명,시군구코드,도로명주소,위도,경도,시험장유형");
  folder.replace("rooms.csv", "venue_code,room_no,building,floor,row_count,column_count", "고사장,고사실,건물명,층,행수,열수");
  EXPECT_EQ(folder.load().exam.input_sha256, plain);
}

// One usual word for each column that an office fills.
TEST(TypedValues, OfEveryColumnHaveAKoreanHeading) {
  const std::pair<const char*, const char*> words[] = {
      {"applicant_id", "접수번호"},     {"unit_code", "모집단위"},       {"name", "성명"},
      {"birth_on", "생년월일"},         {"sex", "성별"},                 {"lat", "위도"},
      {"lon", "경도"},                  {"district_code", "자치구"},     {"accommodation", "편의지원"},
      {"keep_apart", "분리배정"},       {"origin", "출발지"},            {"electives", "선택과목"},
      {"photo", "사진"},                {"routing", "배정구분"},         {"address", "주소"},
      {"venue_code", "시험장"},         {"name", "학교명"},              {"kind", "시험장구분"},
      {"opening_cost", "개설비용"},     {"phone", "휴대전화"},           {"phone", "연락처"},
      {"merged_into", "통합시험장"},    {"room_no", "시험실"},           {"room_no", "호실"},
      {"building", "건물"},             {"floor", "층"},                 {"row_count", "줄수"},
      {"column_count", "칸수"},         {"row_pitch_cm", "앞뒤간격(cm)"}, {"column_pitch_cm", "좌우간격"},
      {"blocked", "제외좌석"},          {"people_cap", "수용인원"},      {"features", "편의시설"},
      {"use", "용도"},                  {"shape", "교실형태"},           {"metres", "이동거리"},
      {"series_ko", "직렬"},            {"quota_group", "구분모집"},     {"grade", "직급"},
      {"posts", "선발예정인원"},        {"duration_min", "시험시간(분)"}, {"subject_set", "시험과목"},
      {"starts_at", "시작시각"},        {"seated_by", "입실완료"},       {"seat_no", "좌석"},
      {"seat_no", "책상번호"},          {"invigilator_id", "감독관번호"}, {"roles", "역할"},
      {"past_duties", "감독횟수"},      {"consent", "동의여부"},         {"organisation", "소속"},
      {"attendance", "응시여부"},       {"bonus", "가산점"},             {"raw", "점수"},
      {"subject", "과목"},              {"email", "이메일"},
      {"action", "동작"},               {"delta", "가감점"}};
  const TemporaryFolder folder;
  for (const auto& [column, word] : words) {
    folder.write("table.csv", std::string(word) + "\n1\n");
    Faults faults;
    std::vector<Fault> warnings;
    CsvReader reader(folder.path() / "table.csv", {CsvColumn{column}}, Encoding::utf8, faults, warnings);
    EXPECT_TRUE(reader.has(0)) << column << " " << word;
    EXPECT_TRUE(faults.empty()) << column;
  }
}

// "학교명" of an applicant's school stood left of 성명 and became the name of the person.
TEST(TypedValues, OfTwoHeadingsForOneColumnTheOneThatSaysItIsRead) {
  const PackageFolder folder;
  folder.write("applicants.csv",
               "응시번호,모집단위,학교명,성명,생년월일,성별,위도,경도,자치구코드,편의지원,분리배정\n"
               "A1,010,한빛고,김가람,1999-01-02,F,37.581,126.981,11110,,\n");
  EXPECT_EQ(folder.load().exam.applicants[0].name, "김가람");
  const PackageFolder venues;
  venues.replace("venues.csv", "venue_code,name,", "시험장코드,시험장,");
  EXPECT_EQ(venues.load().exam.venues[0].name, "한빛중학교");
  EXPECT_THAT(venues.faults(), IsEmpty());
}

// The school of an applicant became their name, and its address their home, where no other heading was known; the
// person in charge of a school became its name.
TEST(TypedValues, OfPeopleAndOfPlacesAreNotTakenForEachOther) {
  const PackageFolder schools;
  schools.write("applicants.csv",
                "응시번호,모집단위,학교명,생년월일,성별,학교주소,자치구코드,편의지원,분리배정\n"
                "A1,010,한빛고,1999-01-02,F,서울 종로구 자하문로 1,11110,,\n");
  EXPECT_THAT(schools.faults(), ::testing::Contains(HasSubstr("name: the column is missing")));
  EXPECT_THAT(schools.faults(), ::testing::Contains(HasSubstr("lat: the column is missing")));
  const PackageFolder venues;
  venues.write("venues.csv",
               "시험장코드,성명,학교명,자치구코드,집주소,학교주소,위도,경도,시험장구분\n"
               "V1,김교장,한빛중학교,11110,부산 중구 1,\"서울특별시 종로구, 한빛로 1\",37.58,126.98,regular\n"
               "V2,이교장,새솔중학교,11140,부산 중구 2,서울특별시 중구 새솔로 2,37.56,126.99,regular\n");
  EXPECT_EQ(venues.load().exam.input_sha256, PackageFolder().load().exam.input_sha256);
}

// A column 배정구분 was not read; since it is, what most of its rows say has to be read too.
TEST(TypedValues, OfRoutingSayNothingSpecialForMostPeople) {
  for (const char* usual : {"", "일반", "해당 없음"}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", "keep_apart\n", "keep_apart,배정구분\n");
    folder.replace("applicants.csv", "11110,,\n", std::string("11110,,,") + usual + "\n");
    folder.replace("applicants.csv", "extra_time_1.5,\n", "extra_time_1.5,,격리\n");
    folder.replace("applicants.csv", "K1\n", "K1,예비\n");
    const Exam exam = folder.load().exam;
    EXPECT_EQ(exam.applicants[0].routing, Routing::none) << usual;
    EXPECT_EQ(exam.applicants[1].routing, Routing::isolation) << usual;
    EXPECT_EQ(exam.applicants[2].routing, Routing::reserve) << usual;
  }
}

// Everybody of whom the office writes "없음" was one group whose people may not sit side by side.
TEST(TypedValues, OfKeepingApartMakeNoGroupOfThoseWhoHaveNone) {
  const std::string plain = PackageFolder().load().exam.input_sha256;
  for (const char* none : {"없음", "해당 없음", "-", "－"}) {
    const PackageFolder folder;
    folder.replace("applicants.csv", "11110,,\n", std::string("11110,,") + none + "\n");
    folder.replace("applicants.csv", "extra_time_1.5,\n", std::string("extra_time_1.5,") + none + "\n");
    EXPECT_EQ(folder.load().exam.input_sha256, plain) << none;
  }
}

// "모집단위" is a name where another heading says that it is the code.
TEST(TypedValues, OfUnitsAreTheCodeWhereAHeadingSaysSo) {
  for (const char* code : {"직렬코드", "단위코드", "응시직렬코드", "모집단위코드"}) {
    const PackageFolder folder;
    const std::string plain = folder.load().exam.input_sha256;
    folder.replace("units.csv", "unit_code,series_ko,", std::string(code) + ",모집단위,");
    EXPECT_EQ(folder.load().exam.input_sha256, plain) << code;
  }
}

TEST(TypedValues, OfANoticeTellATimeOfAnotherSourceThatIsTooLate) {
  const TemporaryFolder folder;
  folder.write("recruitment.json", R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
    "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                   "apply_until": "2021-03-05T00:00:00Z"}],
    "defaults": {"seated_by": "09:20", "fee_won": 5000}, "units": []})");
  folder.write("units.csv",
               "unit_code,series_ko,quota_group,grade,posts,duration_min,starts_at\n1,가,general,9,1,100,09:00\n");
  std::vector<Fault> warnings;
  try {
    load_recruitment(folder.path() / "recruitment.json", warnings);
    FAIL() << "people would be seated after the start";
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_THAT(refused.faults().kept()[0].what.en, HasSubstr("09:20 is after the start at 09:00"));
  }
}

}  // namespace
}  // namespace hanjari::package
