// The briefing, receipts of the instructions and the pay list, as the office works with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "hanjari/base/written_day.h"
#include "hanjari/invigilators/duty_pay.h"
#include "invigilators/pages/duty_office.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Preparation : public DutyOffice {
 protected:
  void publish(const std::string& instructions) {
    ASSERT_EQ(browser.post(people_page, people_page + "/settings",
                           {{"version", std::to_string(office.invigilators.board.version)}, {"instructions", instructions}})
                  .status,
              303);
  }
  void confirm(const char* id) {
    browser.post(people_page, people_page + "/invitations", {{"people", id}});
    answer(id, {{"answer", "read"}, {"instruction", std::to_string(office.invigilators.board.instruction_no)}});
  }
  // The cells of the row of the pay list in which this text stands, each as it reads; none where there is no such row.
  std::vector<std::string> pay_row(const std::string& text) {
    const std::string bytes(browser.get("/api/v1/exams/seoul-2021-1/invigilator-pay.xlsx").content());
    std::string sheet;
    std::vector<std::string> texts;
    for (const auto& [part, content] : hanjari::tests::unzipped(bytes)) {
      if (part == "xl/worksheets/sheet1.xml") sheet = content;
      if (part != "xl/sharedStrings.xml") continue;
      for (auto at = content.find("<si>"); at != std::string::npos; at = content.find("<si>", at + 1)) {
        const auto begin = content.find('>', content.find("<t", at)) + 1;
        texts.push_back(content.substr(begin, content.find("</t>", begin) - begin));
      }
    }
    for (auto at = sheet.find("<row "); at != std::string::npos; at = sheet.find("<row ", at + 1)) {
      const std::vector<std::string> cells = cells_of(sheet.substr(at, sheet.find("</row>", at) - at), texts);
      if (std::find(cells.begin(), cells.end(), text) != cells.end()) return cells;
    }
    return {};
  }
  static std::vector<std::string> cells_of(const std::string& row, const std::vector<std::string>& texts) {
    std::vector<std::string> cells;
    for (auto at = row.find("<c "); at != std::string::npos; at = row.find("<c ", at + 1)) {
      const std::string cell = row.substr(at, std::min(row.find("</c>", at), row.find("/>", at)) - at);
      const auto begin = cell.find("<v>");
      if (begin == std::string::npos) continue;
      const std::string value = cell.substr(begin + 3, cell.find("</v>") - begin - 3);
      cells.push_back(cell.find("t=\"s\"") == std::string::npos ? value : texts.at(std::stoul(value)));
    }
    return cells;
  }
  std::string lacking(const std::string& what) { return browser.get(people_page + "?lacking=" + what).body; }
};

// Red when attendance or receipts are not counted, when a receipt counts for instructions that came later, or when the list
// of who lacks something leaves somebody out.
TEST_F(Preparation, SaysWhoWasNotAtTheBriefingAndWhoHasNotConfirmed) {
  have_duties();
  publish("Be there at seven.");
  confirm("S2");
  ASSERT_EQ(browser.post(people_page, people_page + "/steps", {{"person", "S3"}, {"step", "attended"}}).status, 303);
  const std::string list = browser.get(people_page).body;
  EXPECT_THAT(list, HasSubstr("Consented: 9. Of these at the briefing: 1, instructions confirmed: 1."));
  EXPECT_THAT(list, HasSubstr("Instructions read"));
  EXPECT_THAT(lacking("briefing"), Not(HasSubstr("감독3<br>")));
  EXPECT_THAT(lacking("briefing"), HasSubstr("감독2<br>"));
  EXPECT_THAT(lacking("receipt"), Not(HasSubstr("감독2<br>")));
  EXPECT_THAT(lacking("receipt"), HasSubstr("감독3<br>"));
  EXPECT_THAT(lacking("receipt"), Not(HasSubstr("감독8<br>"))) << "who has not consented lacks nothing yet";
  publish("Be there at half past six.");
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("instructions confirmed: 0."));
  EXPECT_THAT(lacking("receipt"), HasSubstr("감독2<br>"));
}

// Red while whoever has no address is found by nobody, and hears of no place.
TEST_F(Preparation, FindsWhoCannotBeReached) {
  have_duties();
  for (const char* id : {"S4", "S6"}) office.invigilators.people[InvigilatorId(id)].email.clear();
  withdraw("S6");
  EXPECT_THAT(lacking("contact"), HasSubstr("감독4<br>"));
  EXPECT_THAT(lacking("contact"), Not(HasSubstr("감독5<br>")));
  EXPECT_THAT(lacking("contact"), Not(HasSubstr("감독6<br>"))) << "who does not come need not be called";
  office.invigilators.people[InvigilatorId("S4")].phone = "01000000004";
  EXPECT_THAT(lacking("contact"), Not(HasSubstr("감독4<br>")));
}

// Red when a cell that is labelled on a phone says nothing at all.
TEST_F(Preparation, MarksWhereNothingIsToBeDone) {
  have_duties();
  const auto cell_of = [&](const std::string& id) {
    const std::string list = browser.get(people_page).body;
    const auto row = list.find("<br>" + id + "<br>");
    const auto cell = list.find(R"(data-label="Steps">)", row);
    return list.substr(cell, list.find("</td>", cell) - cell);
  };
  EXPECT_THAT(cell_of("S1"), HasSubstr("<button"));
  EXPECT_EQ(cell_of("S8"), R"(data-label="Steps">–)") << "who has not consented";
}

TEST_F(Preparation, IsNotedByCoordinatorsForTheirOwnPeople) {
  have_duties();
  Browser own = coordinator_of("11110");
  EXPECT_EQ(own.post(people_page, people_page + "/steps", {{"person", "S4"}, {"step", "attended"}}).status, 303);
  EXPECT_TRUE(person("S4").briefed_at);
  EXPECT_EQ(ask(own, Method::get, "invigilator-pay.xlsx").status, 403) << "pay is the city's";
}

// Red when whoever does not come any more is paid because nobody has taken the place yet.
TEST_F(Preparation, PaysNobodyWhoDoesNotCome) {
  have_duties();
  office.invigilators.board.pay = {{duty_of("S1")->role, 120'000}};
  const auto sheet = [&] {
    const std::string bytes(browser.get("/api/v1/exams/seoul-2021-1/invigilator-pay.xlsx").content());
    std::string whole;
    for (const auto& [name, content] : hanjari::tests::unzipped(bytes)) whole += content;
    return whole;
  };
  EXPECT_THAT(sheet(), HasSubstr("감독1<"));
  withdraw("S1");
  EXPECT_TRUE(duty_of("S1"));
  EXPECT_THAT(sheet(), Not(HasSubstr("감독1<")));
  EXPECT_THAT(sheet(), HasSubstr("감독2<"));
}

// Red while somebody is asked for a day that the message does not name.
TEST_F(Preparation, AsksForADayThatEachMessageNames) {
  have_duties();
  const Text day = write_plain_day(office.stored.find_head(ExamCode("seoul-2021-1")).value().exam_on);
  const auto newest = [&] { return office.invigilators.messages.back().body; };
  for (const char* id : {"S8", "S1"}) {
    ASSERT_EQ(browser.post(people_page, people_page + "/invitations", {{"people", id}}).status, 200) << id;
    EXPECT_THAT(newest(), HasSubstr("시험일: " + day.ko)) << id;
    EXPECT_THAT(newest(), HasSubstr("Exam day: " + day.en)) << id;
  }
  const auto place = duty_of("S9");
  ASSERT_TRUE(place);
  withdraw("S9");
  ASSERT_EQ(call_to(*place, "S8"), 200);
  EXPECT_THAT(newest(), HasSubstr("대신 맡아"));
  EXPECT_THAT(newest(), HasSubstr("시험일: " + day.ko));
}

// Red while somebody who stood in two exams of one day is paid twice, because neither list knows of the other.
TEST_F(Preparation, NamesOnThePayListWhatAnotherExamOfTheDayPays) {
  have_duties();
  for (const DutyRole role : all_duty_roles) office.invigilators.board.pay[role] = 70'000;
  EXPECT_THAT(pay_row("감독1"), Not(Contains(HasSubstr("exam: "))));
  const ExamCode own("seoul-2021-1");
  const services::ExamHead head = office.stored.find_head(own).value();
  services::ExamHead same_day = head;
  same_day.name_en = "Another exam";
  services::ExamHead next_week = head;
  next_week.name_en = "A later exam";
  next_week.exam_on = Date{head.exam_on.days + 7};
  office.stored.others = {{ExamCode("seoul-2021-2"), same_day}, {ExamCode("seoul-2021-3"), next_week}};
  const auto row = pay_row("감독1");
  EXPECT_THAT(row, Contains("Another exam: 70,000 won"));
  EXPECT_THAT(row, Not(Contains(HasSubstr("A later exam"))));
  EXPECT_TRUE(std::any_of(office.access.records.begin(), office.access.records.end(), [](const Access& access) {
    return access.action == "duties.pay" && access.subject == "seoul-2021-2";
  })) << "who is named of another exam is recorded there";
  services::PayLine other;
  other.person = person("S1");
  other.person.facts.name = "동명이인 아님";
  EXPECT_TRUE(services::find_other_pay(office.invigilators, office.stored, own, head, {other}).empty()) << "somebody else's number";
}

// Red while the list goes by duties: whoever did not come is paid, and nobody can say who came.
TEST_F(Preparation, NotesWhoCameOnTheDayAndPaysByIt) {
  have_duties();
  for (const DutyRole role : all_duty_roles) office.invigilators.board.pay[role] = 70'000;
  const DutyRow first = duty_of("S1").value();
  const DutyRole other = first.role == DutyRole::reserve ? DutyRole::chief : DutyRole::reserve;
  office.invigilators.board.pay[other] = 90'000;
  const auto note = [&](const char* id, const char* word) {
    return browser.post(people_page, people_page + "/steps", {{"person", id}, {"step", word}}).status;
  };
  EXPECT_EQ(note("S1", "came"), 409) << "before the day";
  EXPECT_TRUE(person("S1").day.empty());
  EXPECT_THAT(browser.get(people_page).body, Not(HasSubstr("감독1 came")));
  office.clock.set(hanjari::tests::at("2021-06-05T07:30:00+09:00"));
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("감독1 came"));
  Browser stranger = coordinator_of(other_district_than(first.venue_code));
  EXPECT_NE(ask(stranger, Method::post, "invigilator-steps", {{"person", "S8"}, {"step", "came"}}).status, 200) << "has not consented";
  // In the morning the person stood elsewhere.
  office.invigilators.people.at(InvigilatorId("S1")).day = {
      {services::Attendance::came, first.venue_code, other, hanjari::tests::at("2021-06-05T07:00:00+09:00")}};
  ASSERT_EQ(note("S1", "came"), 303);
  ASSERT_EQ(note("S1", "came"), 303) << "noted before";
  ASSERT_EQ(person("S1").day.size(), 2U);
  EXPECT_EQ(person("S1").day.back().role, first.role);
  ASSERT_EQ(note("S2", "absent"), 303);
  EXPECT_THAT(browser.get(people_page).body, HasSubstr("Did not come "));
  EXPECT_THAT(lacking("day"), HasSubstr("감독3<br>"));
  for (const char* settled : {"감독1<br>", "감독2<br>", "감독8<br>"}) EXPECT_THAT(lacking("day"), Not(HasSubstr(settled))) << settled;
  EXPECT_THAT(pay_row("감독1"), Contains("90000")) << "the highest";
  EXPECT_THAT(pay_row("감독2"), Contains("0"));
  EXPECT_THAT(pay_row("감독2"), Contains("Did not come"));
  EXPECT_THAT(pay_row("감독3"), Contains("Not noted yet"));
  ASSERT_EQ(browser.post(people_page, people_page + "/settings",
                         {{"version", std::to_string(office.invigilators.board.version)}, {"pay_several", "sum"}}).status, 303);
  EXPECT_THAT(pay_row("감독1"), Contains("160000"));
  EXPECT_EQ(asked("invigilator-settings")["pay_several"], "sum");
  EXPECT_EQ(browser.post(people_page, people_page + "/settings",
                         {{"version", std::to_string(office.invigilators.board.version)}, {"pay_several", "twice"}}).status, 422);
  const nlohmann::json people = asked("invigilators")["people"];
  const auto attendance_of = [&](const char* id) {
    const auto found = std::find_if(people.begin(), people.end(), [&](const auto& one) { return one["invigilator_id"] == id; });
    return found == people.end() ? nlohmann::json("not listed") : (*found)["attendance"];
  };
  EXPECT_EQ(attendance_of("S1"), "came");
  EXPECT_EQ(attendance_of("S2"), "absent");
  EXPECT_EQ(attendance_of("S3"), nullptr);
}

// Red when a coordinator notes somebody of another district, or a chief of the own venue cannot.
TEST_F(Preparation, NotesOfTheDayAreForTheOwnPeople) {
  have_duties();
  office.clock.set(hanjari::tests::at("2021-06-05T07:30:00+09:00"));
  for (const DutyRow& row : newest_rows().duties) {
    const services::ListedPerson& one = person(row.invigilator_id.text().c_str());
    if (one.facts.district_code != district_of(row.venue_code)) continue;
    Browser stranger = coordinator_of(other_district_than(row.venue_code));
    EXPECT_EQ(ask(stranger, Method::post, "invigilator-steps", {{"person", row.invigilator_id.text()}, {"step", "absent"}}).status, 404);
    EXPECT_TRUE(one.day.empty());
    Browser own = coordinator_of(district_of(row.venue_code));
    EXPECT_EQ(ask(own, Method::post, "invigilator-steps", {{"person", row.invigilator_id.text()}, {"step", "came"}}).status, 200);
    ASSERT_EQ(one.day.size(), 1U);
    return;
  }
  FAIL() << "nobody stands in the own district";
}

}  // namespace
}  // namespace hanjari::web::testing
