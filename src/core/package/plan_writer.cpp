#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/plan_package.h"
#include "package/plan_report.h"

namespace hanjari::package {
namespace {

template <class Write>
void write_in_parts(const std::filesystem::path& path, Write write) {
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

// The same rows as they were read.
void write_placement_rows(const std::vector<PlacementRow>& rows, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_id", "applicant_number", "unit_code", "venue_code", "room_no", "seat_no", "row",
                       "column", "booklet", "travel_m"});
  for (const PlacementRow& row : rows) {
    csv.cell(row.applicant_id.text()).cell(row.applicant_number.text()).cell(row.unit_code.text());
    csv.cell(row.venue_code.text()).cell(row.room_no).cell(row.seat_no).cell(row.row).cell(row.column);
    csv.cell(row.booklet).cell(row.travel_m).end_row();
  }
  csv.finish();
}

// Venues with somebody in them.
std::vector<VenueName> names_of_venues(const Exam& exam, const Plan& plan) {
  std::vector<char> used(exam.venues.size(), 0);
  for (const Placement& placed : plan.placements) used[placed.venue.value] = 1;
  std::vector<VenueName> names;
  for (std::size_t at = 0; at < used.size(); ++at) {
    if (used[at] != 0) names.push_back({exam.venues[at].code, exam.venues[at].name, exam.venues[at].address});
  }
  return names;
}

void write_venue_names(const std::vector<VenueName>& names, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"venue_code", "name", "address"});
  for (const VenueName& venue : names) csv.cell(venue.code.text()).cell(venue.name).cell(venue.address).end_row();
  csv.finish();
}

template <class Write>
std::string rendered(Write write) {
  std::string text;
  write([&](std::string_view bytes) { text += bytes; });
  return text;
}

}  // namespace

std::string save_plan(const Exam& exam, const Plan& plan, const std::filesystem::path& folder, const Clock& clock,
                      const PlanFiles& further, Existing existing) {
  const auto began = clock.elapsed();
  AtomicFolder whole(folder, existing,
                     {"placements.csv", "unseated.csv", "over_detour.csv", "report.json", "changes.csv", "notices.csv",
                      "notices.xlsx", "change_counts.csv", "history.json", "venue_names.csv", "published", "draw"});
  Sha256 digest;
  write_in_parts(whole.folder() / "placements.csv", [&](const CsvWriter::Sink& sink) {
    write_placements(exam, plan, [&](std::string_view bytes) {
      digest.update(bytes);
      sink(bytes);
    });
  });
  write_in_parts(whole.folder() / "unseated.csv", [&](const CsvWriter::Sink& sink) { write_unseated(exam, plan, sink); });
  write_in_parts(whole.folder() / "over_detour.csv",
             [&](const CsvWriter::Sink& sink) { write_over_detour(exam, plan, sink); });
  write_in_parts(whole.folder() / "venue_names.csv",
             [&](const CsvWriter::Sink& sink) { write_venue_names(names_of_venues(exam, plan), sink); });
  PlanReport report = plan.report;
  report.seconds_write = seconds_between(began, clock.elapsed());
  write_in_parts(whole.folder() / "report.json", [&](const CsvWriter::Sink& sink) { sink(write_report(exam, report)); });
  for (const auto& [name, content] : further) {
    std::filesystem::create_directories((whole.folder() / name).parent_path());
    write_in_parts(whole.folder() / name, [&text = content](const CsvWriter::Sink& sink) { sink(text); });
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
  rows.venue_names = names_of_venues(exam, plan);
  rows.history = plan.history;
  return rows;
}

PlanFiles published_files(const PlanRows& published) {
  PlanFiles files;
  files["published/placements.csv"] =
      rendered([&](const CsvWriter::Sink& sink) { write_placement_rows(published.placements, sink); });
  files["published/venue_names.csv"] =
      rendered([&](const CsvWriter::Sink& sink) { write_venue_names(published.venue_names, sink); });
  files["published/unseated.csv"] = rendered([&](const CsvWriter::Sink& sink) {
    CsvWriter csv(sink, {"applicant_id", "reason", "detail"});
    for (const UnseatedRow& row : published.unseated)
      csv.cell(row.applicant_id.text()).cell(row.reason).cell(row.detail).end_row();
    csv.finish();
  });
  return files;
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
