// Making a plan live: against what it was made, what it changes for whom, and what it would undo.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/replanning/notices.h"

namespace hanjari::services {
namespace {

constexpr std::size_t most_steps_told = 20;
constexpr std::size_t most_moves_told = 20;

bool is_same(const LivePointer& live, const StoredPlan& plan) {
  return live.plan_digest == plan.digest && live.input_sha256 == plan.input_sha256;
}

// The plan that is live, as it is listed.
StoredPlan listed(const LivePointer& live) {
  StoredPlan plan;
  plan.digest = live.plan_digest;
  plan.input_sha256 = live.input_sha256;
  return plan;
}

struct Lineage {
  bool made_from_live = true;
  std::vector<HistoryStep> own;
  std::vector<HistoryStep> lost;
};

Lineage lineage_of(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan, const LivePointer& live) {
  Lineage lineage;
  lineage.own = exams.find_history(code, plan);
  lineage.made_from_live = plan.digest == live.plan_digest || is_made_from(lineage.own, live.plan_digest);
  if (!lineage.made_from_live) lineage.lost = steps_beyond(exams.find_history(code, listed(live)), lineage.own);
  return lineage;
}

void append(Text& text, const Text& line) {
  text.en += "\n" + line.en;
  text.ko += "\n" + line.ko;
}

// Every step of the live plan that would be undone, hand edits move by move.
[[noreturn]] void throw_other_base(const StoredPlan& plan, const LivePointer& live, const Lineage& lineage) {
  const std::string now = live.plan_digest.substr(0, 12);
  const std::string own = plan.digest.substr(0, 12);
  const std::string base = lineage.own.size() < 2 ? std::string() : lineage.own[lineage.own.size() - 2].digest.substr(0, 12);
  Text text{fmt::format("plan {} was not made from the live plan {}{}; nothing was changed. Going live would undo:", own,
                        now, base.empty() ? "" : fmt::format(" but from {}", base)),
            in_korean("배정안 {}[은/는] 현재 확정 배정안 {}에서 만든 것이 아닙니다{}. 아무것도 바꾸지 않았습니다. "
                        "그대로 확정하면 다음 변경이 없어집니다.",
                        own, now, base.empty() ? "" : fmt::format("(기준 배정안: {})", base))};
  std::size_t told = 0;
  for (const HistoryStep& step : lineage.lost) {
    if (told++ == most_steps_told) {
      const std::size_t rest = lineage.lost.size() - most_steps_told;
      append(text, {fmt::format("  and {} more steps", rest), fmt::format("  그 밖에 {}단계", rest)});
      break;
    }
    const Text line = describe_step(step);
    append(text, {"  " + line.en, "  " + line.ko});
    for (const Text& move : describe_moves(step, most_moves_told)) append(text, {"    " + move.en, "    " + move.ko});
  }
  append(text, {fmt::format("Do the edits of {} again on the live plan (edit --onto), or, if the live plan is "
                            "meant to give way, say so with --instead-of {}.",
                            own, now),
                in_korean("{}의 변경을 확정 배정안에 다시 적용하십시오(edit --onto). 확정 배정안을 "
                            "버리려는 것이면 --instead-of {}[으로/로] 알려 주십시오.",
                            own, now)});
  throw OtherBase(text);
}

void require_wanted(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan, const LivePointer& live,
                    const LiveWish& wish) {
  if (!wish.instead_of.empty()) {
    if (wish.instead_of.size() >= 12 && live.plan_digest.starts_with(wish.instead_of)) return;
    const std::string now = live.plan_digest.substr(0, 12);
    throw Conflict("not_the_live_plan",
                   {fmt::format("plan {} is not the live one: that is {} now; look again at what it changes",
                                wish.instead_of, now),
                    in_korean("{}[은/는] 확정 배정안이 아닙니다. 지금은 {}[이/가] 확정 배정안이니 무엇이 바뀌는지 다시 "
                                "확인하십시오",
                                wish.instead_of, now)});
  }
  const Lineage lineage = lineage_of(exams, code, plan, live);
  if (!lineage.made_from_live) throw_other_base(plan, live, lineage);
}

struct LoadedPlan {
  Exam exam;
  Plan plan;
};

// `known`: an exam that was read already; taken where the plan is of the very same one, because reading opens everybody's
// sealed values.
LoadedPlan load(ExamRepository& exams, const ExamCode& code, const StoredPlan& stored, const Exam* known = nullptr) {
  std::optional<Exam> exam;
  if (known != nullptr && known->input_sha256 == stored.input_sha256) {
    exam = *known;
  } else {
    exam = exams.find_exam(code, stored.input_sha256);
  }
  std::optional<Plan> plan;
  if (exam) plan = exams.find_plan(*exam, stored.digest);
  if (!plan) {
    throw NotFound("plan_not_found", {fmt::format("plan {} is not in the database", stored.digest),
                                      in_korean("배정안 {}[이/가] 데이터베이스에 없습니다", stored.digest)});
  }
  return {std::move(*exam), std::move(*plan)};
}

void count_notices(LiveDifference& difference, const std::vector<replanning::Notice>& notices) {
  std::set<std::string> venues;
  for (const replanning::Notice& notice : notices) {
    ++difference.told;
    switch (notice.kind) {
      case replanning::NoticeKind::venue:
        ++difference.venue;
        break;
      case replanning::NoticeKind::room:
        ++difference.room;
        break;
      case replanning::NoticeKind::seat:
        ++difference.seat;
        break;
      case replanning::NoticeKind::added:
        ++difference.added;
        break;
      case replanning::NoticeKind::removed:
        ++difference.removed;
        break;
      case replanning::NoticeKind::unseated:
        ++difference.unseated;
        break;
    }
    // Also of a move inside the venue: its rosters and door lists change.
    if (notice.before) venues.insert(notice.before->venue_code);
    if (notice.after) venues.insert(notice.after->venue_code);
  }
  difference.venues_changed = std::ssize(venues);
}

// What differs in numbers; both plans are read whole.
void count_difference(ExamRepository& exams, const ExamCode& code, const StoredPlan& plan, const StoredPlan& told_plan,
                      LiveDifference& difference) {
  const LoadedPlan before = load(exams, code, told_plan);
  const LoadedPlan after = load(exams, code, plan, &before.exam);
  const PlanRows told = package::rows_of_plan(before.exam, before.plan);
  const std::vector<replanning::Notice> notices =
      replanning::list_notices(after.exam, told, after.plan, &before.exam);
  count_notices(difference, notices);
  const replanning::FarMoves far = replanning::count_far_moves(after.exam, notices);
  difference.farther = far.farther;
  difference.beyond = far.beyond;
  difference.limit_m = far.limit_m;
  if (far.worst != nullptr) {
    difference.worst_before = far.worst->before->travel_m;
    difference.worst_after = far.worst->after->travel_m;
  }
  std::map<std::string, std::string> used_before;  // name by code
  std::map<std::string, std::string> used_after;
  for (const Placement& placed : before.plan.placements) {
    difference.travel_before += placed.travel_m;
    used_before[before.exam[placed.venue].code.text()] = before.exam[placed.venue].name;
  }
  for (const Placement& placed : after.plan.placements) {
    difference.travel_after += placed.travel_m;
    used_after[after.exam[placed.venue].code.text()] = after.exam[placed.venue].name;
  }
  for (const auto& [venue, name] : used_before) {
    if (!used_after.contains(venue)) difference.venues_lost.push_back(name);
  }
  for (const auto& [venue, name] : used_after) {
    if (!used_before.contains(venue)) difference.venues_new.push_back(name);
  }
}

// People and venues of the steps that would be lost, as they are in the live plan.
MoveNames names_of_moves(ExamRepository& exams, const ExamCode& code, const StoredPlan& live,
                         const std::vector<HistoryStep>& steps) {
  MoveNames names;
  std::set<ApplicantId> people;
  bool any_move = false;
  for (const HistoryStep& step : steps) {
    any_move = any_move || !step.moves.empty();
    for (const HandMove& move : step.moves) {
      if (!move.applicant.text().empty()) people.insert(move.applicant);
    }
  }
  if (!any_move) return names;
  for (const VenueSummary& venue : exams.list_venues(code, live)) names.venues[venue.code] = venue.name;
  for (MovedPerson& person : exams.find_people(code, live, {people.begin(), people.end()}))
    names.people.emplace(person.id, std::move(person));
  return names;
}

}  // namespace

void require_complete(const StoredPlan& plan) {
  if (plan.unseated == 0 && plan.status != PlanStatus::infeasible && plan.status != PlanStatus::gave_up) return;
  throw Conflict("plan_incomplete",
                 {fmt::format("the plan leaves {} without a seat; it cannot go live", count_people(plan.unseated)),
                  fmt::format("배정안에 좌석이 없는 사람이 {}명 있어 확정할 수 없습니다", group_digits(plan.unseated))});
}

LiveDifference compare_with_live(ExamRepository& exams, const ExamCode& code, const std::string& digest) {
  require_not_destroyed(exams, code);
  const StoredPlan stored = find_stored_plan(exams, code, digest);
  const auto live = exams.find_live_plan(code);
  LiveDifference difference;
  if (!live) {
    // Seats that were withdrawn are nobody's any more: whatever goes live is news to everybody, as a first plan.
    const auto withdrawn = exams.find_withdrawn_plan(code);
    if (!withdrawn) return difference;
    difference.live_version = withdrawn->version;
    difference.withdrawn = true;
    // Decisions on single people and hand edits since then are not to be forgotten with the seats.
    difference.lost = lineage_of(exams, code, stored, *withdrawn).lost;
    difference.names = names_of_moves(exams, code, listed(*withdrawn), difference.lost);
    return difference;
  }
  const StoredPlan told_plan = listed(*live);
  const auto kept = exams.find_figures(code, stored, told_plan);
  if (!kept || !read_figures(*kept, difference)) {
    difference = {};
    count_difference(exams, code, stored, told_plan, difference);
    exams.keep_figures(code, stored, told_plan, write_figures(difference));
  }
  difference.live_digest = live->plan_digest;
  difference.live_version = live->version;
  Lineage lineage = lineage_of(exams, code, stored, *live);
  difference.made_from_live = lineage.made_from_live;
  difference.lost = std::move(lineage.lost);
  difference.names = names_of_moves(exams, code, told_plan, difference.lost);
  return difference;
}

void count_difference_ahead(ExamRepository& exams, const ExamCode& code, const std::string& digest,
                            Progress& progress) {
  try {
    if (!exams.find_live_plan(code)) return;
    progress.stage({"Comparing with the live plan", "확정 배정안과 비교"}, 0);
    compare_with_live(exams, code, digest);
  } catch (const Error&) {
    // The plan is stored; its page counts again.
  } catch (const JobStopped&) {
    // The same: whoever cancels now finds the plan among the others.
  }
}

void record_lost_steps(AccessRecord& accesses, const ExamCode& code, const LiveDifference& difference,
                       const Change& change) {
  if (difference.lost.empty()) return;
  std::set<std::string> people;
  for (const HistoryStep& step : difference.lost) {
    for (const HandMove& move : step.moves) {
      if (!move.applicant.text().empty()) people.insert(move.applicant.text());
    }
  }
  AuditNote note{"plan.lost_steps", code.text(), difference.withdrawn ? "withdrawn plan" : "plan " + difference.live_digest};
  note.exam = code.text();
  note.whose.assign(people.begin(), people.end());
  accesses.record_access(change, note);
}

LiveOutcome make_plan_live(ExamRepository& exams, const ExamCode& code, const std::string& digest,
                           const Change& change, const LiveWish& wish) {
  require_not_destroyed(exams, code);
  // The version read here is the one that the pointer has to have when it is set: so whatever is compared below is
  // compared with the plan that gives way, or the pointer stays.
  const auto live = exams.find_live_plan(code);
  auto last = live;
  if (!last) last = exams.find_withdrawn_plan(code);
  const std::int64_t version = last ? last->version : 0;
  const StoredPlan plan = find_stored_plan(exams, code, digest);
  if (wish.compared_with && *wish.compared_with != version) {
    throw LivePlanChanged({"somebody else changed the live plan of this exam meanwhile; look again",
                           "그사이 다른 사람이 이 시험의 확정 배정안을 바꾸었습니다. 다시 확인하십시오"});
  }
  if (live && is_same(*live, plan)) return {plan.digest, live->version, false};
  require_complete(plan);
  if (live) require_wanted(exams, code, plan, *live, wish);
  if (wish.emergency) {
    exams.set_live_plan_in_emergency(code, plan, version, change);
  } else {
    exams.set_live_plan(code, plan, version, change);
  }
  return {plan.digest, version + 1, true};
}

}  // namespace hanjari::services
