// A second reading of the draw: it shares the random stream with draw.cpp, because the stream is public, and nothing else.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/people.h"
#include "hanjari/proof/draw.h"

namespace hanjari::proof {
namespace {

using RoomKey = std::pair<std::string, int>;  // venue_code, room_no

struct Finder {
  std::vector<DrawFinding> found;
  void add(const char* code, std::string file, Text what) {
    found.push_back({code, std::move(file), std::move(what)});
  }
};

using Cells = std::vector<std::string>;
struct Row {
  Cells cells;
  std::size_t line = 0;
};

// The rows below the header. A file that is not exactly such a table is one finding.
std::vector<Row> read_table(const std::string& bytes, const std::string& header, const std::string& file,
                            Finder& finder) {
  std::vector<Row> rows;
  const auto columns = static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) + 1;
  std::size_t begin = 0;
  for (std::size_t line = 1; begin < bytes.size(); ++line) {
    const std::size_t end = bytes.find('\n', begin);
    Row row{{}, line};
    const std::string text = bytes.substr(begin, end - begin);
    std::size_t cell = 0;
    for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', cell)) {
      row.cells.push_back(text.substr(cell, comma - cell));
      cell = comma + 1;
    }
    row.cells.push_back(text.substr(cell));
    const bool is_good = end != std::string::npos && (line == 1 ? text == header : row.cells.size() == columns);
    if (!is_good) {
      finder.add("list_mismatch", fmt::format("{}:{}", file, line),
                 {fmt::format("this is no line of a table with the columns {}", header),
                  fmt::format("열이 {}인 표의 줄이 아닙니다", header)});
      return rows;
    }
    if (line > 1) rows.push_back(std::move(row));
    begin = end + 1;
  }
  return rows;
}

std::optional<int> number_of(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1 || std::to_string(number) != text) {
    return std::nullopt;
  }
  return number;
}

template <class Key>
void judge_order(const std::vector<Key>& keys, const std::string& file, Finder& finder) {
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const std::string place = fmt::format("{}:{}", file, i + 2);
    if (keys[i] < keys[i - 1]) {
      finder.add("unsorted", place, {"this row belongs before the one above it", "윗줄보다 앞에 와야 하는 줄입니다"});
    } else if (keys[i] == keys[i - 1]) {
      finder.add("duplicate", place, {"this row stands twice", "같은 줄이 두 번 나옵니다"});
    }
  }
}

void not_a_number(const Row& row, const std::string& file, Finder& finder) {
  finder.add("list_mismatch", fmt::format("{}:{}", file, row.line),
             {"a whole number from 1 is wanted here", "1 이상의 정수가 와야 합니다"});
}

struct Published {
  std::map<RoomKey, std::vector<int>> desks;  // seat numbers of the room, rising
  std::map<RoomKey, std::vector<DrawnPerson>> people;
  std::map<std::string, int> seat_of;  // by applicant number
  std::map<RoomKey, int> draw_of;      // rooms drawn more than once
};

void read_rooms(const DrawFiles& files, Published& published, Finder& finder) {
  std::vector<std::tuple<std::string, int, int>> keys;
  for (const Row& row : read_table(files.rooms_csv, "venue_code,room_no,seat_no", "rooms.csv", finder)) {
    const auto room = number_of(row.cells[1]);
    const auto seat = number_of(row.cells[2]);
    if (!room || !seat) {
      not_a_number(row, "rooms.csv", finder);
      continue;
    }
    keys.emplace_back(row.cells[0], *room, *seat);
    published.desks[{row.cells[0], *room}].push_back(*seat);
  }
  judge_order(keys, "rooms.csv", finder);
  for (auto& [room, seats] : published.desks) std::sort(seats.begin(), seats.end());
}

void read_people(const DrawFiles& files, Published& published, Finder& finder) {
  std::vector<std::string> numbers;
  const auto rows = read_table(files.list_csv, "applicant_number,unit_code,venue_code,room_no", "list.csv", finder);
  for (const Row& row : rows) {
    const auto room = number_of(row.cells[3]);
    if (!room) {
      not_a_number(row, "list.csv", finder);
      continue;
    }
    numbers.push_back(row.cells[0]);
    published.people[{row.cells[2], *room}].push_back({row.cells[0], row.cells[1], row.cells[2], *room});
  }
  judge_order(numbers, "list.csv", finder);
}

void read_seats(const DrawFiles& files, Published& published, Finder& finder) {
  std::vector<std::string> numbers;
  for (const Row& row : read_table(files.seats_csv, "applicant_number,seat_no", "seats.csv", finder)) {
    const auto seat = number_of(row.cells[1]);
    if (!seat) {
      not_a_number(row, "seats.csv", finder);
      continue;
    }
    numbers.push_back(row.cells[0]);
    published.seat_of.emplace(row.cells[0], *seat);
  }
  judge_order(numbers, "seats.csv", finder);
}

void read_draws(const DrawFiles& files, Published& published, Finder& finder) {
  std::vector<RoomKey> keys;
  for (const Row& row : read_table(files.draws_csv, "venue_code,room_no,draw", "draws.csv", finder)) {
    const auto room = number_of(row.cells[1]);
    const auto draw = number_of(row.cells[2]);
    if (!room || !draw || *draw > 1000) {
      not_a_number(row, "draws.csv", finder);
      continue;
    }
    keys.emplace_back(row.cells[0], *room);
    published.draw_of.emplace(RoomKey{row.cells[0], *room}, *draw);
  }
  judge_order(keys, "draws.csv", finder);
  for (const RoomKey& room : keys) {
    if (published.desks.contains(room)) continue;
    finder.add("room_mismatch", "draws.csv",
               {fmt::format("{} room {} is not in rooms.csv", room.first, room.second),
                fmt::format("{} {}시험실이 rooms.csv에 없습니다", room.first, room.second)});
  }
}

// What draw.json states; empty texts where it cannot be read.
struct Stated {
  std::string exam, list_sha256, source, moment, value, seed;
};

std::optional<Stated> read_draw_json(const std::string& bytes) {
  if (nesting_of(bytes) > deepest_nesting) return std::nullopt;
  try {
    const nlohmann::json object = nlohmann::json::parse(bytes);
    Stated stated;
    object.at("exam").get_to(stated.exam);
    object.at("list_sha256").get_to(stated.list_sha256);
    object.at("source").get_to(stated.source);
    object.at("moment").get_to(stated.moment);
    object.at("value").get_to(stated.value);
    object.at("seed").get_to(stated.seed);
    return stated;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

void judge_commitment(const DrawFiles& files, const Stated& stated, std::string_view note, std::string_view public_key,
                      Finder& finder) {
  const auto commitment = read_commitment(note);
  if (!commitment || !is_signed_by(note, "", public_key)) {
    finder.add("bad_signature", "commitment",
               {"this is no commitment signed by this key", "이 공개키로 서명한 약속 문서가 아닙니다"});
  }
  const bool fits = commitment && commitment->list_sha256 == stated.list_sha256 &&
                    commitment->source == stated.source && commitment->moment == stated.moment;
  if (commitment && !fits) {
    finder.add("list_mismatch", "draw.json",
               {"list_sha256, source or moment is not what was committed to",
                "list_sha256, source 또는 moment가 약속한 것과 다릅니다"});
  }
  if (sha256(files.list_csv).hex() != stated.list_sha256) {
    finder.add("list_mismatch", "list.csv",
               {"its SHA-256 is not the one that was committed to", "SHA-256 값이 약속한 값과 다릅니다"});
  }
}

// Who gets which desk of a room, replayed from the seed.
void replay_room(const RoomKey& room, const std::vector<int>& desks, const Published& published, const Seed& seed,
                 Finder& finder) {
  const auto differs = [&](Text what) { finder.add("room_mismatch", "seats.csv", std::move(what)); };
  const auto of_room = published.people.find(room);
  std::vector<DrawnPerson> people = of_room == published.people.end() ? std::vector<DrawnPerson>() : of_room->second;
  if (people.size() != desks.size()) {
    return differs({fmt::format("{} room {} has {} for {}", room.first, room.second, count_people(std::ssize(people)),
                                count_of(std::ssize(desks), "desk", "desks")),
                    fmt::format("{} {}시험실의 인원({})과 좌석({}) 수가 다릅니다", room.first, room.second, people.size(), desks.size())});
  }
  std::sort(people.begin(), people.end(), [](const DrawnPerson& a, const DrawnPerson& b) {
    return std::tie(a.unit_code, a.applicant_number) < std::tie(b.unit_code, b.applicant_number);
  });
  const auto listed = published.draw_of.find(room);
  const int draws = listed == published.draw_of.end() ? 1 : listed->second;
  RandomStream stream(seed, "seats/" + room.first + "/" + std::to_string(room.second));
  std::vector<std::size_t> order;
  for (int draw = 1; draw <= draws; ++draw) {
    order.resize(people.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[stream.below(i)]);
  }
  for (std::size_t k = 0; k < order.size(); ++k) {
    const auto seat = published.seat_of.find(people[order[k]].applicant_number);
    if (seat != published.seat_of.end() && seat->second == desks[k]) continue;
    return differs({fmt::format("the draw does not give the seats of {} room {}: {} belongs at seat {}", room.first, room.second,
                                people[order[k]].applicant_number, desks[k]),
                    fmt::format("{} {}시험실의 좌석이 추첨과 다릅니다. {}의 좌석은 {}번이어야 합니다", room.first, room.second,
                                people[order[k]].applicant_number, desks[k])});
  }
}

}  // namespace

std::vector<DrawFinding> verify_draw(const DrawFiles& files, std::string_view commitment, std::string_view public_key) {
  Finder finder;
  const auto stated = read_draw_json(files.draw_json);
  if (!stated) {
    finder.add("seed_mismatch", "draw.json", {"this is no draw.json", "draw.json 파일이 아닙니다"});
    return finder.found;
  }
  judge_commitment(files, *stated, commitment, public_key, finder);
  const Seed seed = seed_of_draw(stated->list_sha256, stated->value);
  if (to_hex({reinterpret_cast<const char*>(seed.bytes.data()), seed.bytes.size()}) != stated->seed) {
    finder.add("seed_mismatch", "draw.json",
               {"the seed is not SHA-256 of list_sha256, a line feed and the value",
                "seed가 list_sha256, 줄바꿈, value의 SHA-256 값이 아닙니다"});
  }
  Published published;
  read_rooms(files, published, finder);
  read_people(files, published, finder);
  read_seats(files, published, finder);
  read_draws(files, published, finder);
  for (const auto& [room, people] : published.people) {
    if (!published.desks.contains(room)) replay_room(room, {}, published, seed, finder);
  }
  for (const auto& [room, desks] : published.desks) replay_room(room, desks, published, seed, finder);
  std::set<std::string> numbers;
  for (const auto& [room, people] : published.people) {
    for (const DrawnPerson& person : people) numbers.insert(person.applicant_number);
  }
  for (const auto& [number, seat] : published.seat_of) {
    if (numbers.contains(number)) continue;
    finder.add("room_mismatch", "seats.csv",
               {fmt::format("{} is not in list.csv", number), in_korean("{}[이/가] list.csv에 없습니다", number)});
  }
  return finder.found;
}

}  // namespace hanjari::proof
