// hanjari live: says which plan of an exam is the one that people see.
#include <fmt/format.h>

#include "cli/exam_arguments.h"
#include "cli/concerned.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/replanning/notices.h"
#include "plans/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/named_exam.h"

namespace hanjari::cli {
namespace {

using services::LiveDifference;

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void say_people(const LiveDifference& change, const Terminal& terminal) {
  const auto number = [](std::int64_t value) { return group_digits(value); };
  if (change.told == 0) {
    terminal.say({"nobody's place differs from the live plan", "확정 배정안과 자리가 달라지는 응시자가 없습니다"});
    return;
  }
  terminal.say({fmt::format("{} {} concerned: {} other venue, {} other room, {} other seat, {} added, {} removed, {} "
                            "without a seat; {}",
                            count_people(change.told), word_for(change.told, "is", "are"), number(change.venue),
                            number(change.room), number(change.seat), number(change.added), number(change.removed),
                            number(change.unseated), count_of(change.venues_changed, "venue", "venues")),
                fmt::format("{}명의 자리가 달라집니다. 시험장 변경 {}명, 시험실 변경 {}명, 좌석 변경 {}명, 추가 {}명, 제외 {}명, 좌석 없음 {}명. "
                            "관련 시험장 {}곳",
                            number(change.told), number(change.venue), number(change.room), number(change.seat),
                            number(change.added), number(change.removed), number(change.unseated), number(change.venues_changed))});
  if (!change.venues_lost.empty()) {
    terminal.say({"not used any more: " + joined(change.venues_lost),
                  "더는 사용하지 않는 시험장: " + joined(change.venues_lost)});
  }
  if (!change.venues_new.empty())
    terminal.say({"used from now on: " + joined(change.venues_new), "새로 사용하는 시험장: " + joined(change.venues_new)});
}

void say_kilometres(const LiveDifference& change, const Terminal& terminal) {
  const auto km = [](Metres metres) { return group_digits(metres / 1'000) + " km"; };
  terminal.say({fmt::format("travel in all: {} instead of {}", km(change.travel_after), km(change.travel_before)),
                fmt::format("거리 합계: {} (지금 {})", km(change.travel_after), km(change.travel_before))});
  if (change.farther == 0) return;
  const std::string limit = replanning::spell_distance(change.limit_m);
  const std::string before = replanning::spell_distance(change.worst_before);
  const std::string after = replanning::spell_distance(change.worst_after);
  terminal.say({fmt::format("{} {} farther, {} by more than {}; the farthest from {} to {}", count_people(change.farther),
                            word_for(change.farther, "travels", "travel"), group_digits(change.beyond), limit, before,
                            after),
                fmt::format("{}명은 전보다 멀어지고 그 가운데 {}명은 {} 넘게 멀어집니다. 가장 먼 변경: {}에서 {}",
                            group_digits(change.farther), group_digits(change.beyond), limit, before, after)});
}

void say_lost_steps(const LiveDifference& change, const std::string& zone, const Terminal& terminal) {
  for (const HistoryStep& step : change.lost) {
    const Text line = services::describe_step(step, zone);
    terminal.say({"it does not have: " + line.en, "들어 있지 않은 변경: " + line.ko});
    for (const Text& move : services::describe_moves(step, 50, change.names)) terminal.say({"  " + move.en, "  " + move.ko});
  }
}

// `zone`: where the exam is held; empty while no plan of it is live.
void say_difference(const LiveDifference& change, std::int64_t seated, const std::string& zone,
                    const Terminal& terminal) {
  if (change.withdrawn) {
    const std::string people = group_digits(seated);
    terminal.say({fmt::format("the seats of this exam are withdrawn: {} {} from then on", count_people(seated),
                              word_for(seated, "sees a seat", "see their seats")),
                  fmt::format("좌석 공개가 철회된 시험입니다. 확정하면 {}명이 자리를 보게 됩니다", people)});
    say_lost_steps(change, zone, terminal);
    return;
  }
  if (change.live_digest.empty()) {
    const std::string people = group_digits(seated);
    terminal.say({fmt::format("no plan of this exam is live yet: {} {} from then on", count_people(seated),
                              word_for(seated, "sees a seat", "see their seats")),
                  fmt::format("이 시험에는 아직 확정 배정안이 없습니다. 확정하면 {}명이 자리를 보게 됩니다", people)});
    return;
  }
  terminal.say({fmt::format("against the live plan {} (version {}){}", change.live_digest, change.live_version,
                            change.made_from_live ? ", which it was made from" : ", which it was NOT made from"),
                in_korean("확정 배정안 {}(버전 {})[과/와] 견줍니다. {}", change.live_digest, change.live_version,
                            change.made_from_live ? "이 배정안에서 만든 것입니다" : "이 배정안에서 만든 것이 아닙니다")});
  say_lost_steps(change, zone, terminal);
  say_people(change, terminal);
  say_kilometres(change, terminal);
}

// A first live plan takes nobody's place away, and nobody is asked; but a number that was said has to be that of the
// people who see a seat from now on, or another plan was meant.
void require_first_told(const Arguments& arguments, std::int64_t people) {
  const auto typed = arguments.find("concerned");
  if (!typed || read_people(*typed) == people) return;
  const std::string again = suggest_again(arguments, "live", {"--concerned", std::to_string(people)});
  throw Conflict("people_concerned",
                 {fmt::format("no plan of the exam is live: {} {} then, not {}; nothing was changed. If that plan is "
                              "meant: {}",
                              count_people(people), word_for(people, "sees a seat", "see their seats"), *typed, again),
                  fmt::format("확정된 배정안이 없는 시험입니다. 자리를 보게 되는 사람은 {}명이 아니라 {}명이므로 아무것도 "
                              "바꾸지 않았습니다. 이 배정안이 맞으면: {}",
                              *typed, group_digits(people), again)});
}

// Throws Conflict (people_concerned) unless the number of people was said, by --concerned or on the terminal.
void require_told(const Arguments& arguments, const Terminal& terminal, const LiveDifference& change) {
  const std::int64_t said =
      ask_concerned(arguments, terminal, change.told, {"replacing the live plan", "확정 배정안을 바꿉니다"},
                    {"get another place than they were told", "안내받은 자리가 달라지는 사람이"});
  if (said == change.told) return;
  const std::string again = suggest_again(arguments, "live", {"--concerned", std::to_string(change.told)});
  throw Conflict("people_concerned",
                 {fmt::format("{} {} another place than they were told; nothing was changed. Say their number: {}",
                              count_people(change.told), word_for(change.told, "gets", "get"), again),
                  fmt::format("안내받은 자리가 달라지는 사람은 {}명입니다. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                              group_digits(change.told), again)});
}

// What would be undone was said just before, with names that a refusal must not hold.
[[noreturn]] void refuse_other_base(const LiveDifference& difference, const services::StoredPlan& stored) {
  const std::string own = stored.digest.substr(0, 12);
  const std::string now = difference.live_digest.substr(0, 12);
  throw Conflict("other_base",
                 {fmt::format("plan {} was not made from the live plan {}; nothing was changed, and going live would undo "
                              "what is listed above. Do the edits of {} again on the live plan (edit --onto), or, if the "
                              "live plan is meant to give way, say so with --instead-of {}",
                              own, now, own, now),
                  in_korean("배정안 {}[은/는] 현재 확정 배정안 {}에서 만든 것이 아니므로 아무것도 바꾸지 않았습니다. 그대로 "
                              "확정하면 위의 변경이 없어집니다. {}의 변경을 확정 배정안에 다시 적용하거나(edit --onto), 확정 "
                              "배정안을 버리려는 것이면 --instead-of {} 옵션을 더하십시오",
                              own, now, own, now)});
}

// Where the exam is held, so that moments of its history are told as its clocks show them.
std::string zone_of(storage::Database& database, const ExamCode& code) {
  const auto head = database.exams().find_head(code);
  return head ? head->time_zone : std::string();
}

Exit run_live(const Arguments& arguments, const Terminal& terminal) {
  const std::string& digest = arguments.positionals[1];
  services::LiveWish wish;
  wish.instead_of = arguments.find("instead-of").value_or("");
  wish.emergency = arguments.has("emergency");
  const std::string reason = arguments.find("reason").value_or("");
  if (wish.emergency && reason.empty()) {
    throw WrongUsage{{"--emergency needs a --reason, which is recorded",
                      "--emergency에는 기록으로 남길 --reason이 필요합니다"}};
  }
  if (wish.emergency) require_approvals_here(arguments);
  const auto database = open_database(arguments, terminal);
  const ExamCode code = named_exam(*database, arguments.positionals[0]);
  const services::Change change = change_of_operator(arguments);
  terminal.progress.stage({"Comparing with the live plan", "확정 배정안과 견주기"}, 0);
  const LiveDifference difference = services::compare_with_live(database->exams(), code, digest);
  services::record_lost_steps(database->accesses(), code, difference, change);
  const services::StoredPlan stored = services::find_stored_plan(database->exams(), code, digest);
  if (stored.unseated > 0) {
    terminal.say(tell_incomplete(static_cast<std::uint64_t>(stored.unseated),
                                 static_cast<std::uint64_t>(stored.seated + stored.unseated)));
    terminal.say({"it cannot go live; people who lose their seat are counted below as without one",
                  "확정할 수 없습니다. 좌석을 잃는 응시자는 아래의 좌석 없음에 들어 있습니다"});
  }
  say_difference(difference, stored.seated, difference.lost.empty() ? std::string() : zone_of(*database, code), terminal);
  wish.compared_with = difference.live_version;
  if (arguments.has("preview")) return stored.unseated > 0 ? Exit::findings : Exit::done;
  // What make_plan_live refuses in any case is not asked about first.
  const bool names_live = wish.instead_of.size() >= 12 && difference.live_digest.starts_with(wish.instead_of);
  const bool names_other = !wish.instead_of.empty() && !difference.live_digest.empty() && !names_live;
  const bool is_refused =
      stored.unseated > 0 || names_other || (!difference.made_from_live && wish.instead_of.empty());
  if (!is_refused && difference.live_digest.empty()) require_first_told(arguments, stored.seated);
  if (!is_refused && !difference.live_digest.empty()) require_told(arguments, terminal, difference);
  if (!difference.made_from_live && wish.instead_of.empty() && stored.unseated == 0) refuse_other_base(difference, stored);
  const services::LiveOutcome outcome = services::make_plan_live(database->exams(), code, digest, change, wish);
  if (outcome.changed) {
    terminal.say(
        {fmt::format("{}: plan {} is live (version {})", code.text(), outcome.plan_digest, outcome.version),
         in_korean("{}: 배정안 {}[을/를] 확정했습니다(버전 {})", code.text(), outcome.plan_digest, outcome.version)});
  } else {
    terminal.say({fmt::format("{}: plan {} is live already, nothing changed", code.text(), outcome.plan_digest),
                  fmt::format("{}: 이미 확정된 배정안입니다({}). 바뀐 것이 없습니다", code.text(), outcome.plan_digest)});
  }
  return Exit::done;
}

}  // namespace

Command live_command() {
  return {"live",
          {"makes a stored plan the one that people see", "저장된 배정안을 확정하여 공개합니다"},
          {{"CODE", {"exam code", "시험 코드"}},
           {"PLAN_DIGEST",
            {"SHA-256 of the plan's placements.csv, at least 12 digits", "placements.csv의 SHA-256, 12자리 이상"}}},
          {{"preview", "", {"only say what it would change, and for whom", "무엇이 누구에게 달라지는지만 알려 줍니다"}},
           {"instead-of",
            "DIGEST",
            {"the live plan that is meant to give way although this one was not made from it",
             "이 배정안의 기준이 아닌데도 물러나게 할 확정 배정안의 다이제스트"}},
           {"emergency",
            "",
            {"without the second officer's confirmation; recorded and shown in the office",
             "다른 담당자의 승인 없이 확정합니다. 기록되고 담당자 화면에 표시됩니다"}},
           concerned_option({"how many people get another place than the live plan gives them, as --preview shows; of a first "
                             "live plan how many see a seat",
                             "확정 배정안과 자리가 달라지는 인원, 첫 확정이면 자리를 보게 되는 인원. --preview로 볼 수 "
                             "있습니다"}),
           data_option(),
           config_option(),
           author_option(),
           {"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}}},
          run_live};
}

}  // namespace hanjari::cli
