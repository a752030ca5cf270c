#include "hanjari/package/recruitment_file.h"

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

std::vector<std::string> faults_of(const std::string& text) {
  std::vector<Fault> warnings;
  try {
    package::parse_recruitment(text, "recruitment.json", warnings);
  } catch (const InvalidInput& refused) {
    std::vector<std::string> columns;
    for (const Fault& fault : refused.faults().kept()) columns.push_back(fault.column);
    return columns;
  }
  return {};
}

TEST(RecruitmentFile, GivesBackWhatWasWritten) {
  Recruitment notice = sample_notice();
  notice.help = {"Bring your card.", "신분증을 지참하십시오."};
  notice.calendars[0].entries = {{{"Venues announced", "시험장소 공고"}, at("2021-05-21T00:00:00Z"), std::nullopt}};
  NoticeUnit& unit = notice.units[0];
  unit.eligibility.residence = ResidenceRule::on_day_or_three_years;
  unit.eligibility.residence_area = {"Gyeonggi", "경기도"};
  unit.eligibility.residence_on = *parse_date("2021-01-01");
  unit.eligibility.licences = {{"L1", {"Driver", "운전면허"}}};
  unit.electives = {{"law", {"Law", "행정법"}}};
  unit.electives_to_choose = 1;
  unit.subjects = {{"Korean", "국어"}};
  const std::string text = package::render_recruitment(notice);
  std::vector<Fault> warnings;
  const Recruitment read = package::parse_recruitment(text, "recruitment.json", warnings);
  EXPECT_EQ(package::render_recruitment(read), text);
  EXPECT_EQ(read.units[0].eligibility, unit.eligibility);
  EXPECT_EQ(read.calendars[0].entries, notice.calendars[0].entries);
  EXPECT_TRUE(warnings.empty());
}

TEST(RecruitmentFile, TellsEveryFaultAtOnce) {
  const std::string text = R"({"code": "x", "name_ko": "시험", "name_en": "Exam", "exam_on": "2021-06-05",
    "time_zone": "Asia/Seoul",
    "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-05T00:00:00Z",
                   "apply_until": "2021-03-01T00:00:00Z", "cancel_until": "2021-02-01T00:00:00Z"}],
    "units": [{"unit_code": "1", "series_ko": "가", "series_en": "a", "grade": 12, "posts": 1, "calendar": "b"}]})";
  EXPECT_THAT(faults_of(text), testing::UnorderedElementsAre("calendars.0.apply_until", "calendars.0.cancel_until",
                                                             "units.0.grade", "units.0.fee_won", "units"));
}

// Red while everybody of the area was sent thousands of kilometres away, and its district was nobody's.
TEST(RecruitmentFile, TellsOfAnAreaFarFromTheOthersAndReadsDistrictsByName) {
  const auto text_with = [](const std::string& lat) {
    std::string areas;
    for (const std::string& area : {std::string(R"("code": "A", "district_code": "Jongno-gu", "lat": )") + lat, std::string(R"("code": "B", "district_code": "Jongno-gu, Seoul", "lat": 37.51)"),
                                    std::string(R"("code": "C", "district_code": "11110", "lat": 37.52)")})
      areas += (areas.empty() ? "{" : ", {") + area + R"(, "name_ko": "동", "lon": 126.9})";
    return R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z", "apply_until": "2021-03-05T00:00:00Z"}],
      "units": [{"unit_code": "1", "series_ko": "가", "grade": 9, "posts": 1, "duration_min": 100, "fee_won": 5000}], "areas": [)" +
           areas + "]}";
  };
  std::vector<Fault> warnings;
  const Recruitment read = package::parse_recruitment(text_with("37.5"), "recruitment.json", warnings);
  for (const Area& area : read.areas) EXPECT_EQ(area.district.text(), "11110") << area.code;
  const auto of_areas = [&] {
    std::string told;
    for (const Fault& warning : warnings)
      if (warning.column.starts_with("areas")) told += warning.column + ": " + warning.what.en + "\n";
    return told;
  };
  EXPECT_EQ(of_areas(), "");
  package::parse_recruitment(text_with("3.75"), "recruitment.json", warnings);
  EXPECT_THAT(of_areas(), testing::StartsWith("areas.0.lat: '3.75, 126.9' lies "));
  EXPECT_THAT(of_areas(), testing::HasSubstr("a digit was lost or the decimal point moved"));
}

// Red while each area with latitude and longitude in each other's place was "no place on the earth".
TEST(RecruitmentFile, TellsSwappedCoordinatesWithTheirNumber) {
  const auto told_of = [](int areas) {
    std::string list;
    for (int area = 0; area < areas; ++area)
      list += (area == 0 ? "{" : ", {") + std::string(R"("code": "A)") + std::to_string(area) +
              R"(", "name_ko": "동", "district_code": "11110", "lat": 126.98, "lon": 37.57})";
    const std::string text = R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z", "apply_until": "2021-03-05T00:00:00Z"}],
      "units": [{"unit_code": "1", "series_ko": "가", "grade": 9, "posts": 1, "duration_min": 100, "fee_won": 5000}], "areas": [)" +
                             list + "]}";
    std::vector<std::string> told;
    try {
      std::vector<Fault> warnings;
      package::parse_recruitment(text, "recruitment.json", warnings);
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) told.push_back(fault.column + ": " + fault.what.en);
    }
    return told;
  };
  EXPECT_THAT(told_of(2), testing::ElementsAre("areas.0.lat: '126.98' and '37.57' look swapped", "areas.1.lat: '126.98' and '37.57' look swapped"));
  EXPECT_THAT(told_of(30), testing::ElementsAre("areas.0.lat: 30 areas: '126.98' and '37.57' look swapped"));
}

// What `plan` would refuse is refused while the notice can still be corrected.
TEST(RecruitmentFile, TakesNothingThatAPackageCannotHold) {
  const auto text_with = [](const std::string& unit, const std::string& area) {
    return R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                     "apply_until": "2021-03-05T00:00:00Z"}],
      "units": [{"unit_code": "1", "grade": 9, "posts": 1, "duration_min": 100, "fee_won": 5000, )" +
           unit + R"(}], "areas": [{"code": "A", "name_ko": "동", "lat": 37.5, "lon": 127, )" + area + "}]}";
  };
  const std::string good_unit = R"("series_ko": "가")";
  const std::string good_area = R"("district_code": "11110")";
  EXPECT_THAT(faults_of(text_with(good_unit, good_area)), testing::IsEmpty()) << "English texts may be absent";
  EXPECT_THAT(faults_of(text_with(good_unit, R"("district_code": "서울, 어디")")),
              testing::ElementsAre("areas.0.district_code"));
  EXPECT_THAT(faults_of(text_with(R"("series_ko": ")" + std::string(301, 'a') + "\"", good_area)),
              testing::ElementsAre("units.0.series_ko"));
  // Red while an area lay in the sea off Africa, from where everybody of it was routed.
  std::string nowhere = text_with(good_unit, good_area);
  nowhere.replace(nowhere.find("37.5"), 4, "0");
  EXPECT_THAT(faults_of(nowhere), testing::IsEmpty()) << "the equator is a place";
  nowhere.replace(nowhere.find("\"lon\": 127"), 10, "\"lon\": 0.0");
  EXPECT_THAT(faults_of(nowhere), testing::ElementsAre("areas.0.lat"));
  std::string electives;
  for (int subject = 10; subject < 30; ++subject) {
    electives += (subject == 10 ? "" : ", ") + std::string(R"({"code": ")") + std::string(60, 'c') +
                 std::to_string(subject) + R"(", "name_ko": "과목"})";
  }
  EXPECT_THAT(faults_of(text_with(good_unit + R"(, "electives_to_choose": 20, "electives": [)" + electives + "]", good_area)),
              testing::ElementsAre("units.0.electives"));
}

TEST(RecruitmentFile, HealthReportsAreTakenUntilSixOnTheDayBeforeUnlessItSaysOtherwise) {
  const auto window_of = [](const std::string& more) {
    const std::string text = R"({"code": "x", "name_ko": "시험", "name_en": "Exam", "exam_on": "2021-06-05",
      "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                     "apply_until": "2021-03-05T00:00:00Z")" +
                             more + R"(}],
      "units": [{"unit_code": "1", "series_ko": "가", "series_en": "a", "grade": 9, "posts": 1, "calendar": "a",
                 "duration_min": 100, "fee_won": 5000}]})";
    std::vector<Fault> warnings;
    const Recruitment read = package::parse_recruitment(text, "recruitment.json", warnings);
    // What is written again says the same.
    EXPECT_EQ(package::parse_recruitment(package::render_recruitment(read), "again", warnings).calendars,
              read.calendars);
    return read.calendars.front().self_reports;
  };
  EXPECT_EQ(window_of(""), (Period{at("2021-05-22T00:00:00+09:00"), at("2021-06-04T18:00:00+09:00")}));
  EXPECT_EQ(window_of(R"(, "self_report_until": "2021-06-04T12:00:00+09:00")"),
            (Period{at("2021-05-22T00:00:00+09:00"), at("2021-06-04T12:00:00+09:00")}));
  EXPECT_EQ(window_of(R"(, "self_report_from": "2021-06-01T09:00:00+09:00")"),
            (Period{at("2021-06-01T09:00:00+09:00"), at("2021-06-04T18:00:00+09:00")}));
  EXPECT_EQ(window_of(R"(, "self_report_until": null)"), Period{});
}

// Red while the spelling of the office's tables was no moment, and a window without an end ended before it began.
TEST(RecruitmentFile, ReadsMomentsAsTheTablesOfTheOfficeAndTellsWhatIsNoneOnce) {
  const auto text_with = [](const std::string& from, const std::string& until, const std::string& more = "") {
    return R"({"code": "x", "name_ko": "시험", "name_en": "Exam", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": ")" +
           from + R"(", "apply_until": ")" + until + "\"" + more + R"(}],
      "units": [{"unit_code": "1", "series_ko": "가", "series_en": "a", "grade": 9, "posts": 1, "calendar": "a",
                 "duration_min": 100, "fee_won": 5000}]})";
  };
  std::vector<Fault> warnings;
  const Recruitment read = package::parse_recruitment(
      text_with("2021-03-02 09:00", "2021. 3. 5. 18:00", R"(, "self_report_until": "2021-06-04 12:00")"),
      "recruitment.json", warnings);
  const Calendar& calendar = read.calendars.front();
  EXPECT_EQ(calendar.applications, (Period{at("2021-03-02T09:00:00+09:00"), at("2021-03-05T18:00:00+09:00")}));
  EXPECT_EQ(calendar.self_reports.closes, at("2021-06-04T12:00:00+09:00"));
  EXPECT_THAT(faults_of(text_with("2021-03-02 09:00", "Friday at six")), testing::ElementsAre("calendars.0.apply_until"));
  EXPECT_THAT(faults_of(text_with("soon", "2021-03-05 18:00")), testing::ElementsAre("calendars.0.apply_from"));
  EXPECT_THAT(faults_of(text_with("2021-03-02 09:00", "")), testing::SizeIs(1));
  EXPECT_THAT(faults_of(text_with("2021-03-05 18:00", "2021-03-02 09:00")), testing::Contains("calendars.0.apply_until"));
}

// Red while a number of a spreadsheet and a day alone were "no moment", with one example twice in the advice on the page.
TEST(RecruitmentFile, NamesWhatStandsInPlaceOfAMoment) {
  const auto fault_of = [](const std::string& from) {
    const std::string text = R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": )" +
                             from + R"(, "apply_until": "2021-03-05 18:00"}],
      "units": [{"unit_code": "1", "series_ko": "가", "grade": 9, "posts": 1, "calendar": "a", "duration_min": 100, "fee_won": 5000}]})";
    std::vector<Fault> warnings;
    try {
      package::parse_recruitment(text, "recruitment.json", warnings);
    } catch (const InvalidInput& refused) {
      const Fault& fault = refused.faults().kept().front();
      return fault.what.en + "; " + fault.fix.en;
    }
    return std::string("taken");
  };
  const std::string format = "; give the column the format YYYY-MM-DD HH:MM before saving";
  EXPECT_EQ(fault_of("\"44257.375\""), "'44257.375' is the number by which a spreadsheet keeps 2021-03-02 09:00" + format);
  EXPECT_EQ(fault_of("44257.375"), "'44257.375' is the number by which a spreadsheet keeps 2021-03-02 09:00" + format);
  EXPECT_EQ(fault_of("\"44257.186\""), "'44257.186' is the number by which a spreadsheet keeps a time on 2021-03-02" + format);
  EXPECT_EQ(fault_of("\"2021. 3. 2.\""), "'2021. 3. 2.' is a day without a time of day; add the time, as in 2021-03-02 09:00");
  EXPECT_EQ(fault_of("\"soon\""), "'soon' is no moment; write it as 2021-03-02 09:00");
}

// Red while a blank behind the zone was a fault in files, and was cleaned away on the page.
TEST(RecruitmentFile, ReadsZonesAndCodesAsFieldsOfFormsAre) {
  const std::string text = R"({"code": " x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul ",
    "calendars": [{"name": "a\u200b", "exam_on": "2021-06-05", "apply_from": "2021-03-02 09:00", "apply_until": "2021-03-05 18:00"}],
    "units": [{"unit_code": "1 ", "series_ko": "가", "grade": 9, "posts": 1, "calendar": " a", "duration_min": 100, "fee_won": 5000}]})";
  std::vector<Fault> warnings;
  const Recruitment read = package::parse_recruitment(text, "recruitment.json", warnings);
  EXPECT_EQ(read.header.code, ExamCode("x"));
  EXPECT_EQ(read.header.time_zone, "Asia/Seoul");
  EXPECT_EQ(read.units.front().unit.code, UnitCode("1"));
  EXPECT_EQ(read.units.front().calendar, "a");
}

TEST(RecruitmentFile, PayingEndsNotBeforeApplyingAndNotAfterCancelling) {
  const auto text_with = [](const std::string& more) {
    return R"({"code": "x", "name_ko": "시험", "name_en": "Exam", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                     "apply_until": "2021-03-05T00:00:00Z")" +
           more + R"(}],
      "units": [{"unit_code": "1", "series_ko": "가", "series_en": "a", "grade": 9, "posts": 1, "calendar": "a",
                 "duration_min": 100, "fee_won": 5000}]})";
  };
  EXPECT_THAT(faults_of(text_with(R"(, "pay_until": "2021-03-04T00:00:00Z")")),
              testing::ElementsAre("calendars.0.pay_until"));
  EXPECT_THAT(
      faults_of(text_with(R"(, "pay_until": "2021-03-06T00:00:00Z", "cancel_until": "2021-03-05T12:00:00Z")")),
      testing::ElementsAre("calendars.0.pay_until"));
  std::vector<Fault> warnings;
  const Recruitment read = package::parse_recruitment(text_with(R"(, "pay_until": "2021-03-05T00:30:00Z")"),
                                                      "recruitment.json", warnings);
  EXPECT_EQ(read.calendars.front().payment_closes(), *parse_instant("2021-03-05T00:30:00Z"));
  EXPECT_EQ(read.calendars.front().cancel_until, read.calendars.front().pay_until);
  EXPECT_EQ(package::parse_recruitment(package::render_recruitment(read), "again", warnings).calendars, read.calendars);
}

TEST(RecruitmentFile, AMomentNeedsItsOffset) {
  EXPECT_TRUE(parse_instant("2021-03-02T09:00:00+09:00"));
  EXPECT_EQ(parse_instant("2021-03-02T09:00:00+09:00"), parse_instant("2021-03-02T00:00:00Z"));
  for (const char* wrong : {"2021-03-02", "2021-03-02T09:00:00", "2021-03-02 09:00:00Z", "2021-02-30T09:00:00Z",
                            "2021-03-02T24:00:00Z", "2021-03-02T09:00:00+0900"})
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
}

TEST(ApplicationForm, GivesBackWhatWasWritten) {
  ApplicationForm form = sample_form(7);
  form.home = Point{37.5, 127.25};
  form.residence = ResidenceClaim::three_years;
  form.electives = {"law", "admin"};
  form.bonuses = {{BonusKind::heroes_3, "123"}};
  form.accommodations = {{"scribe", "이유", {AttachmentId("a"), AttachmentId("b")}}};
  form.language = Language::english;
  form.consents_identifier = true;
  form.consents_sensitive = true;
  form.consent_text = "3 9f86d081";
  EXPECT_EQ(package::parse_form(package::render_form(form)), form);
  EXPECT_EQ(package::parse_form("{}"), ApplicationForm{});
}

// A code of private use in a list was a fault, and a draft that held it could never be opened again.
TEST(ApplicationForm, ThatCouldBeWrittenIsReadAgainWhateverItsListsHold) {
  ApplicationForm form;
  form.electives = {"law \uE123", "\uFFFD"};
  AccommodationRequest request;
  request.item = "scribe \uE123";
  request.documents = {AttachmentId("\uE123")};
  form.accommodations = {request};
  EXPECT_EQ(package::parse_form(package::render_form(form)), form);
}

TEST(ApplicationForm, RefusesWhatIsTooLongOrOfAnotherKind) {
  EXPECT_EQ(package::parse_form(R"({"name": ")" + std::string(1001, 'a') + "\"}").name.size(), 1001U)
      << "lengths are said at the field; a form that was stored can always be opened again";
  EXPECT_THROW(package::parse_form(R"({"name": 5})"), InvalidInput);
  EXPECT_THROW(package::parse_form(R"({"bonuses": [{"kind": "luck"}]})"), InvalidInput);
  EXPECT_THROW(package::parse_form("[]"), InvalidInput);
}

TEST(RecruitmentFile, TakesTheTimesOfUnitsFromThemAndFromTheDefaults) {
  const auto text_with = [](const std::string& first) {
    return R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                     "apply_until": "2021-03-05T00:00:00Z"}],
      "defaults": {"starts_at": "10:00", "duration_min": 100, "fee_won": 5000},
      "units": [{"unit_code": "1", "series_ko": "가", "grade": 9, "posts": 1)" + first + R"(},
                {"unit_code": "2", "series_ko": "나", "grade": 9, "posts": 1, "starts_at": null}]})";
  };
  std::vector<Fault> warnings;
  Recruitment read = package::parse_recruitment(text_with(R"(, "seated_by": "9:20")"), "recruitment.json", warnings);
  EXPECT_EQ(read.units[0].unit.starts_at, 600);
  EXPECT_EQ(read.units[0].unit.seated_by, 560);
  EXPECT_EQ(read.units[1].unit.starts_at, std::nullopt) << "null takes the default back";
  const std::string written = package::render_recruitment(read);
  EXPECT_EQ(package::render_recruitment(package::parse_recruitment(written, "again", warnings)), written);
  EXPECT_THAT(faults_of(text_with(R"(, "starts_at": "25:00")")), testing::ElementsAre("units.0.starts_at"));
  EXPECT_THAT(faults_of(text_with(R"(, "seated_by": "10:01")")), testing::ElementsAre("units.0.seated_by"));
}

// A notice that said no duration was exported with 100 minutes, and one that said 60 in defaults with 100 as well.
TEST(RecruitmentFile, TakesADurationFromTheUnitOrTheDefaultsAndTellsOneThatIsSupposed) {
  const auto text_with = [](const std::string& defaults, const std::string& unit) {
    return R"({"code": "x", "name_ko": "시험", "exam_on": "2021-06-05", "time_zone": "Asia/Seoul",
      "calendars": [{"name": "a", "exam_on": "2021-06-05", "apply_from": "2021-03-02T00:00:00Z",
                     "apply_until": "2021-03-05T00:00:00Z"}],
      "defaults": {"fee_won": 5000)" +
           defaults + R"(}, "units": [{"unit_code": "1", "series_ko": "가", "grade": 9, "posts": 1)" + unit + "}]}";
  };
  const auto minutes_of = [&](const std::string& defaults, const std::string& unit) {
    std::vector<Fault> warnings;
    const Recruitment read = package::parse_recruitment(text_with(defaults, unit), "recruitment.json", warnings);
    EXPECT_EQ(warnings.size(), defaults.empty() && unit.empty() ? 1U : 0U);
    return read.units.at(0).unit.duration_min;
  };
  EXPECT_EQ(minutes_of("", ""), 100);
  EXPECT_EQ(minutes_of(R"(, "duration_min": 60)", ""), 60);
  EXPECT_EQ(minutes_of(R"(, "duration_min": 60)", R"(, "duration_min": 140)"), 140);
  EXPECT_EQ(minutes_of("", R"(, "duration_min": 85)"), 85);
  EXPECT_THAT(faults_of(text_with(R"(, "duration_min": 0)", "")), testing::ElementsAre("defaults.duration_min"));
}

}  // namespace
}  // namespace hanjari::tests
