#include "hanjari/intake/office/notice_effects.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/written_day.h"

namespace hanjari::services {
namespace {

using Kind = NoticeEffectKind;

struct Concerned {
  std::int64_t unpaid = 0;
  std::int64_t paid = 0;
  std::int64_t lapsed = 0;
  std::int64_t standing() const { return unpaid + paid; }
};

// Of one unit before and after.
struct UnitChange {
  const NoticeUnit& unit;
  const Calendar& before;
  const Calendar& after;
  Concerned people;
};

Concerned concerned_in(const UnitCounts& counts, const UnitCode& unit) {
  const auto found = counts.find(unit);
  if (found == counts.end()) return {};
  const UnitCount& count = found->second;
  // Rows whose people were destroyed are of nobody; they have mostly paid.
  const std::int64_t paid = std::max<std::int64_t>(0, count.paid - count.destroyed);
  const std::int64_t rest = std::max<std::int64_t>(0, count.destroyed - count.paid);
  return {std::max<std::int64_t>(0, count.submitted - rest), paid, count.lapsed};
}

Text from_to(const Text& what, const Text& from, const Text& to) {
  return {fmt::format("{} {} -> {}", what.en, from.en, to.en), fmt::format("{} {} -> {}", what.ko, from.ko, to.ko)};
}

Text write_times(const Unit& unit) {
  const auto clock = [](const std::optional<int>& minutes) {
    return minutes ? format_time_of_day(*minutes) : std::string("–");
  };
  const std::string times = fmt::format("{}/{}", clock(unit.seated_by), clock(unit.starts_at));
  return {fmt::format("{} ({} min)", times, unit.duration_min), fmt::format("{}({}분)", times, unit.duration_min)};
}

class EffectList {
 public:
  explicit EffectList(std::string time_zone) : time_zone_(std::move(time_zone)) {}

  void add(Kind kind, const Text& what, const UnitCode& unit, std::int64_t people) {
    if (people == 0) return;
    NoticeEffect& effect = effects_[{kind, what.en}];
    effect.kind = kind;
    effect.what = what;
    effect.units.push_back(unit);
    effect.people += people;
  }
  void add_moments(Kind kind, const Text& what, Instant from, Instant to, const UnitCode& unit, std::int64_t people) {
    add(kind, from_to(what, write_plain_deadline(from, time_zone_), write_plain_deadline(to, time_zone_)), unit, people);
  }
  std::vector<NoticeEffect> take() {
    std::vector<NoticeEffect> list;
    for (auto& [key, effect] : effects_) list.push_back(std::move(effect));
    return list;
  }

 private:
  std::string time_zone_;
  std::map<std::pair<Kind, std::string>, NoticeEffect> effects_;
};

// The three windows of a calendar are judged alike: one that is open may end now or sooner, one that is over may open again.
struct WindowKinds {
  Kind ends_now;
  Kind ends_sooner;
  Kind goes_on;
  Text what;
};
struct Ending {
  Instant before;
  Instant after;
  std::int64_t open = 0;   // people whom an earlier end concerns
  std::int64_t again = 0;  // people whom it concerns that it goes on
};

void judge_ending(const WindowKinds& kinds, const Ending& ending, const UnitCode& unit, Instant now, EffectList& effects) {
  if (ending.before == ending.after) return;
  const auto add = [&](Kind kind, std::int64_t people) {
    effects.add_moments(kind, kinds.what, ending.before, ending.after, unit, people);
  };
  if (ending.before > now && ending.after <= now) return add(kinds.ends_now, ending.open);
  if (ending.before > now && ending.after < ending.before) return add(kinds.ends_sooner, ending.open);
  if (ending.before <= now && ending.after > now) return add(kinds.goes_on, ending.again);
}

// A window that opens only later takes nothing now: for those who have applied it ends as one does that is over.
Instant end_of(const Period& window, Instant now, bool was_open) {
  return was_open && window.opens > now ? now : window.closes;
}

void judge_windows(const UnitChange& change, RecruitmentState state, Instant now, EffectList& effects) {
  const UnitCode& unit = change.unit.unit.code;
  const Concerned& people = change.people;
  const bool was_open = change.before.applications.contains(now);
  // Where no fee is taken whoever has applied is done: nothing lapses, and no money can be asked back.
  const std::int64_t at_stake = change.unit.fee > 0 ? people.standing() : people.unpaid;
  // What was closed stays closed, whatever its calendars say.
  if (state != RecruitmentState::closed) {
    judge_ending({Kind::closes_now, Kind::closes_sooner, Kind::opens_again, {"applications close", "접수 마감"}},
                 {change.before.applications.closes, end_of(change.after.applications, now, was_open), at_stake,
                  people.standing() + people.lapsed},
                 unit, now, effects);
    judge_ending({Kind::payments_end_now, Kind::payments_end_sooner, Kind::payments_go_on,
                  {"fees can be paid, and what is unpaid then lapses:", "결제 마감(미결제 원서는 무효)"}},
                 {change.before.payment_closes(), change.after.payment_closes(), people.unpaid, people.unpaid}, unit, now,
                 effects);
  }
  judge_ending({Kind::withdrawals_end, Kind::withdrawals_end, Kind::withdrawals_go_on,
                {"withdrawing with the fee back until", "환불되는 접수 취소 기한"}},
               {change.before.cancel_until, change.after.cancel_until, at_stake, people.standing()}, unit, now,
               effects);
  judge_ending({Kind::self_reports_end, Kind::self_reports_end, Kind::self_reports_end,
                {"health reports until", "건강 자진신고 기한"}},
               {change.before.self_reports.closes, change.after.self_reports.closes, people.standing(), 0}, unit, now,
               effects);
}

void judge_unit(const UnitChange& change, const NoticeUnit& after, EffectList& effects) {
  const UnitCode& code = change.unit.unit.code;
  const std::int64_t standing = change.people.standing();
  if (change.before.exam_on != change.after.exam_on) {
    effects.add(Kind::exam_day,
                from_to({"exam day", "시험일"}, write_plain_day(change.before.exam_on), write_plain_day(change.after.exam_on)),
                code, standing);
  }
  const Unit& was = change.unit.unit;
  const Unit& is = after.unit;
  if (was.starts_at != is.starts_at || was.seated_by != is.seated_by || was.duration_min != is.duration_min) {
    effects.add(Kind::exam_times, from_to({"times of the exam", "시험 시각"}, write_times(was), write_times(is)), code,
                standing);
  }
  if (change.unit.fee != after.fee) {
    const auto won = [](Won fee) {
      const std::string digits = group_digits(static_cast<long long>(fee));
      return Text{digits + " won", digits + "원"};
    };
    effects.add(Kind::fee, from_to({"fee", "응시수수료"}, won(change.unit.fee), won(after.fee)), code, standing);
  }
}

// Of one unit, so that those whom several changes concern are counted once.
NoticeEffects judge_one_unit(const StoredRecruitment& before, const Recruitment& after, const NoticeUnit& unit,
                             const Concerned& people, Instant now) {
  EffectList effects(after.header.time_zone);
  const NoticeUnit* next = after.find_unit(unit.unit.code);
  if (next == nullptr) {
    effects.add(Kind::unit_taken_away,
                {fmt::format("unit {} is taken away", unit.unit.code.text()),
                 fmt::format("모집단위 {} 삭제", unit.unit.code.text())},
                unit.unit.code, people.standing());
  } else {
    const UnitChange change{unit, before.notice.calendar_of(unit), after.calendar_of(*next), people};
    judge_unit(change, *next, effects);
    judge_windows(change, before.state, now, effects);
  }
  NoticeEffects judged{effects.take(), 0};
  // Of one unit the concerned of one change hold those of another, but that the unpaid alone are fewer than all.
  for (const NoticeEffect& effect : judged.list) judged.people = std::max(judged.people, effect.people);
  return judged;
}

Text name_refusal(const NoticeEffects& effects) {
  const Text what = tell_effects(effects);
  return {fmt::format("This concerns {} who have applied: {}. Nothing was changed; say so with their number to go on.",
                      count_people(effects.people), what.en),
          fmt::format("이미 접수한 {}명에게 영향을 줍니다. {}. 아무것도 바꾸지 않았습니다. 계속하려면 이 인원을 함께 지정하십시오.",
                      group_digits(effects.people), what.ko)};
}

}  // namespace

std::string_view spell(NoticeEffectKind kind) {
  switch (kind) {
    case Kind::unit_taken_away: return "unit_taken_away";
    case Kind::exam_day: return "exam_day";
    case Kind::exam_times: return "exam_times";
    case Kind::fee: return "fee";
    case Kind::closes_now: return "closes_now";
    case Kind::closes_sooner: return "closes_sooner";
    case Kind::opens_again: return "opens_again";
    case Kind::payments_end_now: return "payments_end_now";
    case Kind::payments_end_sooner: return "payments_end_sooner";
    case Kind::payments_go_on: return "payments_go_on";
    case Kind::withdrawals_end: return "withdrawals_end";
    case Kind::withdrawals_go_on: return "withdrawals_go_on";
    case Kind::self_reports_end: break;
  }
  return "self_reports_end";
}

NoticeEffects judge_effects(const StoredRecruitment& before, const Recruitment& after, const UnitCounts& counts, Instant now) {
  NoticeEffects all;
  if (before.state == RecruitmentState::prepared) return all;
  std::map<std::pair<NoticeEffectKind, std::string>, NoticeEffect> by_words;
  for (const NoticeUnit& unit : before.notice.units) {
    const Concerned people = concerned_in(counts, unit.unit.code);
    NoticeEffects of_unit = judge_one_unit(before, after, unit, people, now);
    all.people += of_unit.people;
    for (NoticeEffect& effect : of_unit.list) {
      NoticeEffect& together = by_words[{effect.kind, effect.what.en}];
      together.kind = effect.kind;
      together.what = effect.what;
      together.units.insert(together.units.end(), effect.units.begin(), effect.units.end());
      together.people += effect.people;
    }
  }
  for (auto& [key, effect] : by_words) all.list.push_back(std::move(effect));
  return all;
}

bool NoticeEffects::is_refused() const {
  return std::any_of(list.begin(), list.end(),
                     [](const NoticeEffect& effect) { return effect.kind == NoticeEffectKind::unit_taken_away; });
}

bool says_concerned(std::int64_t people, std::int64_t said) {
  const std::int64_t apart = people > said ? people - said : said - people;
  return said >= 0 && apart <= people / 10;
}

Text tell_effects(const NoticeEffects& effects) {
  Text told;
  for (const NoticeEffect& effect : effects.list) {
    told.en += fmt::format("{}{} ({})", told.en.empty() ? "" : "; ", effect.what.en, count_people(effect.people));
    told.ko += fmt::format("{}{}({}명)", told.ko.empty() ? "" : ", ", effect.what.ko, group_digits(effect.people));
  }
  return told;
}

EffectsUnsaid::EffectsUnsaid(NoticeEffects effects)
    : Conflict("concern_unsaid", name_refusal(effects)), effects_(std::move(effects)) {}

void require_effects_said(const NoticeEffects& effects, std::int64_t said) {
  if (effects.people == 0 || effects.is_refused()) return;
  if (!says_concerned(effects.people, said)) throw EffectsUnsaid(effects);
}

}  // namespace hanjari::services
