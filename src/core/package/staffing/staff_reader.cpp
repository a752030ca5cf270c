// invigilators.csv, conflicts.csv, past_pairs.csv and staffing.json.
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/package/near_codes.h"
#include "hanjari/package/staffing_package.h"
#include "package/addresses/district_column.h"
#include "package/addresses/far_rows.h"
#include "package/addresses/homes.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/exam_tables.h"
#include "package/json_reader.h"
#include "package/packed/unpack.h"
#include "package/sheets/sheet_finder.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

// The first one tells the folder.
constexpr std::array<std::string_view, 7> staff_files{"invigilators.csv", "conflicts.csv",   "past_pairs.csv", "staffing.json",
                                                      "contacts.csv",     "past_duties.csv", "places.csv"};
// What the people are called that are sent as one workbook, which holds a table in each sheet that is called like one.
constexpr std::string_view people_workbook = "people.xlsx";
constexpr std::int64_t most_people = 1'000'000;
constexpr std::int64_t most_duties = 1'000'000;

// Where what is missing is to be put.
struct StaffPlace {
  Text fix;
};

// The codes of one table to which one that is not known may be near; looked at once there is such a one, for an exam has
// millions of people.
class LookedUpCodes {
 public:
  using Fill = std::function<void(NearCodes&)>;

  LookedUpCodes(const char* file, Fill fill) : file_(file), fill_(std::move(fill)) {}
  const char* file() const { return file_; }
  std::optional<NearCode> find_near(std::string_view code) {
    if (!near_) {
      near_.emplace(file_);
      fill_(*near_);
    }
    return near_->find(code);
  }

 private:
  const char* file_;
  Fill fill_;
  std::optional<NearCodes> near_;
};

// Those of a vector whose members have a code or id, and may have a name.
template <class Rows, class Member>
LookedUpCodes codes_of(const char* file, const Rows& rows, Member member) {
  return {file, [&rows, member](NearCodes& codes) {
            for (const auto& row : rows) codes.add((row.*member).text());
          }};
}

template <class Rows, class Member, class Name>
LookedUpCodes codes_of(const char* file, const Rows& rows, Member member, Name name) {
  return {file, [&rows, member, name](NearCodes& codes) {
            for (const auto& row : rows) {
              codes.add((row.*member).text());
              codes.add_name(row.*name, (row.*member).text());
            }
          }};
}

struct StaffReading {
  const PackedFiles& files;
  const StaffPlace& place;
  Encoding encoding;
  const Exam& exam;
  Staff staff;
  KnownCodes ids;
  Faults faults;
  std::vector<Fault> warnings;
  std::uint64_t unknown_pairs = 0;
  std::filesystem::path folder;  // none: the files are in memory
  std::optional<SheetFinder> sheets;

  bool has(const char* name) const { return files.contains(name) || sheets->find(name) != nullptr; }
  bool must_have(const char* name) {
    if (has(name)) return true;
    if (!sheets->may_be_refused(name)) faults.add({name, 0, "", {"the file is missing", "파일이 없습니다"}, how_to_add(name)});
    return false;
  }
  Text how_to_add(std::string_view name) const {
    if (!sheets->any() && !files.contains(std::string(people_workbook))) return place.fix;
    const std::string_view sheet = name.substr(0, name.rfind('.'));
    return {fmt::format("add it, or a sheet called {} to the workbook", sheet),
            fmt::format("파일을 더하거나 통합 문서에 이름이 {}인 시트를 더하십시오", sheet)};
  }
  CsvReader open(const char* name, std::vector<CsvColumn> columns) {
    if (const TableSheet* sheet = sheets->find(name)) return CsvReader(name, *sheet, std::move(columns), faults, warnings);
    return CsvReader(name, files.at(name), std::move(columns), encoding, faults, warnings);
  }
};

std::optional<DutyRoles> read_roles(CsvReader& reader, std::size_t column) {
  if (!reader.has(column)) return std::nullopt;
  if (auto roles = parse_duty_roles(tidy_list(reader.text(column), word_lists::duty_role))) return roles;
  const std::string shown = show(reader.text(column));
  reader.add_fault(
      column, {fmt::format("{} is no list of roles", shown), in_korean("{}[은/는] 역할의 목록이 아닙니다", shown)},
      {"write chief, invigilator, corridor, reserve, each once, joined by semicolons",
       "chief, invigilator, corridor, reserve를 한 번씩 쌍반점으로 이어 적으십시오"});
  return std::nullopt;
}

// Two ids become one where zeros are lost: no advice takes one of two people away.
Text advice_on_same_person() {
  return {"give each of two people their own id and keep both rows; of one person keep the row that is right",
          "두 사람이면 각자의 번호를 주고 두 행을 모두 두십시오. 한 사람이면 맞는 행만 두십시오"};
}

void read_people(StaffReading& reading) {
  enum Column : std::size_t { id, name, organisation, district, lat, lon, roles, past_duties, consent, address };
  if (!reading.must_have("invigilators.csv")) {
    reading.ids.complete = false;
    return;
  }
  CsvReader reader = reading.open("invigilators.csv", {{"invigilator_id"},
                                                       {"name"},
                                                       {"organisation"},
                                                       {"district_code"},
                                                       {"lat", Presence::optional},
                                                       {"lon", Presence::optional},
                                                       {"roles"},
                                                       {"past_duties"},
                                                       {"consent"},
                                                       {"address", Presence::optional}});
  Homes homes(reader, {lat, lon, address});
  if (homes.wants_places() && reading.has("places.csv")) {
    CsvReader places = reading.open("places.csv", Places::columns());
    homes.read_places(places);
  }
  constexpr std::string_view answers[] = {"yes", "no"};
  DistrictColumn districts(reader, district);
  const auto far = far_points_of(reading.exam);
  while (reader.next()) {
    Invigilator person;
    const auto code = read_new_code(reader, id, reading.ids, reading.staff.people.size(), advice_on_same_person());
    person.name = reader.words(name, Presence::required).value_or("");
    person.organisation = reader.words(organisation, Presence::optional).value_or("");
    if (!reader.text(district).empty()) person.district_code = districts.read().value_or("");
    person.home = homes.read(person.district_code);
    tell_far_point(reader, lat, person.home, far);
    person.roles = read_roles(reader, roles).value_or(DutyRoles());
    person.past_duties = reader.integer(past_duties, 0, most_duties).value_or(0);
    person.consent = reader.word(consent, answers).value_or(1) == 0;
    if (!code) continue;
    person.id = InvigilatorId(*code);
    reading.staff.people.push_back(std::move(person));
  }
  if (reader.broken_rows() > 0 || !reader.has_header()) reading.ids.complete = false;
  homes.tell(reading.warnings);
  fault_if_without_rows(reader);
  if (std::ssize(reading.staff.people) > most_people) {
    reading.faults.add({"invigilators.csv",
                        0,
                        "",
                        {"the file has more than 1,000,000 people", "1,000,000명이 넘습니다"},
                        {"split it by area", "지역별로 나누십시오"}});
  }
}

InvigilatorIndex find_person(StaffReading& reading, CsvReader& reader, std::size_t column) {
  const auto at = find_known(reader, column, reading.ids, "invigilators.csv");
  return at ? InvigilatorIndex(std::size_t{*at}) : InvigilatorIndex::none();
}

// A code of the exam; a fault when there is none. A row that is near to somebody is not to be removed: the conflict holds.
template <class Code>
auto find_in_exam(const Exam& exam, CsvReader& reader, std::size_t column, LookedUpCodes& codes) {
  const auto text = reader.identifier(column);
  decltype(exam.find(Code())) index;
  if (!text) return index;
  index = exam.find(Code(*text));
  if (index.exists()) return index;
  if (auto near = codes.find_near(*text)) {
    reader.add_fault(column, std::move(near->what), std::move(near->fix));
    return index;
  }
  reader.add_fault(column,
                   {fmt::format("{} does not stand in {} of the exam", show(*text), codes.file()),
                    in_korean("{}[은/는] 시험 묶음의 {}에 없습니다", show(*text), codes.file())},
                   {"correct the code, or remove the row if it is of no more account",
                    "코드를 고치거나, 더는 상관없는 행이면 지우십시오"});
  return index;
}

void fault_of_self(CsvReader& reader, std::size_t column) {
  reader.add_fault(column,
                   {fmt::format("{} stands twice in the row", show(reader.text(column))),
                    in_korean("{}[이/가] 한 행에 두 번 있습니다", show(reader.text(column)))},
                   {"name two different people", "서로 다른 두 사람을 적으십시오"});
}

void read_conflicts(StaffReading& reading) {
  enum Column : std::size_t { id, kind, of, reason };
  if (!reading.has("conflicts.csv")) return;
  CsvReader reader = reading.open("conflicts.csv", {{"invigilator_id"}, {"kind"}, {"of"}, {"reason"}});
  const Exam& exam = reading.exam;
  LookedUpCodes applicants = codes_of("applicants.csv", exam.applicants, &Applicant::id);
  LookedUpCodes venues = codes_of("venues.csv", exam.venues, &Venue::code, &Venue::name);
  LookedUpCodes units = codes_of("units.csv", exam.units, &Unit::code, &Unit::series_ko);
  while (reader.next()) {
    DutyConflict conflict;
    conflict.invigilator = find_person(reading, reader, id);
    conflict.reason = reader.words(reason, Presence::optional).value_or("");
    const auto word = reader.word(kind, word_lists::duty_conflict_kind);
    if (!word) continue;
    conflict.kind = static_cast<DutyConflictKind>(*word);
    switch (conflict.kind) {
      case DutyConflictKind::applicant:
        conflict.applicant = find_in_exam<ApplicantId>(exam, reader, of, applicants);
        break;
      case DutyConflictKind::invigilator:
        conflict.other = find_person(reading, reader, of);
        if (conflict.other.exists() && conflict.other == conflict.invigilator) fault_of_self(reader, of);
        break;
      case DutyConflictKind::venue:
        conflict.venue = find_in_exam<VenueCode>(exam, reader, of, venues);
        break;
      case DutyConflictKind::unit:
        conflict.unit = find_in_exam<UnitCode>(exam, reader, of, units);
        break;
    }
    reading.staff.conflicts.push_back(std::move(conflict));
  }
}

void read_past_pairs(StaffReading& reading) {
  enum Column : std::size_t { first, second };
  if (!reading.has("past_pairs.csv")) return;
  CsvReader reader = reading.open("past_pairs.csv", {{"first"}, {"second"}});
  // Whether an id stands for somebody's: their pair would be passed over as that of people who are not asked.
  const auto is_meant_otherwise = [&](std::size_t column, std::string_view id) {
    auto near = reading.ids.find_near(id, "invigilators.csv");
    if (near) reader.add_fault(column, std::move(near->what), std::move(near->fix));
    return near.has_value();
  };
  while (reader.next()) {
    const auto one = reader.identifier(first);
    const auto other = reader.identifier(second);
    if (!one || !other) continue;
    if (*one == *other) {
      fault_of_self(reader, second);
      continue;
    }
    const auto at_one = reading.ids.rows.find(*one);
    const auto at_other = reading.ids.rows.find(*other);
    if (at_one == reading.ids.rows.end() || at_other == reading.ids.rows.end()) {
      const bool one_is_meant = at_one == reading.ids.rows.end() && is_meant_otherwise(first, *one);
      const bool other_is_meant = at_other == reading.ids.rows.end() && is_meant_otherwise(second, *other);
      if (one_is_meant || other_is_meant) continue;
      ++reading.unknown_pairs;  // who is not asked this time
      continue;
    }
    reading.staff.past_pairs.push_back({InvigilatorIndex(std::size_t{at_one->second.position}),
                                        InvigilatorIndex(std::size_t{at_other->second.position})});
  }
  if (reading.unknown_pairs == 0 || !reading.ids.complete) return;
  reading.warnings.push_back(
      {"past_pairs.csv",
       0,
       "",
       {fmt::format("{} somebody who is not in invigilators.csv",
                    count_of(static_cast<long long>(reading.unknown_pairs), "pair names", "pairs name")),
        fmt::format("{}쌍에 invigilators.csv에 없는 사람이 있습니다", reading.unknown_pairs)},
       {"they are not used", "사용하지 않습니다"}});
}

void read_rules_of(JsonFile& file, StaffingRules& rules) {
  JsonObject root(file, file.root());
  JsonObject room = root.object("per_room");
  rules.chiefs_per_room = room.integer("chief", 0, 20).value_or(rules.chiefs_per_room);
  rules.invigilators_per_room = room.integer("invigilator", 0, 20).value_or(rules.invigilators_per_room);
  room.warn_of_unknown_keys();
  rules.second_invigilator_above = root.integer_or_null("second_invigilator_above", 0, 100'000);
  JsonObject reserve = root.object("reserve_per_venue");
  rules.reserves_at_least = reserve.integer("at_least", 0, 1'000).value_or(rules.reserves_at_least);
  rules.reserve_per_rooms = reserve.integer("per_rooms", 1, 100'000).value_or(rules.reserve_per_rooms);
  reserve.warn_of_unknown_keys();
  rules.corridor_per_floor = root.integer("corridor_per_floor", 0, 100).value_or(rules.corridor_per_floor);
  rules.same_organisation_in_room = root.flag("same_organisation_in_room").value_or(rules.same_organisation_in_room);
  rules.own_school_excluded = root.flag("own_school_excluded").value_or(rules.own_school_excluded);
  JsonObject reach = root.object("conflict_reach");
  const auto take = [&](const char* key, ConflictReach& target) {
    if (const auto word = reach.word(key, word_lists::conflict_reach)) target = static_cast<ConflictReach>(*word);
  };
  if (reach.has("applicant")) take("applicant", rules.applicant_reach);
  if (reach.has("invigilator")) take("invigilator", rules.invigilator_reach);
  reach.warn_of_unknown_keys();
  root.warn_of_unknown_keys();
}

// The rules from their file, or from the sheet that holds them.
void read_rules(StaffReading& reading) {
  const char* name = "staffing.json";
  if (!reading.must_have(name)) return;
  const TableSheet* sheet = reading.sheets->find(name);
  if (sheet == nullptr) {
    JsonFile file(name, reading.files.at(name), reading.encoding, reading.faults, reading.warnings);
    read_rules_of(file, reading.staff.rules);
    return;
  }
  Faults faults;
  std::vector<Fault> warnings;
  const SheetObject object = read_sheet_object(*sheet);
  JsonFile file(name, object.text, faults, warnings);
  read_rules_of(file, reading.staff.rules);
  tell_of_sheet(*sheet, object, faults, reading.faults);
  tell_of_sheet(*sheet, object, warnings, reading.warnings);
}

LoadedStaff read_staff(const Exam& exam, const PackedFiles& files, const StaffPlace& place, Encoding encoding) {
  StaffReading reading{.files = files, .place = place, .encoding = encoding, .exam = exam};
  reading.sheets.emplace(reading.folder, &files, staff_sheet_names(), nullptr, reading.faults, reading.warnings);
  read_people(reading);
  read_conflicts(reading);
  read_past_pairs(reading);
  read_rules(reading);
  if (!reading.faults.empty()) throw InvalidInput(std::move(reading.faults));
  make_canonical(reading.staff);
  return {std::move(reading.staff), std::move(reading.warnings)};
}

}  // namespace

LoadedStaff load_staff(const Exam& exam, const PackedFiles& files, Encoding encoding) {
  return read_staff(exam, files, {{"put it into the ZIP file", "ZIP 파일에 넣으십시오"}}, encoding);
}

PackedFiles unpack_staff(std::string_view zip, const UnpackLimits& limits) {
  return unpack(zip, limits,
                {staff_files,
                 staff_files.front(),
                 people_workbook,
                 {"list of people who may invigilate", "감독관 명단"},
                 {"send fewer people at a time", "나누어 보내십시오"}});
}

StaffingRules load_staffing_rules(const std::string& json) {
  Faults faults;
  std::vector<Fault> warnings;
  JsonFile file("staffing.json", json, faults, warnings);
  StaffingRules rules;
  read_rules_of(file, rules);
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return rules;
}

std::vector<StaffContact> load_staff_contacts(const PackedFiles& files, Encoding encoding,
                                              std::vector<Fault>& warnings) {
  enum Column : std::size_t { id, email, phone };
  std::vector<StaffContact> contacts;
  Faults faults;
  std::vector<Fault> told_before;  // of the workbooks, when the people were read
  const std::filesystem::path nowhere;
  const SheetFinder sheets(nowhere, &files, staff_sheet_names(), nullptr, faults, told_before);
  const TableSheet* sheet = sheets.find("contacts.csv");
  const auto file = files.find("contacts.csv");
  const auto read = [&](CsvReader reader) {
    KnownCodes known;
    while (reader.next()) {
      const auto code = read_new_code(reader, id, known, contacts.size(), advice_on_same_person());
      if (!code) continue;
      contacts.push_back({InvigilatorId(*code), reader.words(email, Presence::optional).value_or(""),
                          reader.words(phone, Presence::optional).value_or(""), reader.line()});
    }
  };
  std::vector<CsvColumn> columns{{"invigilator_id"}, {"email"}, {"phone", Presence::optional}};
  if (sheet != nullptr) {
    read(CsvReader("contacts.csv", *sheet, std::move(columns), faults, warnings));
  } else if (file != files.end()) {
    read(CsvReader("contacts.csv", file->second, std::move(columns), encoding, faults, warnings));
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
  return contacts;
}

LoadedStaff load_staff(const Exam& exam, const std::filesystem::path& folder, Encoding encoding) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    throw NotFound("folder_not_found",
                   {fmt::format("{}: no such folder; name the folder with invigilators.csv", folder.string()),
                    fmt::format("{}: 폴더가 없습니다. invigilators.csv가 있는 폴더를 적으십시오", folder.string())});
  }
  PackedFiles files;
  for (const std::string_view name : staff_files) {
    if (std::filesystem::exists(folder / name, ignored)) files[std::string(name)] = read_file(folder / name);
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file(ignored) && is_valid_utf8(name) && is_workbook_name(name)) files[name] = read_file(entry.path());
  }
  return read_staff(exam, files,
                    {{fmt::format("put it into {}", folder.string()), fmt::format("{} 폴더에 두십시오", folder.string())}},
                    encoding);
}

}  // namespace hanjari::package
