// A template shown on invented people, so that nobody's data is opened to look at a title.
#include <fmt/format.h>

#include "hanjari/documents/papers.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/papers/paper_templates.h"
#include "hanjari/sample/sample.h"

namespace hanjari::services {
namespace {

constexpr std::size_t preview_people = 20;
constexpr std::size_t people_in_room = 10;
constexpr int preview_cap = 20;
constexpr int desks_in_row = 5;

// Invented people in the first rooms of the first school.
PlannedExam make_preview_exam() {
  sample::SampleRequest request;
  request.applicants = 200;
  request.venues = 2;
  request.rooms = 20;
  request.units = 2;
  request.cap = preview_cap;
  PlannedExam planned{sample::make_sample(request), {}};
  Exam& exam = planned.exam;
  exam.input_sha256 = package::digest_exam(exam);
  for (std::size_t at = 0; at < preview_people; ++at) {
    const RoomIndex room(at / people_in_room);
    const int seat = static_cast<int>(at % people_in_room) + 1;
    planned.plan.placements.push_back({ApplicantIndex(at), ApplicantNumber(fmt::format("{:08}", at + 1)), exam[room].venue,
                                       room, seat, Desk{(seat - 1) % desks_in_row + 1, (seat - 1) / desks_in_row + 1}, 'A',
                                       0});
  }
  planned.plan.digest = package::digest_plan(exam, planned.plan);
  return planned;
}

// Files that are of no paper (day.json, ways.json) are looked at on the slip, which says the times and the way.
const documents::PaperKind& kind_of_template(const std::string& file) {
  const auto* own = documents::find_paper_kind(file.substr(0, file.find('.')));
  if (own == nullptr) own = documents::find_paper_kind("slip");
  return *own;
}

}  // namespace

TemplatePreview draw_template_preview(const std::string& file, const documents::Templates& templates, Language language,
                                  Instant now) {
  const PlannedExam planned = make_preview_exam();
  documents::PaperContext context;
  context.language = language;
  context.printed_at = now;
  context.templates = &templates;
  const documents::PaperKind& kind = kind_of_template(file);
  TemplatePreview preview;
  preview.format = kind.formats.front();
  preview.bytes = documents::render_paper(kind.name, preview.format, planned, planned.plan.placements.front().venue, context).bytes;
  return preview;
}

}  // namespace hanjari::services
