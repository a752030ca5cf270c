// Pages per second of rosters against a plain libharu program that draws the same table with the same font: same rooms,
// same texts, same rules, one file per venue. Both run in this process on one thread, in turns, best of three.
#include <hpdf.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/documents/roster.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/sample/sample.h"

namespace {

using namespace hanjari;

constexpr int per_room = 15;
constexpr double widths[] = {7.5, 8, 21, 25, 20, 7.5, 20, 17, 12.5, 17, 23, 9};
constexpr const char* titles[] = {"연번", "좌석",     "응시번호", "성명",     "생년월일", "성별",
                                  "직류", "선택과목", "사진",     "편의지원", "서명",     "결시"};

// Rooms filled in order: who sits where does not matter here.
PlannedExam fill(Exam exam) {
  PlannedExam planned{std::move(exam), {}};
  for (std::size_t i = 0; i < planned.exam.applicants.size(); ++i) {
    const std::size_t room = std::min(i / per_room, planned.exam.rooms.size() - 1);
    const int seat = static_cast<int>(i % per_room) + 1;
    planned.plan.placements.push_back({ApplicantIndex(i), ApplicantNumber(fmt::format("{:08}", i + 1)),
                                       planned.exam.rooms[room].venue, RoomIndex(room), seat, Desk{seat, 1}, 'A', 0});
  }
  return planned;
}

double seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void draw_text(HPDF_Page page, HPDF_Font font, float size, double x, double y, double width, const std::string& text) {
  if (text.empty()) return;
  HPDF_Page_SetFontAndSize(page, font, size);
  const float natural = HPDF_Page_TextWidth(page, text.c_str());
  HPDF_Page_BeginText(page);
  HPDF_Page_TextOut(page, static_cast<float>(x + (width - static_cast<double>(natural)) / 2), static_cast<float>(y),
                    text.c_str());
  HPDF_Page_EndText(page);
}

void draw_line(HPDF_Page page, double x1, double y1, double x2, double y2) {
  HPDF_Page_MoveTo(page, static_cast<float>(x1), static_cast<float>(y1));
  HPDF_Page_LineTo(page, static_cast<float>(x2), static_cast<float>(y2));
  HPDF_Page_Stroke(page);
}

// One venue's rooms; the number of pages.
int plain_libharu(const PlannedExam& planned, const std::vector<std::vector<const Placement*>>& rooms,
                  const char* font_file) {
  HPDF_Doc pdf = HPDF_New(nullptr, nullptr);
  HPDF_UseUTFEncodings(pdf);
  HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
  HPDF_Font font = HPDF_GetFont(pdf, HPDF_LoadTTFontFromFile(pdf, font_file, HPDF_TRUE), "UTF-8");
  int pages = 0;
  for (const auto& people : rooms) {
    HPDF_Page page = HPDF_AddPage(pdf);
    ++pages;
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    const Exam& exam = planned.exam;
    const Room& room = exam[people.front()->room];
    draw_text(page, font, 8.5F, 28, 805, 200, exam.header.name_ko);
    draw_text(page, font, 17, 28, 785, 120, "응시자 명부");
    draw_text(page, font, 20, 460, 785, 100, fmt::format("제{}시험실", room.room_no));
    draw_text(page, font, 9.5F, 70, 760, 120, exam[people.front()->venue].name);
    const double left = 28;
    const double row_height = 40.8;
    double y = 720;
    double total = 0;
    for (const double width : widths) total += width;
    HPDF_Page_SetLineWidth(page, 0.4F);
    for (std::size_t row = 0; row <= people.size(); ++row) {
      std::string cells[12];
      if (row == 0) {
        std::copy(std::begin(titles), std::end(titles), std::begin(cells));
      } else {
        const Placement& placement = *people[row - 1];
        const Applicant& applicant = exam[placement.applicant];
        cells[0] = std::to_string(row);
        cells[1] = std::to_string(placement.seat_no);
        cells[2] = placement.number.text();
        cells[3] = applicant.name;
        cells[4] = format_date(applicant.birth_on);
        cells[5] = name_of(applicant.sex).ko;
        cells[6] = exam[applicant.unit].series_ko;
        cells[9] = name_of(applicant.accommodation).ko;
      }
      double x = left;
      for (std::size_t i = 0; i < 12; ++i) {
        const double width = widths[i] / total * 539;
        draw_text(page, font, 9.5F, x, y - row_height / 2, width, cells[i]);
        if (row > 0 && i == 8) {
          HPDF_Page_Rectangle(page, static_cast<float>(x + 3), static_cast<float>(y - 38), 28, 36);
          HPDF_Page_Stroke(page);
        }
        x += width;
      }
      draw_line(page, left, y - row_height, left + 539, y - row_height);
      y -= row_height;
    }
    double x = left;
    for (std::size_t i = 0; i + 1 < 12; ++i) {
      x += widths[i] / total * 539;
      draw_line(page, x, 720, x, y);
    }
    draw_text(page, font, 7, 28, 30, 150, "배정안 0123456789ab · 출력 2021-06-01 14:03");
  }
  HPDF_SaveToStream(pdf);
  HPDF_Free(pdf);
  return pages;
}

}  // namespace

int main(int argc, char** argv) {
  const char* font_file = argc > 1 ? argv[1] : "/usr/share/fonts/truetype/nanum/NanumBarunGothic.ttf";
  const PlannedExam planned = fill(sample::make_sample({}));
  std::vector<std::vector<std::vector<const Placement*>>> venues(planned.exam.venues.size());
  RoomIndex before;
  for (const Placement& placement : planned.plan.placements) {
    auto& rooms = venues[placement.venue.value];
    if (rooms.empty() || placement.room != before || rooms.back().size() == per_room) rooms.emplace_back();
    rooms.back().push_back(&placement);
    before = placement.room;
  }
  venues.resize(std::min<std::size_t>(venues.size(), 20));  // some 500 pages are enough to compare
  double best[2] = {0, 0};
  for (int turn = 0; turn < 3; ++turn) {
    double begin = seconds();
    int pages = 0;
    for (std::size_t v = 0; v < venues.size(); ++v) {
      if (!venues[v].empty()) pages += documents::render_roster_pdf(planned, VenueIndex(v), {}).pages;
    }
    best[0] = std::max(best[0], pages / (seconds() - begin));
    begin = seconds();
    pages = 0;
    for (const auto& rooms : venues) {
      if (!rooms.empty()) pages += plain_libharu(planned, rooms, font_file);
    }
    best[1] = std::max(best[1], pages / (seconds() - begin));
  }
  std::printf("rosters: %.0f pages/s, plain libharu: %.0f pages/s, ratio %.2f (one thread, processor time)\n", best[0],
              best[1], best[0] / best[1]);
  return 0;
}
