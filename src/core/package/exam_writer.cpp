// The canonical text of an exam: what save_exam writes and digest_exam digests.
#include <algorithm>
#include <functional>

#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "hanjari/base/local_time.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/packed_exam.h"
#include "package/exam_json.h"

namespace hanjari::package {
namespace {

void write_units(const Exam& exam, const CsvWriter::Sink& sink) {
  std::vector<std::string_view> columns{"unit_code", "series_ko", "series_en",    "quota_group",
                                   "grade",     "posts",     "duration_min", "subject_set"};
  // Columns of the second edition stand there only where somebody has said something, so that older digests stay.
  const auto any = [&](std::optional<int> Unit::*time) {
    return std::any_of(exam.units.begin(), exam.units.end(),
                       [&](const Unit& unit) { return (unit.*time).has_value(); });
  };
  const bool starts = any(&Unit::starts_at);
  const bool seats = any(&Unit::seated_by);
  if (starts) columns.emplace_back("starts_at");
  if (seats) columns.emplace_back("seated_by");
  CsvWriter csv(sink, columns);
  const auto time = [&](std::optional<int> minutes) { csv.cell(minutes ? format_time_of_day(*minutes) : std::string()); };
  for (const Unit& unit : exam.units) {
    csv.cell(unit.code.text()).cell(unit.series_ko).cell(unit.series_en).cell(spell(unit.quota_group));
    csv.cell(unit.grade).cell(unit.posts).cell(unit.duration_min).cell(unit.subject_set);
    if (starts) time(unit.starts_at);
    if (seats) time(unit.seated_by);
    csv.end_row();
  }
  csv.finish();
}

void write_applicants(const Exam& exam, Progress& progress, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"applicant_id", "unit_code", "name", "birth_on", "sex", "lat", "lon", "district_code",
                       "accommodation", "keep_apart", "origin", "electives", "photo", "routing"});
  std::uint64_t written = 0;
  for (const Applicant& applicant : exam.applicants) {
    if (++written % 4096 == 0) progress.report(written);
    csv.cell(applicant.id.text()).cell(exam[applicant.unit].code.text()).cell(applicant.name);
    csv.cell(format_date(applicant.birth_on)).cell(spell(applicant.sex));
    csv.decimal(applicant.home.lat).decimal(applicant.home.lon).cell(exam.words[applicant.district]);
    csv.cell(spell(applicant.accommodation)).cell(exam.words[applicant.keep_apart]);
    csv.cell(exam.words[applicant.origin]).cell(exam.words[applicant.electives]).cell(applicant.photo);
    csv.cell(spell(applicant.routing)).end_row();
  }
  csv.finish();
}

void write_venues(const Exam& exam, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"venue_code", "name", "district_code", "address", "lat", "lon", "kind", "opening_cost", "phone",
                       "merged_into"});
  for (const Venue& venue : exam.venues) {
    csv.cell(venue.code.text()).cell(venue.name).cell(exam.words[venue.district]).cell(venue.address);
    csv.decimal(venue.at.lat).decimal(venue.at.lon).cell(spell(venue.kind)).cell(venue.opening_cost);
    csv.cell(venue.phone).cell(venue.merged_into.text()).end_row();
  }
  csv.finish();
}

void write_rooms(const Exam& exam, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"venue_code", "room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
                       "column_pitch_cm", "blocked", "people_cap", "features", "use"});
  for (const Room& room : exam.rooms) {
    csv.cell(exam[room.venue].code.text()).cell(room.room_no).cell(room.building).cell(room.floor);
    csv.cell(room.row_count).cell(room.column_count).cell(room.row_pitch_cm).cell(room.column_pitch_cm);
    csv.cell(spell_desks(room.blocked));
    if (room.people_cap) {
      csv.cell(*room.people_cap);
    } else {
      csv.cell("");
    }
    csv.cell(room.accessible ? "accessible" : "").cell(spell(room.use)).end_row();
  }
  csv.finish();
}

void write_travel(const Exam& exam, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"origin", "venue_code", "metres"});
  for (const TravelRow& row : exam.travel)
    csv.cell(exam.words[row.origin]).cell(exam[row.venue].code.text()).cell(row.metres).end_row();
  csv.finish();
}

void write_pins(const Exam& exam, const CsvWriter::Sink& sink) {
  CsvWriter csv(sink, {"kind", "applicant_id", "venue_code", "room_no"});
  for (const Pin& pin : exam.pins) {
    csv.cell(spell(pin.kind)).cell(pin.applicant.exists() ? exam[pin.applicant].id.text() : std::string());
    csv.cell(pin.venue.exists() ? exam[pin.venue].code.text() : std::string());
    if (pin.room.exists()) {
      csv.cell(exam[pin.room].room_no);
    } else {
      csv.cell("");
    }
    csv.end_row();
  }
  csv.finish();
}

using WriteFile = std::function<void(const char* name, const std::function<void(const CsvWriter::Sink&)>& write)>;

// Gives every file of the package, in the contract's order, to `write_file`.
void write_exam(const Exam& exam, Progress& progress, const WriteFile& write_file) {
  write_file("exam.json", [&](const auto& sink) { sink(write_header(exam.header)); });
  write_file("units.csv", [&](const auto& sink) { write_units(exam, sink); });
  write_file("applicants.csv", [&](const auto& sink) { write_applicants(exam, progress, sink); });
  write_file("venues.csv", [&](const auto& sink) { write_venues(exam, sink); });
  write_file("rooms.csv", [&](const auto& sink) { write_rooms(exam, sink); });
  // A travel table that the policy does not use is no part of the exam.
  if (!exam.travel.empty() && exam.policy.travel == TravelSource::table)
    write_file("travel.csv", [&](const auto& sink) { write_travel(exam, sink); });
  if (!exam.pins.empty()) write_file("pins.csv", [&](const auto& sink) { write_pins(exam, sink); });
  write_file("policy.json", [&](const auto& sink) { sink(write_policy(exam.policy)); });
}

}  // namespace

void save_exam(const Exam& exam, const std::filesystem::path& folder, Progress& progress, Existing existing) {
  AtomicFolder whole(folder, existing,
                     {"exam.json", "units.csv", "applicants.csv", "venues.csv", "rooms.csv", "shapes.csv", "travel.csv",
                      "pins.csv", "policy.json"});
  progress.stage({"writing the exam", "시험 쓰는 중"}, exam.applicants.size());
  write_exam(exam, progress, [&](const char* name, const auto& write) {
    AtomicFile file(whole.folder() / name);
    write([&](std::string_view bytes) { file.write(bytes); });
    file.commit();
  });
  whole.commit();
}

PackedFiles render_exam(const Exam& exam, Progress& progress) {
  PackedFiles files;
  write_exam(exam, progress, [&](const char* name, const auto& write) {
    std::string& bytes = files[name];
    write([&](std::string_view piece) { bytes += piece; });
  });
  return files;
}

std::string digest_exam(const Exam& exam) {
  Sha256 digest;
  write_exam(exam, no_progress(),
             [&](const char*, const auto& write) { write([&](std::string_view bytes) { digest.update(bytes); }); });
  return digest.finish().hex();
}

}  // namespace hanjari::package
