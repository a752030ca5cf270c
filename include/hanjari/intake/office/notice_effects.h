// What a saved version of a notice changes for the people who have applied: the one place that the command, the office's
// pages, the interface and both officers' steps ask.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/text.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

enum class NoticeEffectKind {
  unit_taken_away,
  exam_day,            // moves to another one, also with the unit's calendar
  exam_times,          // by which one has to be seated, at which it begins, how long it takes
  fee,
  closes_now,          // nobody can apply, or change an application, any more
  closes_sooner,
  opens_again,         // applications are taken again that were over
  payments_end_now,    // what is unpaid lapses
  payments_end_sooner,
  payments_go_on,      // fees are taken again
  withdrawals_end,     // with the fee back: now or sooner
  withdrawals_go_on,
  self_reports_end     // of health: now or sooner
};
std::string_view spell(NoticeEffectKind);

struct NoticeEffect {
  NoticeEffectKind kind = NoticeEffectKind::unit_taken_away;
  Text what;                 // "exam day 9 January 2027 -> 29 April 2027"
  std::vector<UnitCode> units;
  std::int64_t people = 0;
};

struct NoticeEffects {
  std::vector<NoticeEffect> list;  // in the order of the kinds; without those that concern nobody
  std::int64_t people = 0;         // whom any of them concerns, each counted once
  // A unit that people have applied for would go, which the store refuses (unit_in_use): nobody is asked before.
  bool is_refused() const;
};

// From what is stored to `after`, at this moment. Nothing of a notice that applicants do not see. Counted are those whose
// applications stand and, where applications are taken again, those whose applications have lapsed. That something ends
// concerns nobody of a unit without a fee but who still waits for a proof of identity.
NoticeEffects judge_effects(const StoredRecruitment& before, const Recruitment& after, const UnitCounts& counts, Instant now);

// Whether so many people were said: people go on applying while an officer reads, so that a tenth more or fewer is still
// what was seen. Below ten it has to be the very number.
bool says_concerned(std::int64_t people, std::int64_t said);

// Nothing was saved, because the number of people whom it concerns was not said (concern_unsaid).
class EffectsUnsaid : public Conflict {
 public:
  explicit EffectsUnsaid(NoticeEffects effects);
  const NoticeEffects& effects() const { return effects_; }

 private:
  NoticeEffects effects_;
};

// Throws EffectsUnsaid unless their number was said, or it is refused in any case. `said` below 0: it was not.
void require_effects_said(const NoticeEffects& effects, std::int64_t said);

// "exam day ... (12 people), fee ... (3 people)".
Text tell_effects(const NoticeEffects& effects);

}  // namespace hanjari::services
