// applicants.csv, travel.csv, pins.csv: the tables about people, which may have millions of rows.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/near_codes.h"
#include "package/addresses/district_column.h"
#include "package/addresses/homes.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/exam_tables.h"
#include "package/word_lists.h"

namespace hanjari::package {
namespace {

std::uint64_t mix(std::uint64_t key) {
  key *= 0x9e3779b97f4a7c15ULL;
  return key ^ key >> 32;
}

void check_birth_day(CsvReader& reader, std::size_t column, std::optional<Date> birth_on, const ExamReading& reading) {
  if (!birth_on) return;
  const auto exam_on = reading.knows_exam_day ? std::optional(reading.exam.header.exam_on) : std::nullopt;
  if (auto fault = find_birth_fault(*birth_on, exam_on))
    reader.add_fault(column, std::move(fault->what), std::move(fault->fix));
}

// Two rows with one id. Whether they are one person twice or two people is for whoever knows them: a person must not be
// deleted for a number that was mistyped or rounded.
void tell_same_id(CsvReader& reader, std::size_t column, const Applicant& first, std::uint64_t line,
                  const Applicant& second) {
  const std::string id = show(second.id.text());
  // Spreadsheets keep fifteen digits and write zeros for the rest.
  const std::string_view number = second.id.text();
  if (number.size() > 15 && number.find_first_not_of("0123456789") == std::string_view::npos &&
      number.find_first_not_of('0', 15) == std::string_view::npos) {
    IdentifierFault fault = rounded_number_fault(number);
    reader.add_fault(column, std::move(fault.what), std::move(fault.fix));
    return;
  }
  const bool one_person = first.name == second.name && first.birth_on == second.birth_on && first.sex == second.sex;
  if (!one_person) {
    reader.add_fault(
        column,
        {fmt::format("{} stands on line {} already, for another person (name, birth or sex differ)", id, line),
         in_korean("{}[은/는] {}행에 이미 있는데 다른 사람입니다(성명, 생년월일이나 성별이 다름)", id, line)},
        {"give each of the two people their own id; keep both rows",
         "두 사람에게 각자의 번호를 주고 두 행을 모두 두십시오"});
  } else if (first.unit != second.unit) {
    reader.add_fault(column,
                     {fmt::format("{} stands on line {} already, with another unit", id, line),
                      in_korean("{}[은/는] {}행에 이미 있는데 모집단위가 다릅니다", id, line)},
                     {"ask which application counts; give each its own id if both do",
                      "어느 원서가 유효한지 확인하고, 둘 다 유효하면 각각 다른 번호를 주십시오"});
  } else {
    reader.add_fault(column,
                     {fmt::format("{} stands on line {} already, the same person again", id, line),
                      in_korean("{}[은/는] {}행에 이미 있는 같은 사람입니다", id, line)},
                     {"keep the row that is right, once", "맞는 행 하나만 두십시오"});
  }
}

std::optional<Accommodation> read_accommodation_list(CsvReader& reader, std::size_t column) {
  std::string unread;
  if (const auto known = read_accommodations(reader.text(column), unread)) return known;
  const std::string list = show(reader.text(column));
  const Text known = list_of_accommodations();
  Text what{fmt::format("{} is no list of accommodations", list), in_korean("{}[은/는] 편의지원의 목록이 아닙니다", list)};
  if (!unread.empty()) {
    what = {fmt::format("{} is no accommodation known here", show(unread)),
            in_korean("{}[은/는] 알 수 없는 편의지원입니다", show(unread))};
  }
  reader.add_fault(column, std::move(what),
                   {"join by semicolons, each once, with one extra time at most: " + known.en,
                    "한 번씩, 시간연장은 하나까지 쌍반점으로 이어 적으십시오: " + known.ko});
  return std::nullopt;
}

// A word for "none" in every row would be one group of everybody.
WordIndex read_keep_apart(CsvReader& reader, std::size_t column, Words& words) {
  if (reader.text(column).empty()) return empty_word;
  std::string typed = clean_signs(reader.text(column));
  std::erase(typed, ' ');
  for (const std::string_view none : {"없음", "해당없음", "해당사항없음", "-"}) {
    if (typed == none) return empty_word;
  }
  return read_word(reader, column, words);
}

std::string read_photo(CsvReader& reader, std::size_t column) {
  if (reader.text(column).empty()) return {};
  const auto photo = reader.words(column, Presence::optional, 200);
  if (!photo) return {};
  if (photo->find_first_of("/\\") != std::string::npos || photo->front() == '.') {
    reader.add_fault(column,
                     {fmt::format("{} is more than a file name", show(*photo)),
                      in_korean("{}[은/는] 파일 이름만이 아닙니다", show(*photo))},
                     {"give the name without folders", "폴더 없이 이름만 적으십시오"});
  }
  return *photo;
}

// Districts of applicants that no venue is in: a wrong code, or people who have far to go.
void warn_of_lonely_districts(ExamReading& reading) {
  const Exam& exam = reading.exam;
  std::vector<char> has_venue(exam.words.size(), 0);
  has_venue[empty_word.value] = 1;
  for (const Venue& venue : exam.venues) has_venue[venue.district.value] = 1;
  std::vector<std::uint64_t> people(exam.words.size(), 0);
  for (const Applicant& applicant : exam.applicants) ++people[applicant.district.value];
  std::vector<std::string> codes;
  std::uint64_t total = 0;
  for (std::uint32_t word = 0; word < people.size(); ++word) {
    if (people[word] == 0 || has_venue[word] != 0) continue;
    codes.push_back(exam.words[WordIndex(word)]);
    total += people[word];
  }
  if (codes.empty()) return;
  std::sort(codes.begin(), codes.end());
  std::string list;
  for (std::size_t at = 0; at < std::min<std::size_t>(codes.size(), 5); ++at) list += (at > 0 ? ", " : "") + name_of_district(codes[at]).en;
  std::string list_ko;
  for (std::size_t at = 0; at < std::min<std::size_t>(codes.size(), 5); ++at)
    list_ko += (at > 0 ? ", " : "") + name_of_district(codes[at]).ko;
  if (codes.size() > 5) {
    list += ", ...";
    list_ko += ", ...";
  }
  const auto count = static_cast<long long>(total);
  reading.hints.push_back({"applicants.csv",
                           0,
                           "district_code",
                           {fmt::format("{} {} in districts without a venue ({})", count_people(count),
                                        word_for(count, "lives", "live"), list),
                            fmt::format("시험장이 없는 시군구에 {}명이 삽니다({})", group_digits(count), list_ko)},
                           {"check the codes against venues.csv", "venues.csv의 코드와 맞는지 확인하십시오"}});
}

}  // namespace

void read_applicants(ExamReading& reading) {
  enum Column : std::size_t {
    id,
    unit_code,
    name,
    birth_on,
    sex,
    lat,
    lon,
    district,
    accommodation,
    keep_apart,
    origin,
    electives,
    photo,
    routing,
    address
  };
  if (!find_file(reading, "applicants.csv")) return;
  CsvReader reader = open_table(reading, "applicants.csv",
                   {{"applicant_id"},
                    {"unit_code"},
                    {"name"},
                    {"birth_on"},
                    {"sex"},
                    {"lat", Presence::optional},
                    {"lon", Presence::optional},
                    {"district_code"},
                    {"accommodation"},
                    {"keep_apart"},
                    {"origin", Presence::optional},
                    {"electives", Presence::optional},
                    {"photo", Presence::optional},
                    {"routing", Presence::optional},
                    {"address", Presence::optional}});
  Homes homes(reader, {lat, lon, address});
  if (homes.wants_places() && has_file(reading, "places.csv")) {
    CsvReader places = open_table(reading, "places.csv", Places::columns());
    homes.read_places(places);
  }
  reading.progress.stage({"reading applicants", "응시자 읽는 중"}, size_of_file(reading, "applicants.csv"));
  std::vector<Applicant>& applicants = reading.exam.applicants;
  DistrictColumn districts(reader, district);
  while (reader.next()) {
    report_progress(reader, reading.progress);
    Applicant applicant;
    const auto own = reader.identifier(id);
    if (const auto unit = find_known(reader, unit_code, reading.units, "units.csv")) applicant.unit = UnitIndex(*unit);
    applicant.name = reader.words(name, Presence::required).value_or("");
    if (!applicant.name.empty()) {
      if (auto fault = find_name_fault(applicant.name)) reader.add_fault(name, std::move(fault->what), std::move(fault->fix));
    }
    const auto born = reader.date(birth_on);
    check_birth_day(reader, birth_on, born, reading);
    applicant.birth_on = born.value_or(Date{});
    if (const auto at = reader.word(sex, word_lists::sex)) applicant.sex = *at == 0 ? Sex::male : Sex::female;
    applicant.district = districts.read_word(reading.exam.words);
    applicant.home = homes.read(reading.exam.words[applicant.district]);
    if (const std::string_view list = reader.text(accommodation); !list.empty()) {
      applicant.accommodation = read_accommodation_list(reader, accommodation).value_or(Accommodation{});
    }
    applicant.keep_apart = read_keep_apart(reader, keep_apart, reading.exam.words);
    applicant.origin = read_word(reader, origin, reading.exam.words);
    if (const auto chosen = reader.words(electives, Presence::optional, longest_electives); chosen && !chosen->empty())
      applicant.electives = reading.exam.words.intern(*chosen);
    applicant.photo = read_photo(reader, photo);
    if (reader.has(routing)) {
      if (const auto at = reader.word(routing, word_lists::routing))
        applicant.routing = *parse_word<Routing>(word_lists::routing[*at]);
    }
    if (!own) continue;
    applicant.id = ApplicantId(*own);
    const std::uint64_t hash = std::hash<std::string_view>{}(*own);
    const auto is_same = [&](std::uint32_t position) { return applicants[position].id.text() == *own; };
    const std::uint32_t known = reading.applicant_lines.find(hash, is_same);
    const std::uint64_t first = reading.applicant_lines.add(hash, reader.line(), is_same);
    if (known != FirstLines::nowhere) tell_same_id(reader, id, applicants[known], first, applicant);
    if (const std::string* written = districts.name())
      reading.named_applicants[*written].push_back(static_cast<std::uint32_t>(applicants.size()));
    applicants.push_back(std::move(applicant));
  }
  homes.tell(reading.warnings);
  reading.places = homes.list_places();
  fault_if_without_rows(reader);
  warn_of_lonely_districts(reading);
}

void read_travel(ExamReading& reading) {
  enum Column : std::size_t { origin, venue_code, metres };
  const bool exists = has_file(reading, "travel.csv");
  if (reading.exam.policy.travel == TravelSource::haversine) {
    if (exists) {
      reading.warnings.push_back(
          {"travel.csv",
           0,
           "",
           {"not read, because policy.json says haversine", "policy.json의 travel이 haversine이라 읽지 않았습니다"},
           {"write \"travel\": \"table\" there to use it",
            "쓰려면 policy.json에 \"travel\": \"table\"이라 적으십시오"}});
    }
    return;
  }
  std::vector<TravelRow>& rows = reading.exam.travel;
  if (exists) {
    CsvReader reader = open_table(reading, "travel.csv", {{"origin"}, {"venue_code"}, {"metres"}});
    reading.progress.stage({"reading travel", "이동 거리 읽는 중"}, size_of_file(reading, "travel.csv"));
    FirstLines lines;
    while (reader.next()) {
      report_progress(reader, reading.progress);
      const auto from = reader.words(origin, Presence::required, 200);
      const auto venue = find_known(reader, venue_code, reading.venues, "venues.csv");
      const auto distance = reader.integer(metres, 0, 50'000'000);
      if (!from || !venue) continue;
      const TravelRow row{reading.exam.words.intern(*from), VenueIndex(*venue), distance.value_or(0)};
      const std::uint64_t key = static_cast<std::uint64_t>(row.origin.value) << 32 | row.venue.value;
      const std::uint64_t first = lines.add(mix(key), reader.line(), [&](std::uint32_t position) {
        return rows[position].origin == row.origin && rows[position].venue == row.venue;
      });
      if (first > 0) {
        reader.add_fault(
            {fmt::format("the pair {} and {} stands on line {} already", show(*from), show(reader.text(venue_code)),
                         first),
             in_korean("{}[과/와] {}의 짝은 {}행에 이미 있습니다", show(*from), show(reader.text(venue_code)), first)},
            {"remove one of the two rows", "둘 가운데 하나를 지우십시오"});
      }
      rows.push_back(row);
    }
  }
  std::vector<char> listed(reading.exam.words.size(), 0);
  for (const TravelRow& row : rows) listed[row.origin.value] = 1;
  const auto unlisted =
      std::count_if(reading.exam.applicants.begin(), reading.exam.applicants.end(), [&](const Applicant& applicant) {
        return applicant.origin == empty_word || listed[applicant.origin.value] == 0;
      });
  if (unlisted > 0) {
    const auto count = static_cast<long long>(unlisted);
    reading.warnings.push_back({"applicants.csv",
                                0,
                                "origin",
                                {fmt::format("{} {} no origin in travel.csv", count_people(count), word_for(count, "has", "have")),
                                 fmt::format("{}명의 출발지가 travel.csv에 없습니다", group_digits(count))},
                                {"for them the distance as the crow flies is used", "이들은 직선거리로 계산합니다"}});
  }
}

namespace {

struct PinColumns {
  std::size_t applicant_id, venue_code, room_no;
};

// What a pin says beyond its kind would be passed over: a room without its venue, a room of a pin of a whole venue, a
// person of a pin of a place.
bool check_pin_shape(CsvReader& reader, PinKind kind, const PinColumns& columns) {
  const auto says = [&](std::size_t column) { return !is_blank_text(reader.text(column)); };
  if (kind == PinKind::person && says(columns.room_no) && !says(columns.venue_code)) {
    reader.add_fault(columns.venue_code,
                     {fmt::format("room {} is named without its venue", show(reader.text(columns.room_no))),
                      fmt::format("시험장 없이 시험실 {}만 있습니다", show(reader.text(columns.room_no)))},
                     {"add the venue_code, or leave the room_no empty", "venue_code를 적거나 room_no를 비우십시오"});
    return false;
  }
  if (kind == PinKind::venue && says(columns.room_no)) {
    reader.add_fault(columns.room_no,
                     {fmt::format("a pin of a whole venue names room {}", show(reader.text(columns.room_no))),
                      in_korean("시험장 전체의 고정에 시험실 {}[이/가] 있습니다", show(reader.text(columns.room_no)))},
                     {"write the kind room, or leave the room_no empty", "kind를 room으로 하거나 room_no를 비우십시오"});
    return false;
  }
  if (kind != PinKind::person && says(columns.applicant_id)) {
    reader.add_fault(columns.applicant_id,
                     {fmt::format("a pin of a place names the person {}", show(reader.text(columns.applicant_id))),
                      in_korean("장소의 고정에 응시자 {}[이/가] 있습니다", show(reader.text(columns.applicant_id)))},
                     {"write the kind person, or leave the applicant_id empty",
                      "kind를 person으로 하거나 applicant_id를 비우십시오"});
    return false;
  }
  return true;
}

// The people whom pins name, and those who are meant by a name that nobody has.
class PinnedPeople {
 public:
  explicit PinnedPeople(const ExamReading& reading) : reading_(reading) {}

  std::optional<ApplicantIndex> find(CsvReader& reader, std::size_t column) {
    const std::string_view id = reader.text(column);
    const std::vector<Applicant>& people = reading_.exam.applicants;
    const std::uint32_t position = reading_.applicant_lines.find(
        std::hash<std::string_view>{}(id), [&](std::uint32_t row) { return people[row].id.text() == id; });
    if (position != FirstLines::nowhere) return ApplicantIndex(position);
    if (auto near = find_near(id)) {
      reader.add_fault(column, std::move(near->what), std::move(near->fix));
      return std::nullopt;
    }
    reader.add_fault(column,
                     {id.empty() ? "the value is missing" : fmt::format("{} does not stand in applicants.csv", show(id)),
                      id.empty() ? "값이 없습니다" : in_korean("{}[은/는] applicants.csv에 없습니다", show(id))},
                     {"name the person to be kept in place", "자리를 지킬 응시자를 적으십시오"});
    return std::nullopt;
  }

 private:
  std::optional<NearCode> find_near(std::string_view id) {
    if (id.empty()) return std::nullopt;
    if (!near_) {
      near_.emplace("applicants.csv");
      for (const Applicant& person : reading_.exam.applicants) near_->add(person.id.text());
    }
    return near_->find(id);
  }

  const ExamReading& reading_;
  std::optional<NearCodes> near_;  // once somebody is not known
};

}  // namespace

void read_pins(ExamReading& reading) {
  enum Column : std::size_t { kind, applicant_id, venue_code, room_no };
  if (!has_file(reading, "pins.csv")) return;
  CsvReader reader =
      open_table(reading, "pins.csv", {{"kind"}, {"applicant_id"}, {"venue_code"}, {"room_no"}});
  std::vector<Pin>& pins = reading.exam.pins;
  FirstLines lines;
  PinnedPeople people(reading);
  while (reader.next()) {
    const auto at = reader.word(kind, word_lists::pin_kind);
    if (!at) continue;
    Pin pin;
    pin.line = reader.line();
    pin.kind = *parse_word<PinKind>(word_lists::pin_kind[*at]);
    if (pin.kind == PinKind::person && reader.has(applicant_id)) {
      const auto person = people.find(reader, applicant_id);
      if (!person) continue;
      pin.applicant = *person;
    }
    const bool wants_venue = pin.kind != PinKind::person || !reader.text(venue_code).empty();
    const bool wants_room = pin.kind == PinKind::room || (pin.kind == PinKind::person && !reader.text(room_no).empty());
    if (!check_pin_shape(reader, pin.kind, {applicant_id, venue_code, room_no})) continue;
    if (wants_venue) {
      const auto venue = find_known(reader, venue_code, reading.venues, "venues.csv");
      if (!venue) continue;
      pin.venue = VenueIndex(*venue);
    }
    if (wants_room && pin.venue.exists()) {
      const auto number = reader.integer(room_no, 1, 1'000'000'000);
      if (!number) continue;
      const auto room = reading.rooms.find(room_key(pin.venue.value, *number));
      if (room == reading.rooms.end()) {
        if (reading.rooms_complete) {
          reader.add_fault(room_no,
                           {fmt::format("venue {} has no room {}", show(reader.text(venue_code)), *number),
                            fmt::format("시험장 {}에 {}호 시험실이 없습니다", show(reader.text(venue_code)), *number)},
                           {"name a room of rooms.csv", "rooms.csv에 있는 시험실을 적으십시오"});
        }
        continue;
      }
      pin.room = RoomIndex(room->second.position);
    }
    if (pin.kind == PinKind::person && !pin.applicant.exists()) continue;  // the column is missing, which was told once
    const std::uint64_t place = static_cast<std::uint64_t>(pin.venue.value) << 32 | pin.room.value;
    const std::uint64_t first = lines.add(
        mix(pin.kind == PinKind::person ? pin.applicant.value : place), reader.line(), [&](std::uint32_t position) {
          const Pin& other = pins[position];
          return other.kind == pin.kind && other.applicant == pin.applicant &&
                 (pin.kind == PinKind::person || (other.venue == pin.venue && other.room == pin.room));
        });
    if (first > 0) {
      reader.add_fault({fmt::format("the same pin stands on line {} already", first),
                        fmt::format("같은 고정이 {}행에 이미 있습니다", first)},
                       {"remove one of the two rows", "둘 가운데 하나를 지우십시오"});
    }
    pins.push_back(pin);
  }
}

}  // namespace hanjari::package
