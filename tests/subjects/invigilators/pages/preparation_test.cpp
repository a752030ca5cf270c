// The briefing, receipts of the instructions and the pay list, as the office works with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "invigilators/pages/duty_office.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

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

}  // namespace
}  // namespace hanjari::web::testing
