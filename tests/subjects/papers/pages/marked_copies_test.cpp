// What coordinators take along beside the ZIP of all papers says whose copy it is too, and the record knows it again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "photos/jpeg.h"
#include "stage/browser.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MarkedCopies : public ::testing::Test {
 protected:
  MarkedCopies() {
    jongno.set_cookie("hanjari_session", office.sign_in("jongno", services::Role::district_coordinator, "11110"));
  }
  std::string take(const std::string& file) {
    const Response taken = jongno.get("/api/v1/exams/seoul-2021-1/venues/" + file);
    EXPECT_EQ(taken.status, 200) << file;
    return std::string(taken.content());
  }
  // Of the newest record; empty: it names none.
  std::string recorded_mark() {
    const std::string word = "mark ";
    const std::string& detail = office.access.records.back().detail;
    const std::size_t at = detail.find(word);
    return at == std::string::npos ? std::string() : detail.substr(at + word.size());
  }

  Office office;
  Running running{office};
  Browser jongno{running, Listener::office};
};

// Red when a workbook does not carry the digits that its record names, or the name of who took it.
TEST_F(MarkedCopies, CarryTheDigitsOfTheirRecord) {
  for (const auto& [file, action] : {std::pair("V1/rosters.xlsx", "roster.xlsx"), std::pair("V1/packing.xlsx", "material_packing.take")}) {
    const std::string bytes = take(file);
    ASSERT_FALSE(office.access.records.empty());
    EXPECT_EQ(office.access.records.back().action, action);
    EXPECT_EQ(office.access.records.back().account, "jongno");
    const std::string mark = recorded_mark();
    ASSERT_EQ(mark.size(), 12U) << file;
    std::string whole;
    for (const auto& [name, content] : hanjari::tests::unzipped(bytes)) whole += content;
    EXPECT_THAT(whole, HasSubstr(mark)) << file;
    EXPECT_THAT(whole, HasSubstr("jongno")) << file;
  }
}

// Red while the rosters of a venue, and the papers that a coordinator takes, had frames for everybody whose photo is here.
TEST_F(MarkedCopies, ShowThePhotosOfTheirPeopleAndOfNoOtherExam) {
  office.applying.recruitments.save_recruitment(hanjari::tests::sample_notice(), services::RecruitmentState::published, 0, {});
  services::Attachment photo;
  photo.exam = ExamCode("seoul-2021-1");
  photo.account = "p-sky";
  photo.bytes = photos::encode_jpeg({137, 177, std::vector<unsigned char>(137UL * 177 * 4, 120)}, 80);
  const AttachmentId own = office.applying.attachments.save_attachment(photo);
  photo.exam = ExamCode("another");
  const AttachmentId foreign = office.applying.attachments.save_attachment(photo);
  const auto has_photo = [](const std::string& bytes) { return bytes.find("/DCTDecode") != std::string::npos; };
  const auto papers_have_photo = [&] {
    bool any = false;
    for (const auto& [name, content] : hanjari::tests::unzipped(take("V1/papers?papers=slip&formats=pdf"))) any = any || has_photo(content);
    return any;
  };
  PlannedExam& live = office.plans.live.front();
  for (Applicant& person : live.exam.applicants) person.photo = own.text();
  EXPECT_TRUE(has_photo(take("V1/rosters.pdf")));
  EXPECT_TRUE(papers_have_photo());
  for (const std::string& other : {foreign.text(), std::string("lost"), std::string("face.jpg"), std::string()}) {
    for (Applicant& person : live.exam.applicants) person.photo = other;
    EXPECT_FALSE(has_photo(take("V1/rosters.pdf"))) << other;
    EXPECT_FALSE(papers_have_photo()) << other;
  }
}

// Of one moment and one person copies differ by their mark alone: without one they are the same bytes.
TEST_F(MarkedCopies, DifferOnPaperAndNotWhereProgramsReadThem) {
  for (const char* file : {"V1/rosters.pdf", "V1/packing.pdf"}) {
    EXPECT_NE(take(file), take(file)) << file;
    EXPECT_EQ(recorded_mark().size(), 12U) << file;
  }
  for (const char* file : {"V1/rosters.csv", "V1/packing.csv"}) {
    EXPECT_EQ(take(file), take(file)) << file;
    EXPECT_THAT(office.access.records.back().detail, Not(HasSubstr("mark"))) << file;
  }
}

TEST_F(MarkedCopies, OfADryRunLeaveNoTrace) {
  const std::string ledger = "/en/exams/seoul-2021-1/materials";
  ASSERT_EQ(jongno.post(ledger, ledger + "/dry-runs", {{"step", "begin"}}).status, 303);
  office.access.records.clear();
  EXPECT_EQ(take("DRY-RUN/packing.pdf?run=yes"), take("DRY-RUN/packing.pdf?run=yes"));
  EXPECT_TRUE(office.access.records.empty());
}

}  // namespace
}  // namespace hanjari::web::testing
