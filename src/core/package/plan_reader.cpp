// Reading a plan as its files say it, and resolving it against an exam.
#include <algorithm>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/plan_forms.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/csv/typed_codes.h"
#include "package/plan_report.h"

namespace hanjari::package {
namespace {

constexpr std::int64_t any_number = 1'000'000'000'000;

// What sha256sum says of the file.
std::string digest_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), &std::fclose);
  Sha256 digest;
  std::string block(1 << 18, '\0');
  while (file != nullptr) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    digest.update(std::string_view(block).substr(0, count));
    if (count < block.size()) break;
  }
  return digest.finish().hex();
}

void read_placements(const std::filesystem::path& path, Encoding encoding, Faults& faults, std::vector<Fault>& warnings,
                     CodesOfPlan codes, std::vector<PlacementRow>& rows) {
  enum Column : std::size_t { id, number, unit, venue, room, seat, row, column, booklet, travel };
  CsvReader reader(path,
                   {{"applicant_id"},
                    {"applicant_number"},
                    {"unit_code"},
                    {"venue_code"},
                    {"room_no"},
                    {"seat_no"},
                    {"row"},
                    {"column"},
                    {"booklet"},
                    {"travel_m"}},
                   encoding, faults, warnings);
  while (reader.next()) {
    PlacementRow placed;
    const auto whole = [&](std::size_t at) { return reader.integer(at, -any_number, any_number).value_or(0); };
    placed.applicant_id = ApplicantId(read_typed_code(reader, id, codes));
    placed.applicant_number = ApplicantNumber(read_typed_code(reader, number, codes));
    placed.unit_code = UnitCode(read_typed_code(reader, unit, codes));
    placed.venue_code = VenueCode(read_typed_code(reader, venue, codes));
    placed.room_no = whole(room);
    placed.seat_no = whole(seat);
    placed.row = whole(row);
    placed.column = whole(column);
    placed.booklet = read_typed_code(reader, booklet, codes);
    placed.travel_m = whole(travel);
    placed.line = reader.line();
    rows.push_back(std::move(placed));
  }
}

// What happened to codes of the plan that the exam does not know, if they are near those that it knows.
class MeantByPlan {
 public:
  explicit MeantByPlan(const Exam& exam) : exam_(exam) {}

  std::optional<NearCode> find(std::string_view column, std::string_view value) {
    if (column == "venue_code") {
      if (!venues_) {
        fill(venues_.emplace("venues.csv"), exam_.venues, &Venue::code);
        for (const Venue& venue : exam_.venues) venues_->add_name(venue.name, venue.code.text());
      }
      return venues_->find(value);
    }
    if (column != "applicant_id") return std::nullopt;
    if (!people_) fill(people_.emplace("applicants.csv"), exam_.applicants, &Applicant::id);
    return people_->find(value);
  }

 private:
  template <class Rows, class Member>
  static void fill(NearCodes& codes, const Rows& rows, Member member) {
    for (const auto& row : rows) codes.add((row.*member).text());
  }

  const Exam& exam_;
  std::optional<NearCodes> venues_;  // once a code is not known
  std::optional<NearCodes> people_;
};

}  // namespace

std::string find_workbook_of(const std::filesystem::path& folder, std::string_view table) {
  std::error_code ignored;
  std::string found;
  for (std::filesystem::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) {
    if (ignored) break;
    const std::filesystem::path path = entry->path();
    const std::string ending = in_lower_case(path.extension().string());
    const bool is_workbook = ending == ".xlsx" || ending == ".xlsm" || ending == ".xls" || ending == ".ods";
    if (!is_workbook || in_lower_case(path.stem().string()) != table) continue;
    const std::string name = path.filename().string();
    if (found.empty() || name < found) found = name;  // the folder may give them in any order
  }
  return found;
}

PlanRows load_plan_rows(const std::filesystem::path& folder, Encoding encoding, std::vector<Fault>& warnings, CodesOfPlan codes) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(folder / "placements.csv", ignored)) {
    if (const std::string workbook = find_workbook_of(folder, "placements"); !workbook.empty()) {
      throw NotFound("plan_not_found",
                     {fmt::format("{}: no placements.csv in it, but {}; save its sheet as CSV UTF-8 under the name placements.csv",
                                  folder.string(), workbook),
                      in_korean("{}: placements.csv가 없고 {}[이/가] 있습니다. 시트를 CSV UTF-8 형식의 placements.csv로 저장하십시오",
                                folder.string(), workbook)});
    }
    throw NotFound("plan_not_found",
                   {fmt::format("{}: no placements.csv in it; name the folder of a plan", folder.string()),
                    fmt::format("{}: placements.csv가 없습니다. 배정안의 폴더를 적으십시오", folder.string())});
  }
  PlanRows rows;
  Faults faults;
  std::vector<Fault> unsaid;  // of files that nobody writes by hand
  read_placements(folder / "placements.csv", encoding, faults, warnings, codes, rows.placements);
  if (const auto path = folder / "unseated.csv"; std::filesystem::exists(path, ignored)) {
    CsvReader reader(path, {{"applicant_id"}, {"reason"}, {"detail", Presence::optional}}, encoding, faults, warnings);
    while (reader.next())
      rows.unseated.push_back({ApplicantId(read_typed_code(reader, 0, codes)), read_typed_code(reader, 1, codes), std::string(reader.text(2))});
  }
  if (const auto path = folder / "over_detour.csv"; std::filesystem::exists(path, ignored)) {
    CsvReader reader(path, {{"applicant_id"}, {"travel_m"}, {"detour_m"}}, encoding, faults, warnings);
    while (reader.next())
      rows.over_detour.push_back({ApplicantId(read_typed_code(reader, 0, codes)), reader.integer(1, -any_number, any_number).value_or(0),
                                  reader.integer(2, -any_number, any_number).value_or(0)});
  }
  if (const auto path = folder / "venue_names.csv"; std::filesystem::exists(path, ignored)) {
    CsvReader reader(path, {{"venue_code"}, {"name"}, {"address", Presence::optional}}, encoding, faults, unsaid);
    while (reader.next()) {
      rows.venue_names.push_back(
          {VenueCode(read_typed_code(reader, 0, codes)), std::string(reader.text(1)), std::string(reader.text(2))});
    }
  }
  if (const auto path = folder / "report.json"; std::filesystem::exists(path, ignored)) {
    JsonFile file(path, encoding, faults, unsaid);
    read_report(file, rows);
    rows.has_report = true;
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  rows.digest = digest_file(folder / "placements.csv");
  return rows;
}

PlanRows load_plan_rows(const std::filesystem::path& folder, Encoding encoding) {
  std::vector<Fault> unsaid;
  return load_plan_rows(folder, encoding, unsaid);
}

std::optional<PlanRows> load_published(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder / "published", ignored)) return std::nullopt;
  return load_plan_rows(folder / "published");
}

Plan resolve_plan(const Exam& exam, const PlanRows& rows) {
  Faults faults;
  RepeatedFaults repeated;
  MeantByPlan meant(exam);
  const auto unknown = [&](const char* file, std::uint64_t line, const char* column, std::string_view value) {
    Fault fault{file,
                line,
                column,
                {fmt::format("{} does not stand in the exam", show(value)),
                 in_korean("{}[은/는] 시험에 없습니다", show(value))},
                {"give the plan of this exam", "이 시험의 배정안을 주십시오"}};
    if (auto near = meant.find(column, value)) {
      fault.what = std::move(near->what);
      fault.fix = std::move(near->fix);
    }
    repeated.add(std::move(fault));
  };
  std::vector<std::uint64_t> line_of(exam.applicants.size(), 0);  // where everybody stands; 1 for no line
  const auto take = [&](ApplicantIndex applicant, const char* file, std::uint64_t line) {
    std::uint64_t& known = line_of[applicant.value];
    if (known == 0) {
      known = line == 0 ? 1 : line;
      return true;
    }
    repeated.add({file,
                  line,
                  "applicant_id",
                  {fmt::format("{} stands in the plan twice", show(exam[applicant].id.text())),
                   in_korean("{}[이/가] 배정안에 두 번 있습니다", show(exam[applicant].id.text()))},
                  {"keep one of the two", "하나만 남기십시오"}});
    return false;
  };

  Plan plan;
  plan.placements.reserve(rows.placements.size());
  for (const PlacementRow& row : rows.placements) {
    Placement placed;
    placed.applicant = exam.find(row.applicant_id);
    if (!placed.applicant.exists()) {
      unknown("placements.csv", row.line, "applicant_id", row.applicant_id.text());
      continue;
    }
    placed.venue = exam.find(row.venue_code);
    if (!placed.venue.exists()) {
      unknown("placements.csv", row.line, "venue_code", row.venue_code.text());
      continue;
    }
    placed.room = row.room_no >= 1 && row.room_no <= std::numeric_limits<int>::max()
                      ? exam.find(placed.venue, static_cast<int>(row.room_no))
                      : RoomIndex::none();
    if (!placed.room.exists()) {
      unknown("placements.csv", row.line, "room_no", std::to_string(row.room_no));
      continue;
    }
    const Room& room = exam[placed.room];
    const bool has_desk = row.row >= 1 && row.row <= room.row_count && row.column >= 1 &&
                          row.column <= room.column_count && row.seat_no >= 1 &&
                          row.seat_no <= std::int64_t{room.row_count} * room.column_count;
    if (!has_desk) {
      unknown("placements.csv", row.line, "seat_no",
              fmt::format("seat {} at desk {}-{}", row.seat_no, row.row, row.column));
      continue;
    }
    if (row.booklet.size() != 1 || row.booklet[0] < 'A' || row.booklet[0] > 'D') {
      unknown("placements.csv", row.line, "booklet", row.booklet);
      continue;
    }
    if (!take(placed.applicant, "placements.csv", row.line)) continue;
    placed.number = row.applicant_number;
    placed.seat_no = static_cast<int>(row.seat_no);
    placed.desk = {static_cast<int>(row.row), static_cast<int>(row.column)};
    placed.booklet = row.booklet[0];
    placed.travel_m = row.travel_m;
    plan.placements.push_back(std::move(placed));
  }
  for (const UnseatedRow& row : rows.unseated) {
    const ApplicantIndex applicant = exam.find(row.applicant_id);
    if (!applicant.exists()) {
      unknown("unseated.csv", 0, "applicant_id", row.applicant_id.text());
    } else if (take(applicant, "unseated.csv", 0)) {
      plan.unseated.push_back({applicant, row.reason, {row.detail, row.detail}});
    }
  }
  for (const OverDetourRow& row : rows.over_detour) {
    const ApplicantIndex applicant = exam.find(row.applicant_id);
    if (applicant.exists()) {
      plan.over_detour.push_back({applicant, row.travel_m, row.detour_m});
    } else {
      unknown("over_detour.csv", 0, "applicant_id", row.applicant_id.text());
    }
  }
  repeated.hand_over(faults);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  const auto by_applicant = [](const auto& a, const auto& b) { return a.applicant < b.applicant; };
  std::sort(plan.placements.begin(), plan.placements.end(), by_applicant);
  std::sort(plan.unseated.begin(), plan.unseated.end(), by_applicant);
  std::sort(plan.over_detour.begin(), plan.over_detour.end(), by_applicant);
  plan.report = rows.report;
  for (const KeepApartRow& row : rows.keep_apart_broken) {
    const ApplicantIndex first = exam.find(row.first);
    const ApplicantIndex second = exam.find(row.second);
    if (first.exists() && second.exists()) plan.report.keep_apart_broken.push_back({row.word, first, second, {}});
  }
  plan.digest = rows.digest;
  count_used_seats(exam.policy, plan.placements);
  plan.history = rows.history;
  return plan;
}

}  // namespace hanjari::package
