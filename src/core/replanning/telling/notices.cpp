#include "hanjari/replanning/notices.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/plan.h"

namespace hanjari::replanning {
namespace {

constexpr Metres far_without_limit = 10'000;

// What a reason code of unseated.csv means to the person; the sentence in the file is for officers.
Text words_of_reason(std::string_view code) {
  const UnseatedReason* known = find_unseated_reason(code);
  return (known == nullptr ? *find_unseated_reason("no_capacity") : *known).to_person;
}

// What venues are called, by whoever knows them: the changed exam, the exam before, the published plan.
class VenueNames {
 public:
  VenueNames(const Exam& exam, const PlanRows& from, const Exam* before) : exam_(exam), before_(before) {
    for (const VenueName& known : from.venue_names) kept_.emplace(known.code.text(), &known);
  }

  ToldPlace place(const VenueCode& code, std::int64_t room_no, std::int64_t seat_no, Metres travel_m) const {
    ToldPlace told{code.text(), code.text(), {}, room_no, seat_no, travel_m};
    if (!take(&exam_, code, told) && !take(before_, code, told)) {
      const auto known = kept_.find(code.text());
      if (known != kept_.end()) {
        if (!known->second->name.empty()) told.venue = known->second->name;
        told.address = known->second->address;
      }
    }
    return told;
  }

  std::string name(const std::string& code) const { return place(VenueCode(code), 0, 0, 0).venue; }

 private:
  static bool take(const Exam* exam, const VenueCode& code, ToldPlace& told) {
    const VenueIndex venue = exam == nullptr ? VenueIndex::none() : exam->find(code);
    if (!venue.exists()) return false;
    if (!(*exam)[venue].name.empty()) told.venue = (*exam)[venue].name;
    told.address = (*exam)[venue].address;
    return true;
  }

  const Exam& exam_;
  const Exam* before_;
  std::map<std::string, const VenueName*> kept_;
};

std::string en(const ToldPlace& place) {
  return fmt::format("{}, room {}, seat {}", place.venue, place.room_no, place.seat_no);
}
std::string ko(const ToldPlace& place) {
  return fmt::format("{} 제{}시험실 {}번 좌석", place.venue, place.room_no, place.seat_no);
}

// Between two ways as the sentence shows them, so that it adds up for whoever reads it: 17.0 km and 7.3 km are 9.7 km
// apart, although 16,951 m and 7,310 m round to 9.6.
std::string spell_difference(Metres one, Metres other) {
  constexpr Metres shown_in_km = 1'000;
  const Metres apart = one > other ? one - other : other - one;
  if (apart < shown_in_km || one < shown_in_km || other < shown_in_km) return spell_distance(apart);
  const auto tenths = [](Metres metres) { return (metres + 50) / 100; };
  const Metres shown = tenths(std::max(one, other)) - tenths(std::min(one, other));
  return fmt::format("{}.{} km", shown / 10, shown % 10);
}

Text tell_distance(const Notice& notice) {
  const std::string now = spell_distance(notice.after->travel_m);
  const std::string then = spell_distance(notice.before->travel_m);
  const Metres farther = *notice.farther_m;
  if (farther == 0) return {};
  const std::string more = spell_difference(notice.after->travel_m, notice.before->travel_m);
  return {fmt::format(" It is {} from the address you gave ({} before, {} {}).", now, then, more,
                      farther > 0 ? "farther" : "nearer"),
          fmt::format(" 기재하신 주소에서 {} 떨어져 있어 변경 전({})보다 {} {}.", now, then, more,
                      farther > 0 ? "멉니다" : "가깝습니다")};
}

Text tell(const Notice& notice) {
  switch (notice.kind) {
    case NoticeKind::venue: {
      const Text way = tell_distance(notice);
      return {fmt::format("Your exam VENUE has changed. New place: {}. (Before: {}.){} Please print your admission slip "
                          "again.",
                          en(*notice.after), en(*notice.before), way.en),
              fmt::format("시험장이 변경되었습니다. 새 장소: {} (변경 전: {}).{} 응시표를 다시 출력해 주십시오.",
                          ko(*notice.after), ko(*notice.before), way.ko)};
    }
    case NoticeKind::room:
      return {fmt::format("Your exam room has changed; the venue stays the same. New place: {}. (Before: {}.) Please "
                          "print your admission slip again.",
                          en(*notice.after), en(*notice.before)),
              fmt::format("시험장은 그대로이며 시험실이 변경되었습니다. 새 장소: {} (변경 전: {}). 응시표를 다시 출력해 "
                          "주십시오.",
                          ko(*notice.after), ko(*notice.before))};
    case NoticeKind::seat:
      return {fmt::format("Your seat has changed; venue and room stay the same. New place: {}. (Before: {}.) Please "
                          "print your admission slip again.",
                          en(*notice.after), en(*notice.before)),
              fmt::format("시험장과 시험실은 그대로이며 좌석이 변경되었습니다. 새 좌석: {} (변경 전: {}). 응시표를 다시 "
                          "출력해 주십시오.",
                          ko(*notice.after), ko(*notice.before))};
    case NoticeKind::added:
      return {fmt::format("Your exam place is: {}. Please print your admission slip.", en(*notice.after)),
              fmt::format("시험 장소가 배정되었습니다: {}. 응시표를 출력해 주십시오.", ko(*notice.after))};
    case NoticeKind::removed:
      return {fmt::format("Your exam place has been given up: {}.", en(*notice.before)),
              fmt::format("시험 장소 배정이 취소되었습니다: {}.", ko(*notice.before))};
    case NoticeKind::unseated: {
      const std::string old_en =
          notice.before ? fmt::format(" Please do not go to the place we told you before ({}).", en(*notice.before)) : "";
      const std::string old_ko =
          notice.before ? fmt::format(" 앞서 안내해 드린 장소({})로는 가지 마십시오.", ko(*notice.before)) : "";
      return {fmt::format("You have no exam seat at the moment: {}. Your application stays valid and you need not do "
                          "anything. We are arranging a seat and will tell you the new place as soon as there is one.{}",
                          notice.reason.en, old_en),
              fmt::format("현재 시험 좌석이 배정되지 않은 상태입니다. 사유: {}. 접수는 그대로 유효하며 따로 하실 일은 "
                          "없습니다. 좌석을 마련하는 대로 새 장소를 다시 안내해 드리겠습니다.{}",
                          notice.reason.ko, old_ko)};
    }
  }
  return {};
}

struct ChangedPlace {
  std::string venue;
  std::string room;
};

// Of VENUE/ROOM/SEAT_NO.
ChangedPlace read_place(const std::string& text) {
  const std::size_t second = text.rfind('/');
  const std::size_t first = text.rfind('/', second - 1);
  return {text.substr(0, first), text.substr(first + 1, second - first - 1)};
}

int rank_of(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::unseated:
      return 0;
    case NoticeKind::venue:
      return 1;
    case NoticeKind::added:
      return 2;
    case NoticeKind::room:
      return 3;
    case NoticeKind::seat:
      return 4;
    case NoticeKind::removed:
      return 5;
  }
  return 6;
}

NoticeKind kind_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::venue:
      return NoticeKind::venue;
    case ChangeKind::room:
      return NoticeKind::room;
    case ChangeKind::seat:
      return NoticeKind::seat;
    case ChangeKind::added:
      return NoticeKind::added;
    case ChangeKind::removed:
      break;
  }
  return NoticeKind::removed;
}

class NoticeList {
 public:
  NoticeList(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before)
      : exam_(exam), from_(from), to_(to), before_(before), names_(exam, from, before) {
    for (const PlacementRow& row : from.placements) published_.emplace(row.applicant_id.text(), &row);
    for (const UnseatedRow& row : from.unseated) unseated_before_.insert(row.applicant_id.text());
  }

  std::vector<Notice> make() {
    std::set<ApplicantIndex> unseated;
    for (const Unseated& person : to_.unseated) {
      unseated.insert(person.applicant);
      add_unseated(person);
    }
    for (const Change& change : list_changes(exam_, from_, to_)) {
      const ApplicantIndex person = exam_.find(change.applicant);
      if (person.exists() && unseated.contains(person)) continue;
      add(change, person);
    }
    for (Notice& notice : notices_) notice.message = tell(notice);
    std::sort(notices_.begin(), notices_.end(), [](const Notice& a, const Notice& b) {
      const auto key = [](const Notice& notice) {
        return std::pair(rank_of(notice.kind), -notice.farther_m.value_or(0));
      };
      return key(a) != key(b) ? key(a) < key(b) : a.applicant < b.applicant;
    });
    return std::move(notices_);
  }

 private:
  const PlacementRow* published(const ApplicantId& id) const {
    const auto found = published_.find(id.text());
    return found == published_.end() ? nullptr : found->second;
  }

  // The person by the changed exam, by the one before, or by the published row alone.
  Notice& start(const ApplicantId& id, ApplicantIndex person, NoticeKind kind) {
    Notice& notice = notices_.emplace_back();
    notice.applicant = id;
    notice.kind = kind;
    const PlacementRow* row = published(id);
    if (row != nullptr) {
      notice.number = row->applicant_number;
      notice.unit = row->unit_code;
      if (kind != NoticeKind::added)
        notice.before = names_.place(row->venue_code, row->room_no, row->seat_no, row->travel_m);
    }
    const Exam* known = person.exists() ? &exam_ : before_;
    const ApplicantIndex in_known = person.exists() ? person : before_ != nullptr ? before_->find(id) : ApplicantIndex{};
    if (known != nullptr && in_known.exists()) {
      notice.name = (*known)[in_known].name;
      notice.unit = (*known)[(*known)[in_known].unit].code;
    }
    return notice;
  }

  void add_unseated(const Unseated& person) {
    const ApplicantId& id = exam_[person.applicant].id;
    if (unseated_before_.contains(id.text())) return;
    Notice& notice = start(id, person.applicant, NoticeKind::unseated);
    notice.reason = words_of_reason(person.reason);
  }

  void add(const Change& change, ApplicantIndex person) {
    Notice& notice = start(change.applicant, person, kind_of(change.kind));
    if (change.kind == ChangeKind::removed) return;
    const auto placed = std::lower_bound(to_.placements.begin(), to_.placements.end(), person,
                                         [](const Placement& a, ApplicantIndex b) { return a.applicant < b; });
    notice.number = placed->number;
    notice.after =
        names_.place(exam_[placed->venue].code, exam_[placed->room].room_no, placed->seat_no, placed->travel_m);
    if (change.kind == ChangeKind::venue) notice.farther_m = placed->travel_m - notice.before->travel_m;
  }

  const Exam& exam_;
  const PlanRows& from_;
  const Plan& to_;
  const Exam* before_;
  VenueNames names_;
  std::unordered_map<std::string_view, const PlacementRow*> published_;  // by applicant_id
  std::set<std::string_view> unseated_before_;
  std::vector<Notice> notices_;
};

}  // namespace

std::string_view spell(NoticeKind kind) {
  constexpr std::array<std::string_view, 6> words = {"venue", "room", "seat", "added", "removed", "unseated"};
  return words.at(static_cast<std::size_t>(kind));
}

std::string spell_distance(Metres metres) {
  if (metres < 1'000) return fmt::format("{} m", metres);
  return fmt::format("{}.{} km", (metres + 50) / 1'000, (metres + 50) / 100 % 10);
}

std::vector<Notice> list_notices(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before) {
  return NoticeList(exam, from, to, before).make();
}

FarMoves count_far_moves(const Exam& exam, const std::vector<Notice>& notices) {
  FarMoves moves;
  moves.limit_m = exam.policy.moved_farther_m.value_or(far_without_limit);
  for (const Notice& notice : notices) {
    if (!notice.farther_m) continue;
    ++moves.people;
    if (*notice.farther_m <= 0) continue;
    ++moves.farther;
    if (*notice.farther_m > moves.limit_m) ++moves.beyond;
    if (moves.worst == nullptr || *notice.farther_m > *moves.worst->farther_m) moves.worst = &notice;
  }
  return moves;
}

namespace {

// As venues are called: by the Korean name. Without code: of a venue that no exam at hand has.
std::string name_of_counted(const std::string& district) {
  if (district.empty()) return "-";
  const DistrictFact* fact = find_district_fact(district);
  return fact == nullptr ? district : std::string(fact->ko);
}

}  // namespace

std::vector<PlaceCount> count_places(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before_exam) {
  const auto district_of = [&](const std::string& code) {
    for (const Exam* known : {&exam, before_exam}) {
      if (known == nullptr) continue;
      const VenueIndex venue = known->find(VenueCode(code));
      if (venue.exists()) return std::string(known->words[(*known)[venue].district]);
    }
    return std::string();
  };
  const VenueNames names(exam, from, before_exam);
  PlaceCount all{.scope = "exam", .name = exam.header.name_ko};
  std::map<std::string, PlaceCount> districts;
  std::map<std::string, PlaceCount> venues;
  const auto each = [&](const std::string& venue, const auto& count) {
    PlaceCount& own = venues[venue];
    own.scope = "venue";
    own.code = venue;
    own.name = names.name(venue);
    PlaceCount& district = districts[district_of(venue)];
    district.scope = "district";
    district.code = district_of(venue);
    district.name = name_of_counted(district.code);
    count(own);
    count(district);
  };
  const auto both = [&](const std::string& venue, const auto& count) {
    each(venue, count);
    count(all);
  };
  for (const Venue& venue : exam.venues) each(venue.code.text(), [](PlaceCount&) {});
  for (const PlacementRow& row : from.placements)
    both(row.venue_code.text(), [](PlaceCount& place) { ++place.before; });
  for (const Placement& placed : to.placements)
    both(exam[placed.venue].code.text(), [](PlaceCount& place) { ++place.after; });
  std::set<std::pair<std::string, std::string>> rooms;
  for (const Change& change : list_changes(exam, from, to)) {
    const ChangedPlace before = change.from.empty() ? ChangedPlace{} : read_place(change.from);
    const ChangedPlace after = change.to.empty() ? ChangedPlace{} : read_place(change.to);
    if (!change.from.empty()) rooms.emplace(before.venue, before.room);
    if (!change.to.empty()) rooms.emplace(after.venue, after.room);
    switch (change.kind) {
      case ChangeKind::venue:
        both(before.venue, [](PlaceCount& place) { ++place.left; });
        each(after.venue, [](PlaceCount& place) { ++place.came; });
        ++all.came;
        break;
      case ChangeKind::room:
        both(after.venue, [](PlaceCount& place) { ++place.room; });
        break;
      case ChangeKind::seat:
        both(after.venue, [](PlaceCount& place) { ++place.seat; });
        break;
      case ChangeKind::added:
        both(after.venue, [](PlaceCount& place) { ++place.added; });
        break;
      case ChangeKind::removed:
        both(before.venue, [](PlaceCount& place) { ++place.removed; });
        break;
    }
  }
  for (const auto& [venue, room] : rooms) both(venue, [](PlaceCount& place) { ++place.rooms_changed; });
  std::vector<PlaceCount> counts{all};
  for (auto& [code, place] : districts) counts.push_back(std::move(place));
  for (auto& [code, place] : venues) counts.push_back(std::move(place));
  return counts;
}

}  // namespace hanjari::replanning
