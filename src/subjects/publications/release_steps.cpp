#include "hanjari/publications/release_steps.h"

#include <array>
#include <stdexcept>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {
namespace {

struct ReleaseWords {
  std::string_view word;
  Text name;
};
const std::array<ReleaseWords, 8> release_words = {{{"rendering", {"being made", "제작 중"}},
                                                    {"failed", {"failed the check", "대조 실패"}},
                                                    {"sealed", {"sealed", "봉인"}},
                                                    {"proposed", {"proposed", "상신"}},
                                                    {"approved", {"approved", "승인"}},
                                                    {"armed", {"armed", "발표 대기"}},
                                                    {"released", {"released", "발표"}},
                                                    {"withdrawn", {"withdrawn", "철회"}}}};

[[noreturn]] void throw_wrong_release_step(ReleaseStep step, const Text& wanted) {
  const Text name = name_of(step);
  throw Conflict("wrong_release_step", {fmt::format("This version is {} and cannot be {}.", name.en, wanted.en),
                                        fmt::format("이 판은 '{}' 단계라 {}할 수 없습니다.", name.ko, wanted.ko)});
}

void require_digest(const ReleaseState& now, const ReleaseAct& act) {
  if (!now.digest.empty() && act.seen_digest == now.digest) return;
  throw Conflict("other_digest", {"This is another set than the one you saw. Read the summary again before you go on.",
                                  "확인하신 내용과 다릅니다. 요약을 다시 확인한 뒤 진행하십시오."});
}

[[noreturn]] void throw_same_officer(const Text& message) {
  throw Conflict("same_officer", message);
}

void require_second_factor(const ReleaseAct& act) {
  if (act.second_factor) return;
  throw NotAllowed("second_factor_needed", {"This step needs the code of your authenticator or your security key.",
                                            "이 단계에는 인증 앱 번호나 보안 키가 필요합니다."});
}

ReleaseState after(const ReleaseState& now, ReleaseStep step, Instant at) {
  ReleaseState next = now;
  next.step = step;
  next.changed_at = at;
  ++next.changes;
  return next;
}

}  // namespace

std::string_view spell(ReleaseStep step) {
  return release_words.at(static_cast<std::size_t>(step)).word;
}

Text name_of(ReleaseStep step) {
  return release_words.at(static_cast<std::size_t>(step)).name;
}

ReleaseStep parse_release_step(std::string_view word) {
  for (std::size_t i = 0; i < release_words.size(); ++i) {
    if (release_words[i].word == word) return static_cast<ReleaseStep>(i);
  }
  throw std::logic_error("a step of a release that nobody knows");
}

ReleaseState propose_release(const ReleaseState& now, const ReleaseAct& act) {
  if (now.step != ReleaseStep::sealed) throw_wrong_release_step(now.step, {"proposed", "상신"});
  require_digest(now, act);
  ReleaseState next = after(now, ReleaseStep::proposed, act.at);
  next.proposed_by = act.officer;
  return next;
}

ReleaseState approve_release(const ReleaseState& now, const ReleaseAct& act) {
  if (now.step != ReleaseStep::proposed) throw_wrong_release_step(now.step, {"approved", "승인"});
  require_digest(now, act);
  if (act.officer == now.edited_by || act.officer == now.proposed_by) {
    throw_same_officer({"You ordered or proposed this version yourself. Another officer has to approve it.",
                        "본인이 작성하거나 상신한 판입니다. 다른 담당자가 승인해야 합니다."});
  }
  require_second_factor(act);
  ReleaseState next = after(now, ReleaseStep::approved, act.at);
  next.approved_by = act.officer;
  return next;
}

bool must_be_confirmed(const ReleaseState& now, const std::string& basis) {
  // One whose key died is armed in name only: what came meanwhile was not noticed by a program that held it.
  return now.on_hold() || (now.step == ReleaseStep::armed && !now.basis.empty() && now.basis != basis);
}

bool gave_shares_on(const ReleaseState& now, const std::string& basis) {
  return !basis.empty() && now.basis == basis;
}

ReleaseState arm_release(const ReleaseState& now, const ReleaseAct& act, const std::string& hold, const std::string& basis) {
  const bool elsewhere = now.held_by != hold;
  if (now.step != ReleaseStep::approved && !(now.step == ReleaseStep::armed && elsewhere))
    throw_wrong_release_step(now.step, {"armed", "발표 대기로 전환"});
  require_digest(now, act);
  require_second_factor(act);
  if (act.at + arming_opens < now.release_at) {
    throw Conflict("arming_closed",
                   {fmt::format("Shares are given in the last {} minutes before the release.", arming_opens.count()),
                    fmt::format("키 조각은 발표 {}분 전부터 낼 수 있습니다.", arming_opens.count())});
  }
  const bool confirms = must_be_confirmed(now, basis);
  if (confirms && act.seen_basis != basis) {
    throw Conflict("release_on_hold",
                   {"This version is on hold: something was decided or changed after both shares were given. Read what it is, and "
                    "confirm that this version is released all the same, or withdraw it.",
                    "발표가 보류된 판입니다. 두 조각을 낸 뒤 결정되거나 바뀐 것이 있습니다. 내용을 확인하고 그래도 이 판을 발표한다고 "
                    "확인하거나 철회하십시오."});
  }
  // A first share that knew less is no half of two that know the same.
  if (elsewhere || now.armed_first.empty() || now.basis != basis) {
    ReleaseState next = after(now, ReleaseStep::approved, act.at);
    next.armed_first = act.officer;
    next.armed_second.clear();
    next.held_by = hold;
    next.basis = basis;
    next.armed_on = !confirms ? "" : now.on_hold() ? now.armed_on : now.basis;
    return next;
  }
  if (act.officer == now.armed_first) {
    throw_same_officer({"You have given your share. A second officer has to give another one.",
                        "본인의 조각은 이미 냈습니다. 다른 담당자가 조각을 내야 합니다."});
  }
  ReleaseState next = after(now, ReleaseStep::armed, act.at);
  next.armed_second = act.officer;
  next.armed_on.clear();
  return next;
}

ReleaseState hold_release(const ReleaseState& now, Instant at) {
  if (now.step != ReleaseStep::armed) throw_wrong_release_step(now.step, {"put on hold", "보류"});
  ReleaseState next = after(now, ReleaseStep::approved, at);
  next.armed_first.clear();
  next.armed_second.clear();
  next.held_by.clear();
  next.armed_on = now.basis.empty() ? "0/0/" : now.basis;
  return next;
}

ReleaseState withdraw_release(const ReleaseState& now, const ReleaseAct& act) {
  const bool possible = now.step == ReleaseStep::sealed || now.step == ReleaseStep::proposed ||
                        now.step == ReleaseStep::approved || now.step == ReleaseStep::armed;
  if (!possible) throw_wrong_release_step(now.step, {"withdrawn", "철회"});
  require_digest(now, act);
  return after(now, ReleaseStep::withdrawn, act.at);
}

ReleaseState publish_release(const ReleaseState& now, Instant at, const std::string& hold) {
  if (now.step != ReleaseStep::armed) throw_wrong_release_step(now.step, {"released", "발표"});
  if (now.held_by != hold) {
    throw Conflict("key_elsewhere", {"Another run of the program was given the shares.",
                                     "키 조각은 다른 프로그램 실행에 제출되었습니다."});
  }
  if (at < now.release_at)
    throw Conflict("not_yet", {"The minute of the release has not come.", "아직 발표 시각이 아닙니다."});
  return after(now, ReleaseStep::released, at);
}

bool is_announced(ReleaseStep step) {
  return step == ReleaseStep::approved || step == ReleaseStep::armed || step == ReleaseStep::released;
}

}  // namespace hanjari::services
