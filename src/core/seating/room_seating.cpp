#include "seating/room_seating.h"

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>

#include "hanjari/seating/geometry.h"
#include "hanjari/seating/seats.h"
#include "seating/arrangement.h"
#include "seating/desk_graph.h"
#include "seating/spread.h"

namespace hanjari::seating {
namespace {

constexpr std::int64_t steps_per_desk_set = 20'000;
constexpr std::int64_t desk_sets_tried = 5'000;
constexpr int draws_tried = 1'000;

struct SeatedDesks {
  std::vector<Desk> desks;  // in seat order
  Arrangement arrangement;
  bool is_best = false;  // nothing better exists in this room
};

// Finds the desks of a room that suit everybody's wishes: the evenly spread ones if they do, else ones chosen around
// the wishes, else all sets of desks where they are few.
class WishSearch {
 public:
  WishSearch(const Room& room, const Policy& policy, const std::vector<Desk>& order, const std::vector<Sitter>& sitters)
      : room_(room),
        gap_cm_(policy.min_gap_cm),
        order_(order),
        sitters_(sitters),
        people_(static_cast<int>(sitters.size())),
        too_near_(room, policy.min_gap_cm) {
    door_.columns = room.column_count;
    door_.at_right = policy.seat_origin == SeatOrigin::front_right || policy.seat_origin == SeatOrigin::back_right;
    for (const Sitter& sitter : sitters) {
      wheelchairs_ += sitter.front ? 1 : 0;
      if (sitter.keep_apart != empty_word) ++group_size_[sitter.keep_apart.value];
    }
  }

  SeatedDesks run(const std::vector<Desk>& spread) {
    consider(spread);
    if (!is_good()) consider_around_wishes();
    if (best_.arrangement.cost.broken > 0) {
      const bool all_tried = consider_all();
      best_.is_best = all_tried || some_group_has_no_place();
    }
    return std::move(best_);
  }

 private:
  void consider(std::vector<Desk> desks, const std::vector<Desk>& preferred = {}) {
    std::int64_t steps = steps_per_desk_set;
    Arrangement arrangement = arrange(sitters_, desks, door_, steps, preferred);
    all_arranged_ = all_arranged_ && arrangement.is_best;
    const auto better = [&] {
      if (best_.desks.empty() || arrangement.cost < best_.arrangement.cost) return true;
      return arrangement.cost == best_.arrangement.cost && crowding(room_, desks) < crowding(room_, best_.desks);
    };
    if (better()) best_ = {std::move(desks), std::move(arrangement), false};
  }

  // Nobody broken, and every wheelchair in the foremost row that has desks.
  bool is_good() const {
    if (best_.arrangement.cost.broken > 0) return false;
    int front_row = room_.row_count;
    for (const Desk& desk : order_) front_row = std::min(front_row, desk.row);
    for (std::size_t desk = 0; desk < best_.desks.size(); ++desk) {
      if (sitters_[best_.arrangement.sitter_at[desk]].front && best_.desks[desk].row != front_row) return false;
    }
    return true;
  }

  std::vector<Desk> in_seat_order(const std::vector<Desk>& chosen) const {
    std::vector<Desk> desks;
    for (const Desk& desk : order_) {
      if (std::find(chosen.begin(), chosen.end(), desk) != chosen.end()) desks.push_back(desk);
    }
    return desks;
  }

  void consider_around_wishes() {
    std::size_t largest_group = 0;
    std::size_t all_groups = 0;
    for (const auto& [word, size] : group_size_) {
      if (size < 2) continue;
      largest_group = std::max(largest_group, size);
      all_groups += size;
    }
    const std::vector<Desk> by_door = desks_by_door();
    const std::vector<std::pair<std::vector<Desk>, std::size_t>> wishes = {
        {by_door, all_groups}, {{}, all_groups}, {by_door, largest_group}, {{}, largest_group}, {by_door, 0}};
    for (const auto& [front, group] : wishes) {
      if (is_good()) return;
      std::vector<Desk> required = front;
      if (group > 0 && !add_scattered(required, group)) continue;
      if (required.empty()) continue;
      const auto desks = find_spread(room_, gap_cm_, people_, required);
      if (!desks) continue;
      consider(in_seat_order(*desks));
      if (!is_good()) consider(in_seat_order(*desks), required);
    }
  }

  // One desk per wheelchair, nearest to the door first, as far as the distance rule allows.
  std::vector<Desk> desks_by_door() const {
    std::vector<Desk> candidates = order_;
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](const Desk& a, const Desk& b) { return door_.distance(a) < door_.distance(b); });
    std::vector<Desk> chosen;
    for (const Desk& desk : candidates) {
      if (chosen.size() == wheelchairs_) break;
      if (std::none_of(chosen.begin(), chosen.end(),
                       [&](const Desk& other) { return too_near_.between(desk, other); })) {
        chosen.push_back(desk);
      }
    }
    return chosen;
  }

  TooNear apart() const {
    TooNear too_near = too_near_;
    too_near.add([](int rows_apart, int columns_apart) { return rows_apart <= 1 && columns_apart <= 1; });
    return too_near;
  }

  // Adds `count` desks that are no neighbours of one another, evenly among the largest set of such desks.
  bool add_scattered(std::vector<Desk>& required, std::size_t count) const {
    DeskGrid grid(room_);
    for (std::size_t place = 0; place < grid.usable.size(); ++place) {
      for (const Desk& desk : required) {
        if (grid.desk(place) == desk || too_near_.between(grid.desk(place), desk)) grid.usable[place] = 0;
      }
    }
    const auto scattered = find_largest_set(grid, apart());
    if (!scattered || scattered->size() < count) return false;
    for (std::size_t i = 0; i < count; ++i) required.push_back(grid.desk((*scattered)[i * scattered->size() / count]));
    return required.size() <= static_cast<std::size_t>(people_);
  }

  // Goes through all sets of desks if they are few. True when nothing was left out.
  bool consider_all() {
    std::int64_t sets = 1;
    for (int i = 0; i < people_; ++i) {
      sets = sets * (static_cast<std::int64_t>(order_.size()) - i) / (i + 1);
      if (sets > desk_sets_tried) return false;
    }
    all_arranged_ = true;
    std::vector<Desk> chosen;
    choose(0, chosen);
    return all_arranged_;
  }

  void choose(std::size_t from, std::vector<Desk>& chosen) {
    const auto missing = static_cast<std::size_t>(people_) - chosen.size();
    if (missing == 0) {
      consider(chosen);
      return;
    }
    for (std::size_t next = from; next + missing <= order_.size(); ++next) {
      const Desk desk = order_[next];
      if (std::any_of(chosen.begin(), chosen.end(),
                      [&](const Desk& other) { return too_near_.between(desk, other); })) {
        continue;
      }
      chosen.push_back(desk);
      choose(next + 1, chosen);
      chosen.pop_back();
    }
  }

  bool some_group_has_no_place() const {
    std::size_t largest_group = 0;
    for (const auto& [word, size] : group_size_) largest_group = std::max(largest_group, size);
    const auto size = find_largest_set_size(DeskGrid(room_), apart());
    return size && static_cast<std::size_t>(*size) < largest_group;
  }

  const Room& room_;
  int gap_cm_;
  const std::vector<Desk>& order_;
  const std::vector<Sitter>& sitters_;
  int people_;
  TooNear too_near_;
  Door door_;
  std::size_t wheelchairs_ = 0;
  std::map<std::uint32_t, std::size_t> group_size_;
  SeatedDesks best_;
  bool all_arranged_ = true;
};

// Draws everybody but the wheelchair users anew over their desks. Draws again while the draw breaks more keep_apart
// pairs than need be, and keeps the first of the best.
void draw(Arrangement& arrangement, const std::vector<Sitter>& sitters, const std::vector<Desk>& desks,
          RandomStream stream) {
  std::vector<std::size_t> drawn;
  std::vector<std::size_t> open;
  for (std::size_t sitter = 0; sitter < sitters.size(); ++sitter) {
    if (!sitters[sitter].front) drawn.push_back(sitter);
  }
  for (std::size_t desk = 0; desk < desks.size(); ++desk) {
    if (!sitters[arrangement.sitter_at[desk]].front) open.push_back(desk);
  }
  std::map<std::uint32_t, std::vector<std::size_t>> groups;  // partners by word
  for (std::size_t sitter = 0; sitter < sitters.size(); ++sitter) {
    if (sitters[sitter].keep_apart != empty_word) groups[sitters[sitter].keep_apart.value].push_back(sitter);
  }
  std::optional<std::vector<std::size_t>> best;
  std::int64_t best_broken = 0;
  for (int attempt = 0; attempt < draws_tried; ++attempt) {
    std::vector<std::size_t> order = drawn;
    stream.shuffle(order);
    std::vector<std::size_t> sitter_at = arrangement.sitter_at;
    for (std::size_t i = 0; i < open.size(); ++i) sitter_at[open[i]] = order[i];
    std::vector<std::size_t> desk_of(sitters.size());
    for (std::size_t desk = 0; desk < desks.size(); ++desk) desk_of[sitter_at[desk]] = desk;
    std::int64_t broken = 0;
    for (const auto& [word, members] : groups) {
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          broken += are_neighbours(desks[desk_of[members[i]]], desks[desk_of[members[j]]]) ? 1 : 0;
        }
      }
    }
    if (!best || broken < best_broken) {
      best = std::move(sitter_at);
      best_broken = broken;
    }
    if (best_broken <= arrangement.cost.broken) break;
  }
  arrangement.sitter_at = *std::move(best);
}

Text reason_of(const SeatedDesks& seated) {
  if (seated.is_best) {
    return {"No choice of desks in this room keeps everybody with this word apart.",
            "이 시험실에는 같은 표시가 있는 응시자를 모두 떨어뜨릴 수 있는 좌석 배치가 없습니다."};
  }
  return {"No arrangement of this room was found that keeps them apart.",
          "이 시험실에서 서로 떨어뜨리는 좌석 배치를 찾지 못했습니다."};
}

void list_broken(const Exam& exam, const SeatedDesks& seated, SeatedRoom& room) {
  for (std::size_t i = 0; i < room.people.size(); ++i) {
    for (std::size_t j = i + 1; j < room.people.size(); ++j) {
      const WordIndex word = exam[room.people[i].applicant].keep_apart;
      if (word == empty_word || word != exam[room.people[j].applicant].keep_apart) continue;
      if (!are_neighbours(room.people[i].desk, room.people[j].desk)) continue;
      const auto [first, second] = std::minmax(room.people[i].applicant, room.people[j].applicant);
      room.broken.push_back({exam.words[word], first, second, reason_of(seated)});
    }
  }
  std::sort(room.broken.begin(), room.broken.end(), [](const KeepApartBroken& a, const KeepApartBroken& b) {
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
}

int seat_no_of(const std::vector<Desk>& order, Desk desk) {
  return static_cast<int>(std::find(order.begin(), order.end(), desk) - order.begin()) + 1;
}

}  // namespace

ShapeLibrary::Shape& ShapeLibrary::of(const Room& room) {
  const auto [entry, is_new] = shapes_.try_emplace(
      Key{room.row_count, room.column_count, room.row_pitch_cm, room.column_pitch_cm, room.blocked});
  if (is_new) entry->second.order = desks_in_seat_order(room, policy_.seat_order, policy_.seat_origin);
  return entry->second;
}

const std::vector<int>& ShapeLibrary::spread_seats(const Room& room, int people) {
  Shape& shape = of(room);
  const auto [entry, is_new] = shape.seats_of.try_emplace(people);
  if (is_new) {
    for (const Desk& desk : choose_desks(room, policy_.min_gap_cm, people)) {
      entry->second.push_back(seat_no_of(shape.order, desk));
    }
    std::sort(entry->second.begin(), entry->second.end());
  }
  return entry->second;
}

std::string seat_stream(const Exam& exam, RoomIndex room) {
  return "seats/" + exam[exam[room].venue].code.text() + "/" + std::to_string(exam[room].room_no);
}

SeatedRoom seat_room(const Exam& exam, RoomIndex room_index, const std::vector<ApplicantIndex>& people,
                     const Seed& seed, ShapeLibrary& shapes) {
  const Room& room = exam[room_index];
  const bool is_drawn = exam.policy.seat_order == SeatOrder::random;
  std::vector<Sitter> sitters;
  sitters.reserve(people.size());
  bool has_wishes = false;
  for (const ApplicantIndex person : people) {
    const Applicant& applicant = exam[person];
    sitters.push_back({is_drawn ? 0 : applicant.unit.value, applicant.accommodation.wheelchair, applicant.keep_apart});
    has_wishes = has_wishes || sitters.back().has_wish();
  }
  const std::vector<int>& seats = shapes.spread_seats(room, static_cast<int>(people.size()));
  const std::vector<Desk>& order = shapes.of(room).order;
  SeatedDesks seated;
  for (const int seat_no : seats) seated.desks.push_back(order[static_cast<std::size_t>(seat_no - 1)]);
  if (has_wishes) {
    seated = WishSearch(room, exam.policy, order, sitters).run(std::vector<Desk>(seated.desks));
  } else {
    for (std::size_t sitter = 0; sitter < sitters.size(); ++sitter) seated.arrangement.sitter_at.push_back(sitter);
  }
  if (is_drawn) draw(seated.arrangement, sitters, seated.desks, RandomStream(seed, seat_stream(exam, room_index)));
  SeatedRoom result;
  result.people.reserve(people.size());
  for (std::size_t i = 0; i < seated.desks.size(); ++i) {
    const int seat_no = has_wishes ? seat_no_of(order, seated.desks[i]) : seats[i];
    result.people.push_back({people[seated.arrangement.sitter_at[i]], seat_no, seated.desks[i]});
  }
  if (has_wishes) list_broken(exam, seated, result);
  return result;
}

}  // namespace hanjari::seating
