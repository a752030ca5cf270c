// duties.csv, unfilled.csv and report.json of duties.
#include <map>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/duty_history_package.h"
#include "hanjari/package/plan_forms.h"
#include "hanjari/package/staffing_package.h"
#include "package/csv/characters.h"
#include "package/staffing/duty_report.h"
#include "package/json_reader.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

std::int64_t read_room_no(CsvReader& reader, std::size_t column) {
  return reader.text(column).empty() ? 0 : reader.integer(column, 1, most_room_no).value_or(0);
}

std::vector<DutyRow> read_duties(const std::string& bytes, Encoding encoding, Repetition repetition,
                                 Faults& faults, std::vector<Fault>& warnings) {
  enum Column : std::size_t { venue, room_no, role, id, travel };
  std::vector<DutyRow> rows;
  CsvReader reader("duties.csv", bytes, {{"venue_code"}, {"room_no"}, {"role"}, {"invigilator_id"}, {"travel_m"}},
                   encoding, faults, warnings);
  std::map<std::string, std::uint64_t> line_of;
  while (reader.next()) {
    DutyRow row;
    const auto code = reader.identifier(venue);
    row.room_no = read_room_no(reader, room_no);
    const auto word = reader.word(role, word_lists::duty_role);
    const auto person = reader.identifier(id);
    row.travel_m = reader.integer(travel, 0, most_integer).value_or(0);
    row.line = reader.line();
    if (!code || !word || !person) continue;
    row.venue_code = VenueCode(*code);
    row.role = static_cast<DutyRole>(*word);
    row.invigilator_id = InvigilatorId(*person);
    const auto [first, is_new] = line_of.emplace(*person, reader.line());
    if (!is_new && repetition == Repetition::fault) {
      reader.add_fault(id,
                       {fmt::format("{} stands on line {} already", show(*person), first->second),
                        in_korean("{}[은/는] {}행에 이미 있습니다", show(*person), first->second)},
                       {"keep one of the two duties", "두 위촉 가운데 하나만 남기십시오"});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<UnfilledDutyRow> read_unfilled(const std::string& bytes, Encoding encoding, Faults& faults,
                                           std::vector<Fault>& warnings) {
  enum Column : std::size_t { venue, room_no, role, reason };
  std::vector<UnfilledDutyRow> rows;
  CsvReader reader("unfilled.csv", bytes, {{"venue_code"}, {"room_no"}, {"role"}, {"reason"}}, encoding, faults, warnings);
  while (reader.next()) {
    UnfilledDutyRow row;
    const auto code = reader.identifier(venue);
    row.room_no = read_room_no(reader, room_no);
    const auto word = reader.word(role, word_lists::duty_role);
    const auto why = reader.word(reason, word_lists::unfilled_reason);
    if (!code || !word || !why) continue;
    row.venue_code = VenueCode(*code);
    row.role = static_cast<DutyRole>(*word);
    row.reason = static_cast<UnfilledReason>(*why);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string render_duties(const std::vector<DutyRow>& rows) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; },
                {"venue_code", "room_no", "role", "invigilator_id", "travel_m"});
  for (const DutyRow& row : rows) {
    csv.cell(row.venue_code.text());
    if (row.room_no > 0) {
      csv.cell(row.room_no);
    } else {
      csv.cell("");
    }
    csv.cell(spell(row.role)).cell(row.invigilator_id.text()).cell(row.travel_m).end_row();
  }
  csv.finish();
  return text;
}

std::string render_unfilled(const std::vector<UnfilledDutyRow>& rows) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"venue_code", "room_no", "role", "reason"});
  for (const UnfilledDutyRow& row : rows) {
    csv.cell(row.venue_code.text());
    if (row.room_no > 0) {
      csv.cell(row.room_no);
    } else {
      csv.cell("");
    }
    csv.cell(spell(row.role)).cell(spell(row.reason)).end_row();
  }
  csv.finish();
  return text;
}

DutyRows read_duty_files(const PackedFiles& files, Encoding encoding, Repetition repetition, std::vector<Fault>& warnings) {
  Faults faults;
  DutyRows rows;
  rows.duties = read_duties(files.at("duties.csv"), encoding, repetition, faults, warnings);
  if (const auto file = files.find("unfilled.csv"); file != files.end())
    rows.unfilled = read_unfilled(file->second, encoding, faults, warnings);
  if (const auto file = files.find("report.json"); file != files.end()) {
    rows.has_report = true;
    rows.report = read_duty_report(file->second, faults);
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rows;
}

}  // namespace

DutyRows load_duties(const std::filesystem::path& folder, Encoding encoding, Repetition repetition,
                     std::vector<Fault>& warnings) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("folder_not_found",
                   {fmt::format("{}: no such folder; name the folder with duties.csv", folder.string()),
                    fmt::format("{}: 폴더가 없습니다. duties.csv가 있는 폴더를 적으십시오", folder.string())});
  }
  if (const std::string workbook = find_workbook_of(folder, "duties");
      !workbook.empty() && !std::filesystem::exists(folder / "duties.csv", ignored)) {
    throw NotFound("file_not_found",
                   {fmt::format("{}: no duties.csv in it, but {}; save its sheet as CSV UTF-8 under the name duties.csv",
                                folder.string(), workbook),
                    in_korean("{}: duties.csv가 없고 {}[이/가] 있습니다. 시트를 CSV UTF-8 형식의 duties.csv로 저장하십시오",
                              folder.string(), workbook)});
  }
  PackedFiles files{{"duties.csv", read_file(folder / "duties.csv")}};
  for (const char* name : {"unfilled.csv", "report.json"}) {
    if (std::filesystem::exists(folder / name, ignored)) files[name] = read_file(folder / name);
  }
  return read_duty_files(files, encoding, repetition, warnings);
}

DutyRows load_duties(const std::filesystem::path& folder, Encoding encoding, Repetition repetition) {
  std::vector<Fault> unsaid;
  return load_duties(folder, encoding, repetition, unsaid);
}

DutyRows load_duties(const PackedFiles& files, Encoding encoding, Repetition repetition) {
  std::vector<Fault> unsaid;
  return read_duty_files(files, encoding, repetition, unsaid);
}

PackedFiles pack_duties(const DutyRows& rows, const DutyHistory* history) {
  PackedFiles files{{"duties.csv", render_duties(rows.duties)},
                    {"unfilled.csv", render_unfilled(rows.unfilled)},
                    {"report.json", render_duty_report(rows.report)}};
  if (history != nullptr) {
    DutyHistory saved = *history;
    saved.duties_sha256 = sha256(files["duties.csv"]).hex();
    files["history.json"] = render_duty_history(saved);
  }
  return files;
}

void save_duties(const DutyRows& rows, const std::filesystem::path& folder, Existing existing,
                 const DutyHistory* history) {
  AtomicFolder whole(folder, existing, {"duties.csv", "unfilled.csv", "report.json", "history.json"});
  for (const auto& [name, content] : pack_duties(rows, history)) write_file(whole.folder() / name, content);
  whole.commit();
}

}  // namespace hanjari::package
