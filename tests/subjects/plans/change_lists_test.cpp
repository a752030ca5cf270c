// Lists of what a change means for people: the same facts for programs and for people.
#include "hanjari/plans/change_lists.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "hanjari/package/plan_package.h"
#include "hanjari/sample/sample.h"

namespace hanjari::services {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A file of the workbook as it stands in the package.
std::string unzipped_part(const std::string& workbook, const std::string& part) {
  const auto path = std::filesystem::temp_directory_path() / fmt::format("hanjari-notices-{}.xlsx", ::getpid());
  std::ofstream(path, std::ios::binary) << workbook;
  std::string text;
  if (std::FILE* pipe = ::popen(fmt::format("unzip -p '{}' {}", path.string(), part).c_str(), "r")) {
    char block[4096];
    for (std::size_t read = std::fread(block, 1, sizeof block, pipe); read > 0;
         read = std::fread(block, 1, sizeof block, pipe))
      text.append(block, read);
    ::pclose(pipe);
  }
  std::filesystem::remove(path);
  return text;
}

class ListsOfAChange : public ::testing::Test {
 protected:
  ListsOfAChange() {
    sample::SampleRequest request;
    request.applicants = 20;
    request.venues = 2;
    request.rooms = 4;
    request.units = 1;
    exam = sample::make_sample(request);
    exam.input_sha256 = std::string(64, '0');
    exam.header.exam_on = *parse_date("2027-06-12");
    for (std::size_t i = 0; i < exam.applicants.size(); ++i) {
      const RoomIndex room(i / 10);
      const int seat = static_cast<int>(i % 10) + 1;
      plan.placements.push_back({ApplicantIndex(i), ApplicantNumber(fmt::format("{:08}", i + 1)), exam[room].venue, room,
                                 seat, Desk{(seat - 1) % 5 + 1, (seat - 1) / 5 + 1}, 'A', 0});
    }
    Plan told = plan;
    std::swap(told.placements[0].seat_no, told.placements[1].seat_no);
    std::swap(told.placements[0].desk, told.placements[1].desk);
    from = package::rows_of_plan(exam, told);
  }
  ChangeLists lists(Language language) const { return render_change_lists(exam, from, plan, nullptr, {}, language); }

  Exam exam;
  Plan plan;
  PlanRows from;
};

// Red while the workbook for people said "seat" and "district", and no day of the exam.
TEST_F(ListsOfAChange, SpeakToPeopleInTheirWordsAndToProgramsInWordsOfTheContract) {
  const ChangeLists korean = lists(Language::korean);
  EXPECT_THAT(korean.files.at("notices.csv"), HasSubstr(",seat,"));
  EXPECT_THAT(korean.files.at("change_counts.csv"), HasSubstr("\nvenue,"));
  if (!std::filesystem::exists("/usr/bin/unzip")) GTEST_SKIP() << "unzip is not installed";
  const std::string words = unzipped_part(korean.files.at("notices.xlsx"), "xl/sharedStrings.xml");
  for (const char* word : {"<t>응시번호</t>", "<t>좌석 변경</t>", "<t>시험일</t>", "<t>전체</t>", "<t>시군구</t>", "<t>시험장</t>"})
    EXPECT_THAT(words, HasSubstr(word));
  for (const char* word : {"<t>seat</t>", "<t>exam</t>", "<t>district</t>", "<t>venue</t>"})
    EXPECT_THAT(words, Not(HasSubstr(word)));
  const std::string people = unzipped_part(korean.files.at("notices.xlsx"), "xl/worksheets/sheet1.xml");
  EXPECT_THAT(people, HasSubstr("<v>46550</v>")) << "12 June 2027 as the day of a spreadsheet, which sorts and filters";
  EXPECT_THAT(people, HasSubstr("<cols>"));
  EXPECT_THAT(unzipped_part(korean.files.at("notices.xlsx"), "xl/styles.xml"), HasSubstr("formatCode=\"yyyy-mm-dd\""));
}

}  // namespace
}  // namespace hanjari::services
