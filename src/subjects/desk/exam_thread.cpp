#include "hanjari/desk/exam_thread.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "hanjari/base/local_time.h"

namespace hanjari::services {
namespace {

struct StageWords {
  std::string_view word;
  Text name;
  Text who;
  Text next;
};

const Text officer_of_stage{"exam officer", "시험 담당자"};
const Text second_officer_of_stage{"second exam officer", "다른 시험 담당자"};
const Text program_of_stage{"", ""};

const std::array<StageWords, 14> thread_stage_words = {{
    {"prepared", {"prepared", "준비"}, officer_of_stage, {"Fill in the notice.", "공고를 작성하십시오."}},
    {"announced", {"announced", "공고 게시"}, officer_of_stage, {"Announce the notice.", "공고를 게시하십시오."}},
    {"open",
     {"applications open", "원서접수"},
     program_of_stage,
     {"Applications open by the clock.", "접수 시작 시각에 자동으로 열립니다."}},
    {"closed",
     {"applications closed", "접수 마감"},
     officer_of_stage,
     {"Close the applications.", "접수를 마감 처리하십시오."}},
    {"frozen",
     {"list frozen", "응시자 명단 확정"},
     officer_of_stage,
     {"Freeze the list of applicants.", "응시자 명단을 확정하십시오."}},
    {"venues_confirmed",
     {"venues confirmed", "시험장 확정"},
     {"district coordinators", "자치구 담당자"},
     {"Confirm venues and rooms, and make a plan.", "시험장과 시험실을 확정하고 배정안을 만드십시오."}},
    {"proposed", {"plan proposed", "배정안 상신"}, officer_of_stage, {"Propose a plan.", "배정안을 상신하십시오."}},
    {"confirmed",
     {"plan confirmed", "배정안 승인"},
     second_officer_of_stage,
     {"Confirm the proposed plan.", "상신된 배정안을 승인하십시오."}},
    {"seats_published",
     {"seats published", "좌석 공개"},
     officer_of_stage,
     {"Put the plan live.", "배정안을 확정해 좌석을 공개하십시오."}},
    {"day",
     {"exam day", "시험일"},
     {"venue chiefs", "시험장 책임자"},
     {"Print the papers and hold the exam.", "인쇄물을 준비하고 시험을 치르십시오."}},
    {"marks", {"marks", "채점"}, officer_of_stage, {"Import the marks.", "채점 결과를 가져오십시오."}},
    {"decided",
     {"decided", "합격 결정"},
     second_officer_of_stage,
     {"Freeze the rules and decide.", "합격 기준을 확정하고 합격자를 결정하십시오."}},
    {"published",
     {"results published", "합격자 발표"},
     officer_of_stage,
     {"Publish the results.", "합격자를 발표하십시오."}},
    {"destroyed",
     {"personal data destroyed", "개인정보 파기"},
     {"administrator", "관리자"},
     {"Destroy the personal data when its time has come.", "보관 기간이 끝나면 개인정보를 파기하십시오."}},
}};

const StageWords& words_of(Stage stage) {
  return thread_stage_words.at(static_cast<std::size_t>(stage));
}

bool left_trace(Stage stage, const ThreadFacts& facts, Instant now) {
  const bool has_notice = facts.notice != nullptr;
  switch (stage) {
    case Stage::prepared:
      return has_notice;
    case Stage::announced:
      return has_notice && facts.notice->state != RecruitmentState::prepared;
    case Stage::open:
      return has_notice && facts.notice->state != RecruitmentState::prepared &&
             facts.notice->notice.applications().opens <= now;
    case Stage::closed:
      return has_notice && facts.notice->state == RecruitmentState::closed;
    case Stage::frozen:
      return facts.populations > 0;
    case Stage::venues_confirmed:
    case Stage::proposed:
      return facts.proposed || facts.confirmed || facts.live;
    case Stage::confirmed:
      return facts.confirmed || facts.live;
    case Stage::seats_published:
      return facts.live;
    case Stage::day:
      return facts.exam_on != Date{} && local_time(now, facts.time_zone).day > facts.exam_on &&
             (facts.live || facts.result_packages > 0);
    case Stage::marks:
      return facts.result_packages > 0;
    case Stage::decided:
      return facts.decisions > 0;
    case Stage::published:
      return facts.released;
    case Stage::destroyed:
      break;
  }
  return facts.destroyed;
}

// Closing and freezing go by exam day. One moment of all of them is no moment of each.
std::vector<DayMoment> days_of(Stage stage, const ThreadFacts& facts) {
  if (facts.notice == nullptr || (stage != Stage::closed && stage != Stage::frozen)) return {};
  std::map<Date, Instant> last;
  for (const Calendar& calendar : facts.notice->notice.calendars) {
    // Closed once nobody can pay any more.
    const Instant at = stage == Stage::closed ? calendar.payment_closes() : calendar.cancel_until;
    const auto [known, is_new] = last.try_emplace(calendar.exam_on, at);
    if (!is_new) known->second = std::max(known->second, at);
  }
  std::vector<DayMoment> days;
  for (const auto& [day, at] : last) days.push_back({day, at});
  return days;
}

Instant next_of(const std::vector<DayMoment>& days, Instant now) {
  std::optional<Instant> next;
  Instant last = days.front().at;
  for (const DayMoment& day : days) {
    last = std::max(last, day.at);
    if (day.at > now) next = std::min(next.value_or(day.at), day.at);
  }
  return next.value_or(last);
}

std::optional<Instant> moment_of(Stage stage, const ThreadFacts& facts) {
  std::optional<Instant> at;
  if (facts.notice != nullptr) {
    const Recruitment& notice = facts.notice->notice;
    if (stage == Stage::announced || stage == Stage::open) at = notice.applications().opens;
  }
  if (stage == Stage::day && facts.exam_on != Date{}) at = instant_of(facts.exam_on, 0, facts.time_zone);
  return at;
}

}  // namespace

std::string_view spell(Stage stage) {
  return words_of(stage).word;
}

Text name_of(Stage stage) {
  return words_of(stage).name;
}

std::vector<ThreadStage> list_stages(const ThreadFacts& facts, Instant now) {
  std::vector<ThreadStage> stages;
  std::size_t reached = 0;  // stages from the first one that are behind us
  for (std::size_t at = 0; at < thread_stage_words.size(); ++at) {
    ThreadStage& stage = stages.emplace_back();
    stage.stage = static_cast<Stage>(at);
    stage.at = moment_of(stage.stage, facts);
    if (std::vector<DayMoment> days = days_of(stage.stage, facts); !days.empty()) {
      stage.at = next_of(days, now);
      const auto differs = [&](const DayMoment& day) { return day.at != days.front().at; };
      if (std::any_of(days.begin(), days.end(), differs)) stage.days = std::move(days);
    }
    stage.who = words_of(stage.stage).who;
    if (left_trace(stage.stage, facts, now)) reached = at + 1;
  }
  for (std::size_t at = 0; at < stages.size(); ++at) {
    ThreadStage& stage = stages[at];
    stage.progression = at < reached ? Progression::done : at == reached ? Progression::now : Progression::ahead;
    if (stage.progression == Progression::now) stage.next = words_of(stage.stage).next;
  }
  return stages;
}

}  // namespace hanjari::services
