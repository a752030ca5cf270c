// Photos on rosters and slips: whose they are, where they stand, and what stands there without one.
#include "hanjari/documents/portraits.h"

#include <turbojpeg.h>

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "documents/planned_exams.h"
#include "documents/printed_text.h"
#include "documents/read_back.h"
#include "hanjari/documents/papers.h"
#include "hanjari/documents/slip.h"

namespace hanjari::documents {
namespace {

constexpr VenueIndex portrait_venue{std::size_t{0}};

std::string made_portrait(unsigned char shade, int width = 137, int height = 177) {
  const std::vector<unsigned char> pixels(static_cast<std::size_t>(width * height * 3), shade);
  tjhandle writer = tjInitCompress();
  unsigned char* data = nullptr;
  unsigned long size = 0;
  tjCompress2(writer, pixels.data(), width, 0, height, TJPF_RGB, &data, &size, TJSAMP_444, 90, 0);
  std::string bytes(reinterpret_cast<const char*>(data), size);
  tjFree(data);
  tjDestroy(writer);
  return bytes;
}

PaperContext portrait_context(PortraitSource portraits) {
  PaperContext context;
  context.printed_at = Instant(std::chrono::seconds(1622523790));
  context.portraits = std::move(portraits);
  return context;
}

std::size_t photos_in(const Paper& paper) {
  return count_of(output_about(paper.bytes, "pdf", "pdfimages -list {}"), " jpeg ");
}

// Red while rosters and the slips of a venue had frames for everybody.
TEST(Portraits, StandOnRostersAndOnEverySlip) {
  if (!has_program("pdfimages")) GTEST_SKIP() << "pdfimages is not installed";
  const PlannedExam planned = exam_with({"홍길동", "김서연", "이도현"});
  std::vector<std::string> asked;
  // The second has none.
  const auto some = [&](const Applicant& person) {
    asked.push_back(person.name);
    return person.name == "김서연" ? std::string() : made_portrait(person.name == "홍길동" ? 60 : 190);
  };
  for (const char* paper : {"roster", "slip"}) {
    asked.clear();
    const Paper with = render_paper(paper, PaperFormat::pdf, planned, portrait_venue, portrait_context(some));
    EXPECT_EQ(photos_in(with), 2U) << paper;
    EXPECT_EQ(asked, (std::vector<std::string>{"홍길동", "김서연", "이도현"})) << paper;
    EXPECT_EQ(photos_in(render_paper(paper, PaperFormat::pdf, planned, portrait_venue, portrait_context(nullptr))), 0U) << paper;
    EXPECT_EQ(with.bytes, render_paper(paper, PaperFormat::pdf, planned, portrait_venue, portrait_context(some)).bytes)
        << paper << ": the same photos give the same bytes";
  }
  EXPECT_EQ(photos_in(render_slip_pdf(planned, ApplicantIndex(std::size_t{2}), portrait_context(some))), 1U);
}

TEST(Portraits, ThatAreNoneLeaveTheFrame) {
  const std::string whole = made_portrait(120);
  EXPECT_TRUE(is_portrait(whole));
  for (const std::string& none : {std::string(), std::string("no picture"), whole.substr(0, whole.size() / 2),
                                  whole.substr(2), made_portrait(120, 1'200, 1'500)})
    EXPECT_FALSE(is_portrait(none)) << none.size();
  const PlannedExam planned = exam_with({"홍길동"});
  for (const char* paper : {"roster", "slip"}) {
    const auto bytes_with = [&](PortraitSource source) {
      return render_paper(paper, PaperFormat::pdf, planned, portrait_venue, portrait_context(std::move(source))).bytes;
    };
    EXPECT_EQ(bytes_with([&](const Applicant&) { return whole.substr(0, whole.size() / 2); }), bytes_with(nullptr)) << paper;
    EXPECT_NE(bytes_with([&](const Applicant&) { return whole; }), bytes_with(nullptr)) << paper;
  }
}

// A list for spreadsheets asks nobody's photo.
TEST(Portraits, AreAskedForByPagesAlone) {
  const PlannedExam planned = exam_with({"홍길동"});
  int asked = 0;
  const auto count = [&](const Applicant&) { return ++asked, std::string(); };
  for (const PaperFormat format : {PaperFormat::csv, PaperFormat::xlsx})
    render_paper("roster", format, planned, portrait_venue, portrait_context(count));
  EXPECT_EQ(asked, 0);
}

TEST(PortraitShelf, AsksOnceAPersonAndForgetsAVenue) {
  PlannedExam planned = exam_with({"홍길동", "김서연", "이도현"});
  planned.exam.applicants[0].photo = "one";
  planned.exam.applicants[1].photo = "lost";
  int asked = 0;
  PortraitShelf shelf([&](const Applicant& person) {
    ++asked;
    return person.photo == "one" ? made_portrait(60) : std::string();
  });
  const PortraitSource source = shelf.source();
  for (int paper = 0; paper < 2; ++paper) {
    for (const Applicant& person : planned.exam.applicants) source(person);
  }
  EXPECT_EQ(asked, 2) << "of the third no photo is named";
  EXPECT_EQ(shelf.lost(), 1U);
  EXPECT_EQ(shelf.kept(), 3U);
  shelf.clear();
  EXPECT_EQ(shelf.kept(), 0U);
  source(planned.exam.applicants[1]);
  EXPECT_EQ(shelf.lost(), 1U) << "the same person";
  EXPECT_EQ(PortraitShelf(nullptr).source(), nullptr);
}

}  // namespace
}  // namespace hanjari::documents
