#include "papers/commands/paper_press.h"

#include <unistd.h>

#include <csignal>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/sample/sample.h"

namespace hanjari::cli {
namespace {

namespace fs = std::filesystem;

// A small exam filled room by room.
PlannedExam small_plan() {
  sample::SampleRequest request;
  request.applicants = 400;
  request.venues = 4;
  request.rooms = 40;
  request.units = 2;
  PlannedExam planned{sample::make_sample(request), {}};
  for (std::size_t i = 0; i < planned.exam.applicants.size(); ++i) {
    const RoomIndex room(i / 10);
    const int seat = static_cast<int>(i % 10) + 1;
    planned.plan.placements.push_back({ApplicantIndex(i), ApplicantNumber(fmt::format("{:08}", i + 1)),
                                       planned.exam[room].venue, room, seat,
                                       Desk{(seat - 1) % 5 + 1, (seat - 1) / 5 + 1}, seat % 2 == 0 ? 'A' : 'B', 0});
  }
  planned.plan.digest = "0123456789abcdef";
  return planned;
}

class PaperPress : public ::testing::Test {
 protected:
  PaperPress() : folder_(fs::temp_directory_path() / fmt::format("hanjari-press-{}", ::getpid())) {
    fs::remove_all(folder_);
  }
  ~PaperPress() override { fs::remove_all(folder_); }

  PressOrder order(const std::string& name, int processes) {
    PressOrder order;
    order.folder = folder_ / name;
    for (const documents::PaperKind& kind : documents::paper_kinds()) order.papers.push_back(&kind);
    order.formats = {documents::PaperFormat::pdf, documents::PaperFormat::xlsx, documents::PaperFormat::csv};
    for (std::size_t i = 0; i < planned_.exam.venues.size(); ++i) order.venues.emplace_back(i);
    order.scope = documents::PaperScope::venue_and_city;
    order.context.printed_at = Instant(std::chrono::seconds(1'622'523'790));
    order.processes = processes;
    return order;
  }
  std::map<std::string, std::string> files(const std::string& name) const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / name)) {
      if (entry.is_regular_file()) found[fs::relative(entry.path(), folder_ / name)] = read_file(entry.path());
    }
    return found;
  }

  PlannedExam planned_ = small_plan();
  Terminal terminal_{Language::english, no_progress()};
  fs::path folder_;
};

TEST_F(PaperPress, PrintsTheSameBytesInOneProcessAndInSeveral) {
  const PressResult alone = print_papers(planned_, order("alone", 1), terminal_);
  const PressResult many = print_papers(planned_, order("many", 3), terminal_);
  EXPECT_EQ(alone.files, many.files);
  EXPECT_EQ(alone.pages, many.pages);
  const auto one = files("alone");
  EXPECT_GT(one.size(), 100U);
  EXPECT_TRUE(one == files("many"));
}

// Interrupts the program when so many papers are done.
class InterruptAt : public Progress {
 public:
  explicit InterruptAt(std::uint64_t papers) : papers_(papers) {}
  void stage(const Text&, std::uint64_t) override {}
  void report(std::uint64_t done, const std::string&) override {
    if (done == papers_) ::raise(SIGINT);
  }

 private:
  std::uint64_t papers_;
};

TEST_F(PaperPress, GoesOnWithThePrintTimeOfTheBeginningAndWhatWasFoundMissing) {
  ::signal(SIGINT, SIG_IGN);  // the press takes it while it works and hands it on afterwards
  for (std::size_t i = 0; i < 40; ++i) planned_.exam.applicants[i * 10].name = "김\U0010FFFD이";
  InterruptAt progress(8);
  const PressResult stopped = print_papers(planned_, order("names", 2), {Language::english, progress});
  EXPECT_LT(stopped.files, 40U);
  ASSERT_TRUE(fs::exists(folder_ / "names/.unfinished"));
  AtomicFile left_over(folder_ / "names/roster/V9999.pdf");  // as a killed process leaves it: without commit()
  left_over.write("%PDF half");

  PressOrder later = order("names", 2);
  later.context.printed_at += std::chrono::hours(5);
  const PressResult rest = print_papers(planned_, later, terminal_);
  EXPECT_EQ(rest.already_there, stopped.files);
  const PressResult whole = print_papers(planned_, order("whole", 2), terminal_);
  EXPECT_EQ(rest.files + rest.already_there, whole.files);
  EXPECT_EQ(rest.missing, whole.missing);
  EXPECT_EQ(rest.more_missing, whole.more_missing);
  EXPECT_GT(whole.missing.size(), 3U);
  EXPECT_TRUE(files("names") == files("whole"));
  ::signal(SIGINT, SIG_DFL);
}

TEST_F(PaperPress, BeginsAnewForAnotherOrder) {
  ::signal(SIGINT, SIG_IGN);
  InterruptAt progress(8);
  print_papers(planned_, order("papers", 2), {Language::english, progress});
  PressOrder other = order("papers", 2);
  other.context.version = "2";
  other.existing = Existing::replace;
  EXPECT_EQ(print_papers(planned_, other, terminal_).already_there, 0U);
  ::signal(SIGINT, SIG_DFL);
}

TEST_F(PaperPress, KeepsFilesOfOthersWhenTheNextOrderMakesOtherFiles) {
  ::signal(SIGINT, SIG_IGN);
  InterruptAt progress(8);
  print_papers(planned_, order("papers", 2), {Language::english, progress});
  ASSERT_TRUE(fs::exists(folder_ / "papers/.unfinished"));
  PressOrder zips = order("papers", 2);
  zips.packing = Packing::school_zips;
  const fs::path others = folder_ / "papers" / (planned_.exam.venues[0].name + ".zip");
  AtomicFile file(others);
  file.write("of somebody else");
  file.commit();
  EXPECT_THROW(print_papers(planned_, zips, terminal_), Conflict);
  EXPECT_EQ(read_file(others), "of somebody else");
  PressOrder fewer = order("papers", 2);
  fewer.venues.resize(1);
  EXPECT_THROW(print_papers(planned_, fewer, terminal_), Conflict) << "the stopped run's files are another order's";
  ::signal(SIGINT, SIG_DFL);
}

TEST_F(PaperPress, PutsAllPapersOfASchoolTogetherUnderItsName) {
  planned_.exam.venues[0].name = "한자리/고등학교";
  planned_.exam.venues[1].name = "둘중학교";
  planned_.exam.venues[2].name = "둘중학교";
  PressOrder folders = order("folders", 2);
  folders.packing = Packing::school_folders;
  print_papers(planned_, folders, terminal_);
  const auto found = files("folders");
  const std::string second = planned_.exam.venues[1].code.text();
  for (const std::string& file :
       {std::string("한자리 고등학교/응시자 명부.pdf"), "둘중학교 (" + second + ")/응시표.pdf",
        std::string("전체/좌석 배정 명단.xlsx"), std::string("한자리 고등학교/좌석배치도.pdf")})
    EXPECT_TRUE(found.contains(file)) << file;

  PressOrder zips = order("zips", 2);
  zips.packing = Packing::school_zips;
  print_papers(planned_, zips, terminal_);
  const auto packed = files("zips");
  EXPECT_EQ(packed.size(), planned_.exam.venues.size() + 1) << "one a school and one over all";
  ASSERT_TRUE(packed.contains("한자리 고등학교.zip"));
  EXPECT_EQ(packed.at("한자리 고등학교.zip").substr(0, 2), "PK");
  zips.folder = folder_ / "again";
  print_papers(planned_, zips, terminal_);
  EXPECT_TRUE(packed == files("again")) << "the same bytes";
}

TEST_F(PaperPress, GoesOnPackingWhereItWasStopped) {
  ::signal(SIGINT, SIG_IGN);
  InterruptAt progress(8);
  PressOrder zips = order("zips", 2);
  zips.packing = Packing::school_zips;
  const PressResult stopped = print_papers(planned_, zips, {Language::english, progress});
  EXPECT_TRUE(fs::exists(folder_ / "zips/.packing"));
  EXPECT_EQ(print_papers(planned_, zips, terminal_).already_there, stopped.files);
  zips.folder = folder_ / "whole";
  print_papers(planned_, zips, terminal_);
  EXPECT_TRUE(files("zips") == files("whole"));
  ::signal(SIGINT, SIG_DFL);
}

}  // namespace
}  // namespace hanjari::cli
