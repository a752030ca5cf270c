#include "hanjari/proof/draw.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/seating/seats.h"

namespace hanjari::proof {
namespace {

constexpr int most_draws = 1000;

// The placements of each room, by room; positions in Plan::placements, by seat_no.
using PeopleOfRoom = std::map<RoomIndex, std::vector<std::size_t>>;

PeopleOfRoom people_by_room(const Plan& plan) {
  PeopleOfRoom rooms;
  for (std::size_t i = 0; i < plan.placements.size(); ++i) rooms[plan.placements[i].room].push_back(i);
  for (auto& [room, people] : rooms) {
    std::sort(people.begin(), people.end(), [&](std::size_t a, std::size_t b) {
      return plan.placements[a].seat_no < plan.placements[b].seat_no;
    });
  }
  return rooms;
}

bool keeps_desk(const Exam& exam, const Placement& placed) {
  return exam[placed.applicant].accommodation.wheelchair;
}

bool is_drawn_whole(const Exam& exam, const Plan& plan, const std::vector<std::size_t>& people) {
  return std::none_of(people.begin(), people.end(),
                      [&](std::size_t person) { return keeps_desk(exam, plan.placements[person]); });
}


bool are_neighbours(Desk a, Desk b) {
  return std::abs(a.row - b.row) <= 1 && std::abs(a.column - b.column) <= 1;
}

// Pairs with one keep_apart word at neighbouring desks; desks[i] is person i's.
std::int64_t broken_pairs(const Exam& exam, const Plan& plan, const std::vector<std::size_t>& people,
                          const std::vector<Desk>& desks) {
  std::int64_t broken = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const WordIndex word = exam[plan.placements[people[i]].applicant].keep_apart;
    if (word == empty_word) continue;
    for (std::size_t j = 0; j < i; ++j) {
      const bool is_pair = exam[plan.placements[people[j]].applicant].keep_apart == word;
      if (is_pair && are_neighbours(desks[i], desks[j])) ++broken;
    }
  }
  return broken;
}

struct RoomDraw {
  std::vector<std::size_t> people;  // everybody of the room; first those who are drawn, by unit and number
  std::size_t drawn = 0;
  std::vector<std::pair<int, Desk>> seats;  // of people: seat_no and desk
  int draw = 1;
};

RoomDraw before_draw(const Exam& exam, const Plan& plan, const std::vector<std::size_t>& people) {
  RoomDraw room;
  std::vector<std::size_t> staying;
  for (const std::size_t person : people) {
    const Placement& placed = plan.placements[person];
    if (keeps_desk(exam, placed)) {
      staying.push_back(person);
    } else {
      room.people.push_back(person);
      room.seats.emplace_back(placed.seat_no, placed.desk);
    }
  }
  room.drawn = room.people.size();
  std::sort(room.people.begin(), room.people.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t person) {
      const Placement& placed = plan.placements[person];
      return std::tie(exam[exam[placed.applicant].unit].code, placed.number);
    };
    return key(a) < key(b);
  });
  for (const std::size_t person : staying) {
    room.people.push_back(person);
    room.seats.emplace_back(plan.placements[person].seat_no, plan.placements[person].desk);
  }
  return room;
}

RoomDraw draw_room(const Exam& exam, const Plan& plan, RoomIndex index, const std::vector<std::size_t>& people,
                   const Seed& seed) {
  RoomDraw room = before_draw(exam, plan, people);
  std::vector<Desk> before;
  for (const std::size_t person : room.people) before.push_back(plan.placements[person].desk);
  const std::int64_t accepted = broken_pairs(exam, plan, room.people, before);

  RandomStream stream(seed, "seats/" + exam[exam[index].venue].code.text() + "/" + std::to_string(exam[index].room_no));
  const std::vector<std::size_t> first_order(room.people.begin(),
                                             room.people.begin() + static_cast<std::ptrdiff_t>(room.drawn));
  std::vector<std::size_t> best = room.people;
  std::int64_t best_broken = -1;
  for (int draw = 1; draw <= most_draws; ++draw) {
    std::vector<std::size_t> order = first_order;
    stream.shuffle(order);
    std::copy(order.begin(), order.end(), room.people.begin());
    std::vector<Desk> desks;
    for (const auto& [seat_no, desk] : room.seats) desks.push_back(desk);
    const std::int64_t broken = broken_pairs(exam, plan, room.people, desks);
    if (best_broken < 0 || broken < best_broken) {
      best = room.people;
      best_broken = broken;
      room.draw = draw;
    }
    if (best_broken <= accepted) break;
  }
  room.people = std::move(best);
  return room;
}

void list_broken(const Exam& exam, const Plan& plan, const RoomDraw& room, std::vector<KeepApartBroken>& broken) {
  for (std::size_t i = 0; i < room.people.size(); ++i) {
    const ApplicantIndex one = plan.placements[room.people[i]].applicant;
    if (exam[one].keep_apart == empty_word) continue;
    for (std::size_t j = 0; j < i; ++j) {
      const ApplicantIndex other = plan.placements[room.people[j]].applicant;
      if (exam[other].keep_apart != exam[one].keep_apart) continue;
      if (!are_neighbours(room.seats[i].second, room.seats[j].second)) continue;
      const auto [first, second] = std::minmax(one, other);
      broken.push_back({exam.words[exam[one].keep_apart],
                        first,
                        second,
                        {"No draw of this room that was tried keeps them apart.",
                         "시도한 추첨 가운데 서로 떨어뜨리는 것이 없었습니다."}});
    }
  }
}

std::string render_list(std::vector<DrawnPerson> people) {
  std::sort(people.begin(), people.end());
  std::string text = "applicant_number,unit_code,venue_code,room_no\n";
  for (const DrawnPerson& person : people) {
    text += fmt::format("{},{},{},{}\n", person.applicant_number, person.unit_code, person.venue_code, person.room_no);
  }
  return text;
}

std::string render_draw(const Exam& exam, const Commitment& commitment, std::string_view value, const Seed& seed) {
  const nlohmann::json object = {
      {"exam", exam.header.code.text()},
      {"list_sha256", commitment.list_sha256},
      {"source", commitment.source},
      {"moment", commitment.moment},
      {"value", std::string(value)},
      {"seed", to_hex({reinterpret_cast<const char*>(seed.bytes.data()), seed.bytes.size()})}};
  return object.dump(2) + "\n";
}

void require_commitment(const Exam& exam, const Plan& plan, const Commitment& commitment) {
  if (exam.policy.seat_order != SeatOrder::random) {
    throw InvalidInput("not_random", {"the policy does not draw seats; set its seat_order to random",
                                      "정책이 좌석을 추첨하지 않습니다. seat_order를 random으로 정하십시오"});
  }
  const std::string own = sha256(render_draw_list(exam, plan)).hex();
  if (own == commitment.list_sha256) return;
  throw InvalidInput(
      "another_list",
      {fmt::format("the commitment is of another list ({}): people or rooms of this plan ({}) differ from it; draw on "
                   "the plan that was committed to, or publish a new commitment before its value is known",
                   commitment.list_sha256, own),
       fmt::format("공표한 명단({})과 이 배정안의 명단({})이 다릅니다. 공표한 배정안으로 추첨하거나, 값이 정해지기 전에 "
                   "새로 공표하십시오",
                   commitment.list_sha256, own)});
}

// Fills in the published files room by room; rows are sorted by key at the end.
class PublishedRows {
 public:
  void add(const Exam& exam, const Plan& plan, RoomIndex index, const RoomDraw& room) {
    const std::string& venue = exam[exam[index].venue].code.text();
    for (const auto& [seat_no, desk] : room.seats) desks_.emplace_back(venue, exam[index].room_no, seat_no);
    for (std::size_t i = 0; i < room.people.size(); ++i) {
      seats_.emplace_back(plan.placements[room.people[i]].number.text(), room.seats[i].first);
    }
    if (room.draw > 1) draws_.emplace_back(venue, exam[index].room_no, room.draw);
  }

  void write(DrawFiles& files) {
    std::sort(desks_.begin(), desks_.end());
    std::sort(seats_.begin(), seats_.end());
    std::sort(draws_.begin(), draws_.end());
    files.rooms_csv = "venue_code,room_no,seat_no\n";
    for (const auto& [venue, room, seat] : desks_) files.rooms_csv += fmt::format("{},{},{}\n", venue, room, seat);
    files.seats_csv = "applicant_number,seat_no\n";
    for (const auto& [number, seat] : seats_) files.seats_csv += fmt::format("{},{}\n", number, seat);
    files.draws_csv = "venue_code,room_no,draw\n";
    for (const auto& [venue, room, draw] : draws_) files.draws_csv += fmt::format("{},{},{}\n", venue, room, draw);
  }

 private:
  std::vector<std::tuple<std::string, int, int>> desks_;
  std::vector<std::pair<std::string, int>> seats_;
  std::vector<std::tuple<std::string, int, int>> draws_;
};

}  // namespace

std::string render_draw_list(const Exam& exam, const Plan& plan) {
  std::vector<DrawnPerson> people;
  for (const auto& [room, placements] : people_by_room(plan)) {
    if (!is_drawn_whole(exam, plan, placements)) continue;
    for (const std::size_t i : placements) {
      const Placement& placed = plan.placements[i];
      people.push_back({placed.number.text(), exam[exam[placed.applicant].unit].code.text(),
                        exam[placed.venue].code.text(), exam[room].room_no});
    }
  }
  return render_list(std::move(people));
}

std::string sign_commitment(const Commitment& commitment, std::string_view exam_code, std::string_view public_key,
                            const Sign& sign) {
  const std::string text = commitment.list_sha256 + "\n" + commitment.source + "\n" + commitment.moment + "\n";
  if (std::count(text.begin(), text.end(), '\n') != 3) throw std::logic_error("source and moment are one line each");
  return sign_note(text, draw_key_name(exam_code), public_key, sign);
}

Seed seed_of_draw(std::string_view list_sha256, std::string_view value) {
  Seed seed;
  seed.bytes = Sha256().update(list_sha256).update("\n").update(value).finish().bytes;
  return seed;
}

Drawn draw_seats(const Exam& exam, const Plan& plan, const Commitment& commitment, std::string_view value) {
  require_commitment(exam, plan, commitment);
  const Seed seed = seed_of_draw(commitment.list_sha256, value);
  Drawn result{plan, {}};
  result.plan.report.keep_apart_broken.clear();
  result.plan.report.seed = seed.hex();
  PublishedRows rows;
  for (const auto& [index, people] : people_by_room(plan)) {
    const RoomDraw room = draw_room(exam, plan, index, people, seed);
    for (std::size_t i = 0; i < room.people.size(); ++i) {
      Placement& placed = result.plan.placements[room.people[i]];
      std::tie(placed.seat_no, placed.desk) = room.seats[i];
      placed.booklet = seating::booklet_of(placed.desk, exam.policy.booklets);
    }
    list_broken(exam, plan, room, result.plan.report.keep_apart_broken);
    if (is_drawn_whole(exam, plan, people)) rows.add(exam, plan, index, room);
  }
  auto& broken = result.plan.report.keep_apart_broken;
  std::sort(broken.begin(), broken.end(), [](const KeepApartBroken& a, const KeepApartBroken& b) {
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  rows.write(result.files);
  result.files.list_csv = render_draw_list(exam, plan);
  result.files.draw_json = render_draw(exam, commitment, value, seed);
  return result;
}

}  // namespace hanjari::proof
