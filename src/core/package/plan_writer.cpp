#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/plan_package.h"
#include "package/plan_report.h"

namespace hanjari::package {
namespace {

template <class Write>
void write_file(const std::filesystem::path& path, Write write) {
  AtomicFile file(path);
  write([&](std::string_view bytes) { file.write(bytes); });
  file.commit();
}

void write_placements(const Exam& exam, const Plan& plan, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_id", "applicant_number", "unit_code", "venue_code", "room_no", "seat_no", "row",
                       "column", "booklet", "travel_m"});
  for (const Placement& placed : plan.placements) {
    const Applicant& applicant = exam[placed.applicant];
    csv.cell(applicant.id.text()).cell(placed.number.text()).cell(exam[applicant.unit].code.text());
    csv.cell(exam[placed.venue].code.text()).cell(exam[placed.room].room_no).cell(placed.seat_no);
    csv.cell(placed.desk.row).cell(placed.desk.column).cell(std::string_view(&placed.booklet, 1));
    csv.cell(placed.travel_m).end_row();
  }
  csv.finish();
}

void write_unseated(const Exam& exam, const Plan& plan, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_id", "reason", "detail"});
  for (const Unseated& unseated : plan.unseated)
    csv.cell(exam[unseated.applicant].id.text()).cell(unseated.reason).cell(unseated.detail.en).end_row();
  csv.finish();
}

void write_over_detour(const Exam& exam, const Plan& plan, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_id", "travel_m", "detour_m"});
  for (const OverDetour& over : plan.over_detour)
    csv.cell(exam[over.applicant].id.text()).cell(over.travel_m).cell(over.detour_m).end_row();
  csv.finish();
}

}  // namespace

std::string save_plan(const Exam& exam, const Plan& plan, const std::filesystem::path& folder, const Clock& clock,
                      const PlanFiles& further, Existing existing) {
  const auto began = clock.elapsed();
  AtomicFolder whole(folder, existing,
                     {"placements.csv", "unseated.csv", "over_detour.csv", "report.json", "changes.csv", "notices.csv",
                      "change_counts.csv", "history.json", "draw"});
  Sha256 digest;
  write_file(whole.folder() / "placements.csv", [&](const CsvWriter::Sink& sink) {
    write_placements(exam, plan, [&](std::string_view bytes) {
      digest.update(bytes);
      sink(bytes);
    });
  });
  write_file(whole.folder() / "unseated.csv", [&](const CsvWriter::Sink& sink) { write_unseated(exam, plan, sink); });
  write_file(whole.folder() / "over_detour.csv",
             [&](const CsvWriter::Sink& sink) { write_over_detour(exam, plan, sink); });
  PlanReport report = plan.report;
  report.seconds_write = seconds_between(began, clock.elapsed());
  write_file(whole.folder() / "report.json", [&](const CsvWriter::Sink& sink) { sink(write_report(exam, report)); });
  for (const auto& [name, content] : further) {
    std::filesystem::create_directories((whole.folder() / name).parent_path());
    write_file(whole.folder() / name, [&text = content](const CsvWriter::Sink& sink) { sink(text); });
  }
  whole.commit();
  return digest.finish().hex();
}

std::string digest_plan(const Exam& exam, const Plan& plan) {
  Sha256 digest;
  write_placements(exam, plan, [&](std::string_view bytes) { digest.update(bytes); });
  return digest.finish().hex();
}

PlanRows rows_of_plan(const Exam& exam, const Plan& plan) {
  PlanRows rows;
  rows.placements.reserve(plan.placements.size());
  for (const Placement& placed : plan.placements) {
    rows.placements.push_back({exam[placed.applicant].id, placed.number, exam[exam[placed.applicant].unit].code,
                               exam[placed.venue].code, exam[placed.room].room_no, placed.seat_no, placed.desk.row,
                               placed.desk.column, std::string(1, placed.booklet), placed.travel_m,
                               rows.placements.size() + 2});
  }
  for (const Unseated& unseated : plan.unseated)
    rows.unseated.push_back({exam[unseated.applicant].id, unseated.reason, unseated.detail.en});
  for (const OverDetour& over : plan.over_detour)
    rows.over_detour.push_back({exam[over.applicant].id, over.travel_m, over.detour_m});
  rows.has_report = true;
  rows.report = plan.report;
  for (const KeepApartBroken& broken : plan.report.keep_apart_broken)
    rows.keep_apart_broken.push_back({broken.word, exam[broken.first].id, exam[broken.second].id});
  rows.digest = digest_plan(exam, plan);
  return rows;
}

std::string render_changes(const std::vector<Change>& changes) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"applicant_id", "change", "from", "to"});
  for (const Change& change : changes)
    csv.cell(change.applicant.text()).cell(spell(change.kind)).cell(change.from).cell(change.to).end_row();
  csv.finish();
  return text;
}

}  // namespace hanjari::package
