#include "hanjari/seating/reseat.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "seating/arrangement.h"
#include "seating/desk_graph.h"
#include "seating/room_seating.h"
#include "seating/spread.h"

namespace hanjari::seating {
namespace {

constexpr std::size_t pairs_tried = 500;

bool contains(const std::vector<Desk>& desks, Desk desk) {
  return std::find(desks.begin(), desks.end(), desk) != desks.end();
}

Text kept_reason() {
  return {"Whoever stays keeps the published seat, and among the other seats of this room none was found farther away.",
          "그대로 있는 응시자는 공고된 좌석을 유지하며, 이 시험실의 다른 좌석 중 더 떨어진 자리를 찾지 못했습니다."};
}

}  // namespace

struct Reseating::State {
  State(const Exam& for_exam, const Seed& with_seed, std::string on_occasion)
      : exam(for_exam), seed(with_seed), occasion(std::move(on_occasion)), shapes(for_exam.policy) {}

  const std::vector<Desk>& order_of(RoomIndex room) { return shapes.of(exam[room]).order; }
  std::optional<Desk> desk_of(RoomIndex room, int seat_no) {
    const std::vector<Desk>& order = order_of(room);
    if (seat_no < 1 || static_cast<std::size_t>(seat_no) > order.size()) return std::nullopt;
    return order[static_cast<std::size_t>(seat_no - 1)];
  }

  const Exam& exam;
  Seed seed;
  std::string occasion;
  ShapeLibrary shapes;
};

namespace {

// A room being seated anew.
class RoomChange {
 public:
  RoomChange(const Exam& exam, RoomIndex room, const std::vector<Desk>& order)
      : exam_(exam), room_(exam[room]), order_(order), too_near_(exam[room], exam.policy.min_gap_cm) {
    door_.columns = room_.column_count;
    door_.at_right =
        exam.policy.seat_origin == SeatOrigin::front_right || exam.policy.seat_origin == SeatOrigin::back_right;
  }

  std::vector<Reseated> people;
  std::vector<ApplicantIndex> waiting;  // still without a desk

  void keep(ApplicantIndex person, Desk desk) { people.push_back({person, number_of(desk), desk}); }

  // Desks for everybody around those who keep theirs. The fewest possible keepers give theirs up: one, two, then
  // everybody.
  void choose_desks() {
    const auto all = static_cast<int>(people.size() + waiting.size());
    if (try_around(all)) return;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (try_without({i}, all)) return;
    }
    std::size_t tries = 0;
    for (std::size_t i = 0; i < people.size(); ++i) {
      for (std::size_t j = i + 1; j < people.size() && tries < pairs_tried; ++j, ++tries) {
        if (try_without({i, j}, all)) return;
      }
    }
    for (const Reseated& person : people) waiting.push_back(person.applicant);
    people.clear();
    std::sort(waiting.begin(), waiting.end());
    if (!try_around(all)) throw std::logic_error("more people than a room has desks");
  }

  // Newcomers to the chosen desks.
  void hand_out(std::optional<RandomStream> stream) {
    std::sort(desks_.begin(), desks_.end(), [&](Desk a, Desk b) { return number_of(a) < number_of(b); });
    const auto takes = [&](ApplicantIndex person) { return exam_[person].accommodation.wheelchair; };
    std::stable_partition(waiting.begin(), waiting.end(), takes);
    const auto drawn = static_cast<std::size_t>(std::count_if(waiting.begin(), waiting.end(), takes));
    if (stream) {
      std::vector<ApplicantIndex> others(waiting.begin() + static_cast<std::ptrdiff_t>(drawn), waiting.end());
      stream->shuffle(others);
      std::copy(others.begin(), others.end(), waiting.begin() + static_cast<std::ptrdiff_t>(drawn));
    }
    for (const ApplicantIndex person : waiting) {
      std::size_t best = 0;
      for (std::size_t desk = 1; desk < desks_.size(); ++desk) {
        if (rank(person, desks_[desk]) < rank(person, desks_[best])) best = desk;
      }
      Desk chosen = desks_[best];
      desks_.erase(desks_.begin() + static_cast<std::ptrdiff_t>(best));
      // Nobody else's desk helps: perhaps a desk that nobody was to use does.
      if (partners_beside(person, chosen) > 0) {
        for (const Desk& other : order_) {
          if (partners_beside(person, other) == 0 && may_use(other)) {
            chosen = other;
            break;
          }
        }
      }
      keep(person, chosen);
    }
    waiting.clear();
  }

 private:
  int number_of(Desk desk) const {
    return static_cast<int>(std::find(order_.begin(), order_.end(), desk) - order_.begin()) + 1;
  }

  bool try_around(int all) {
    std::vector<Desk> kept;
    for (const Reseated& person : people) kept.push_back(person.desk);
    const auto chosen = find_spread(room_, exam_.policy.min_gap_cm, all, kept);
    if (!chosen) return false;
    desks_.clear();
    for (const Desk& desk : *chosen) {
      if (!contains(kept, desk)) desks_.push_back(desk);
    }
    return true;
  }

  bool try_without(const std::vector<std::size_t>& given_up, int all) {
    std::vector<Reseated> rest;
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (std::find(given_up.begin(), given_up.end(), i) == given_up.end()) rest.push_back(people[i]);
    }
    people.swap(rest);
    if (try_around(all)) {
      for (const std::size_t i : given_up) waiting.push_back(rest[i].applicant);
      std::sort(waiting.begin(), waiting.end());
      return true;
    }
    people.swap(rest);
    return false;
  }

  bool may_use(Desk desk) const {
    const auto clashes = [&](Desk other) { return other == desk || too_near_.between(other, desk); };
    return std::none_of(people.begin(), people.end(), [&](const Reseated& person) { return clashes(person.desk); }) &&
           std::none_of(desks_.begin(), desks_.end(), clashes);
  }

  int partners_beside(ApplicantIndex person, Desk desk) const {
    const WordIndex word = exam_[person].keep_apart;
    if (word == empty_word) return 0;
    return static_cast<int>(std::count_if(people.begin(), people.end(), [&](const Reseated& other) {
      return exam_[other.applicant].keep_apart == word && are_neighbours(other.desk, desk);
    }));
  }

  std::pair<int, std::int64_t> rank(ApplicantIndex person, Desk desk) const {
    return {partners_beside(person, desk), exam_[person].accommodation.wheelchair ? door_.distance(desk) : 0};
  }

  const Exam& exam_;
  const Room& room_;
  const std::vector<Desk>& order_;
  TooNear too_near_;
  Door door_;
  std::vector<Desk> desks_;  // chosen for those who wait
};

std::vector<KeepApartBroken> list_broken(const Exam& exam, const std::vector<Reseated>& people) {
  std::vector<KeepApartBroken> broken;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const WordIndex word = exam[people[i].applicant].keep_apart;
    if (word == empty_word) continue;
    for (std::size_t j = i + 1; j < people.size(); ++j) {
      if (exam[people[j].applicant].keep_apart != word || !are_neighbours(people[i].desk, people[j].desk)) continue;
      const auto [first, second] = std::minmax(people[i].applicant, people[j].applicant);
      broken.push_back({exam.words[word], first, second, kept_reason()});
    }
  }
  std::sort(broken.begin(), broken.end(), [](const KeepApartBroken& a, const KeepApartBroken& b) {
    return std::tie(a.first, a.second) < std::tie(b.first, b.second);
  });
  return broken;
}

}  // namespace

Reseating::Reseating(const Exam& exam, const Seed& seed, std::string occasion)
    : state_(std::make_unique<State>(exam, seed, std::move(occasion))) {}

Reseating::~Reseating() = default;

std::vector<char> Reseating::choose_that_can_stay(RoomIndex room, std::span<const int> seat_nos) {
  const Room& where = state_->exam[room];
  std::vector<char> stays(seat_nos.size(), 0);
  DeskGrid grid(where);
  std::fill(grid.usable.begin(), grid.usable.end(), 0);
  std::vector<std::optional<Desk>> desks;
  for (std::size_t i = 0; i < seat_nos.size(); ++i) {
    std::optional<Desk> desk = state_->desk_of(room, seat_nos[i]);
    if (desk && grid.usable[grid.at(*desk)] != 0) desk.reset();  // somebody else has this seat already
    if (desk) grid.usable[grid.at(*desk)] = 1;
    stays[i] = desk ? 1 : 0;
    desks.push_back(desk);
  }
  const TooNear too_near(where, state_->exam.policy.min_gap_cm);
  if (too_near.nothing()) return stays;
  bool any_clash = false;
  for (std::size_t i = 0; i < desks.size() && !any_clash; ++i) {
    for (std::size_t j = 0; j < i && !any_clash; ++j) {
      any_clash = desks[i] && desks[j] && too_near.between(*desks[i], *desks[j]);
    }
  }
  if (!any_clash) return stays;
  const auto largest = find_largest_set(grid, too_near);
  if (!largest) return stays;
  for (std::size_t i = 0; i < desks.size(); ++i) {
    stays[i] = desks[i] && std::binary_search(largest->begin(), largest->end(), grid.at(*desks[i])) ? 1 : 0;
  }
  return stays;
}

int Reseating::most_that_can_stay(RoomIndex room, std::span<const int> seat_nos) {
  const std::vector<char> stays = choose_that_can_stay(room, seat_nos);
  return static_cast<int>(std::count(stays.begin(), stays.end(), 1));
}

ReseatedRoom Reseating::seat(RoomIndex room, std::span<const Stayer> stayers,
                             std::span<const ApplicantIndex> newcomers) {
  const Exam& exam = state_->exam;
  ReseatedRoom result;
  if (stayers.empty()) {
    std::vector<ApplicantIndex> people(newcomers.begin(), newcomers.end());
    std::sort(people.begin(), people.end(), [&](ApplicantIndex a, ApplicantIndex b) {
      return std::pair(exam[a].unit, a) < std::pair(exam[b].unit, b);
    });
    SeatedRoom seated = seat_room(exam, room, people, state_->seed, state_->shapes);
    for (const SeatedPerson& person : seated.people)
      result.people.push_back({person.applicant, person.seat_no, person.desk});
    result.broken = std::move(seated.broken);
    return result;
  }
  std::vector<int> seat_nos;
  for (const Stayer& stayer : stayers) seat_nos.push_back(stayer.seat_no);
  const std::vector<char> stays = choose_that_can_stay(room, seat_nos);
  RoomChange change(exam, room, state_->order_of(room));
  change.waiting.assign(newcomers.begin(), newcomers.end());
  for (std::size_t i = 0; i < stayers.size(); ++i) {
    if (stays[i] != 0) {
      change.keep(stayers[i].applicant, *state_->desk_of(room, stayers[i].seat_no));
    } else {
      change.waiting.push_back(stayers[i].applicant);
    }
  }
  std::sort(change.waiting.begin(), change.waiting.end());
  if (!change.waiting.empty()) {
    change.choose_desks();
    std::optional<RandomStream> stream;
    if (exam.policy.seat_order == SeatOrder::random) {
      stream.emplace(state_->seed, seat_stream(exam, room) + "/" + state_->occasion);
    }
    change.hand_out(std::move(stream));
  }
  result.people = std::move(change.people);
  std::sort(result.people.begin(), result.people.end(),
            [](const Reseated& a, const Reseated& b) { return a.seat_no < b.seat_no; });
  result.broken = list_broken(exam, result.people);
  return result;
}

}  // namespace hanjari::seating
