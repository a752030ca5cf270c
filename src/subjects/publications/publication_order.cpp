// The order of a version: what officers write, judged before anything is made of it.
#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/embargo/release_key.h"
#include "hanjari/publications/publication_job.h"

namespace hanjari::services {
namespace {

constexpr auto furthest_release = std::chrono::days(366);  // further ahead is a slip in the year
constexpr std::size_t longest_words = 4'000;  // bytes of one text in one language

void need_words(const Text& text, const char* field, const Text& name, Faults& faults) {
  for (const std::string* words : {&text.ko, &text.en}) {
    const bool missing = is_blank_text(*words);
    if (!missing && words->size() <= longest_words && is_valid_utf8(*words)) continue;
    faults.add({"", 0, field,
                {name.en + (missing ? " is missing" : " is too long"), name.ko + (missing ? ": 문구가 없습니다" : ": 너무 깁니다")},
                {fmt::format("write it in Korean, and in English if you like, at most {} bytes each", longest_words),
                 fmt::format("한국어로, 필요하면 영어로도 각각 {}바이트 이내로 적으십시오", longest_words)}});
    return;
  }
}

// What nobody wrote in English stands there in Korean.
PublicationOrder with_korean_for_english(PublicationOrder order) {
  for (Text* text : {&order.next_passed, &order.next_others, &order.objection, &order.reason, &order.next_called}) {
    if (is_blank_text(text->en)) text->en = text->ko;
  }
  return order;
}

// Days as people and spreadsheets write them; what is none stays as it was typed, for the order to be refused.
PublicationOrder with_plain_days(PublicationOrder order) {
  for (std::string* day : {&order.passed_until, &order.others_until, &order.objection_until}) {
    if (is_blank_text(*day)) {
      day->clear();
    } else if (const auto read = parse_typed_date(*day)) {
      *day = format_date(*read);
    }
  }
  return order;
}

void judge_holders(PublicationRepository& publications, const PublicationOrder& order, Faults& faults) {
  const std::set<std::string> different(order.share_holders.begin(), order.share_holders.end());
  if (order.share_holders.size() != embargo::shares_made || different.size() != embargo::shares_made) {
    faults.add({"", 0, "share_holders",
                {"the key is split among three different officers", "키는 서로 다른 담당자 세 명에게 나눕니다"},
                {"name three accounts", "계정 세 개를 적으십시오"}});
    return;
  }
  for (const std::string& officer : order.share_holders) {
    if (publications.find_officer_key(officer)) continue;
    faults.add({"", 0, "share_holders",
                {officer + " has no release key", officer + ": 발표 키가 없습니다"},
                {"let the officer make one, or name another", "해당 담당자가 발표 키를 만들거나 다른 담당자를 적으십시오"}});
  }
}

// A day of a calendar is a day, and not before the release.
void judge_day(const std::string& day, const char* field, Instant release_at, Faults& faults) {
  if (day.empty()) return;
  const auto read = parse_date(day);
  // A zone is at most half a day away from UTC, so that a day earlier is before the release everywhere.
  if (read && std::chrono::sys_days(std::chrono::days(read->days)) + std::chrono::hours(48) > release_at) return;
  faults.add({"", 0, field,
              {"'" + day + "' is no day after the release", "'" + day + "': 발표 이후의 날짜가 아닙니다"},
              {"write it as 2027-06-12, or leave it empty", "2027-06-12처럼 적거나 비워 두십시오"}});
}

// What an order would publish, of either stage.
struct ToPublish {
  StoredDecision written;         // in the final stage that which the final decision was made on
  std::string sha256;             // of the decision that is shown
  std::int64_t newest = 0;        // version of the newest decision of the stage; 0 when it is this one
  std::string decided_by{};       // final stage
  bool calls_people_up = false;   // final stage: somebody is to be interviewed besides
};

void judge_order(PublicationRepository& publications, const PublicationOrder& order, const ToPublish& shown, bool first, Instant now) {
  Faults faults;
  if (order.release_at == Instant{}) {
    faults.add({"", 0, "release_at",
                {"the moment of the release is missing or is none", "발표 일시가 없거나 일시가 아닙니다"},
                {"write it as 2027-06-12 10:00, by the clock of the exam", "시험 시간대의 시각으로 2027-06-12 10:00처럼 적으십시오"}});
  } else if (order.release_at <= now || order.release_at.time_since_epoch() % std::chrono::minutes(1) != Instant::duration{}) {
    faults.add({"", 0, "release_at",
                {"the release is not at a whole minute to come", "발표 일시가 이미 지났거나 분 단위가 아닙니다"},
                {"write a later minute", "지금보다 뒤의 일시를 분 단위로 적으십시오"}});
  } else if (order.release_at > now + furthest_release) {
    faults.add({"", 0, "release_at",
                {"the release is more than a year ahead", "발표 일시가 1년보다 뒤입니다"},
                {"look at the year", "연도를 확인하십시오"}});
  }
  need_words(order.next_passed, "next_passed", {"What those who passed do next", "합격자의 다음 절차"}, faults);
  need_words(order.next_others, "next_others", {"What everybody else can do", "그 밖의 응시자 안내"}, faults);
  need_words(order.objection, "objection", {"How to object", "이의제기 방법"}, faults);
  if (shown.calls_people_up && !order.withdrawal)
    need_words(order.next_called, "next_called", {"What those who are called up do next", "추가 면접 대상자의 다음 절차"}, faults);
  if (!first) need_words(order.reason, "reason", {"What is corrected, and why", "정정 내용과 사유"}, faults);
  if (first && !(order.reason == Text{})) {
    faults.add({"", 0, "reason",
                {"the first release corrects nothing", "첫 발표에는 정정 사유를 적지 않습니다"},
                {"leave it empty", "비워 두십시오"}});
  }
  judge_day(order.passed_until, "passed_until", order.release_at, faults);
  judge_day(order.others_until, "others_until", order.release_at, faults);
  judge_day(order.objection_until, "objection_until", order.release_at, faults);
  judge_holders(publications, order, faults);
  if (!faults.empty()) {
    throw InvalidInput("bad_order", {"The order of the publication is not complete.", "공고 내용이 완전하지 않습니다."},
                       std::move(faults));
  }
}

bool is_being_made(const Publication& publication) {
  return publication.state.step == ReleaseStep::rendering;
}

bool may_stand(const Publication& publication) {
  return publication.state.step != ReleaseStep::failed && publication.state.step != ReleaseStep::withdrawn;
}

// The version of the newest decision; 0 when it is this one.
std::int64_t newest_beside(ResultRepository& results, const StoredDecision& decision) {
  const std::vector<StoredDecision> decisions = results.list_decisions(decision.exam);
  return decisions.front().version == decision.version ? 0 : decisions.front().version;
}

// Whether the column says so of anybody; numbers and codes hold no such word between commas.
bool calls_anybody_up(const std::string& decisions_final) {
  return decisions_final.find(",call_up,") != std::string::npos;
}

ToPublish load_to_publish(ResultRepository& results, InterviewRepository* interviews, const ExamCode& exam,
                          const PublicationOrder& order) {
  if (order.stage == proof::Stage::written) {
    StoredDecision decision = find_decision(results, exam, order.decision);
    const std::int64_t newest = newest_beside(results, decision);
    std::string sha256 = decision.decision_sha256;
    return {std::move(decision), std::move(sha256), newest};
  }
  if (interviews == nullptr)
    throw NotFound("unknown_final", {"This program keeps no final decisions.", "이 프로그램은 최종 결정을 다루지 않습니다."});
  const StoredFinal final = find_final(*interviews, exam, order.decision);
  const std::int64_t newest = interviews->list_finals(exam).front().version;
  return {find_decision(results, exam, final.decision), final.final_sha256, newest == final.version ? 0 : newest, final.author,
          calls_anybody_up(interviews->load_final_file(final, "decisions_final.csv"))};
}

// What order_publication says of an order beside its words.
PublicationOrder with_what_is_known(PublicationOrder order, const ToPublish& shown) {
  order.knows = order.withdrawal ? 0 : shown.newest;
  const bool final = order.stage == proof::Stage::final;
  order.written = final ? shown.written.version : 0;
  order.decided_by = final ? shown.decided_by : "";
  if (!final) order.next_called = {};
  return order;
}

Publication version_of(const ExamCode& exam, const PublicationOrder& order, const ToPublish& shown,
                       const std::optional<Publication>& released, const Change& change) {
  Publication publication;
  publication.id = draw_token();
  publication.exam = exam;
  publication.version = released ? released->version + 1 : 1;
  publication.order = order;
  publication.decision_sha256 = shown.sha256;
  publication.replaces = released ? released->root : "";
  publication.state.edited_by = change.author;
  publication.state.release_at = order.release_at;
  publication.state.changed_at = change.at;
  return publication;
}

}  // namespace

OrderedPublication order_publication(PublicationRepository& publications, ResultRepository& results,
                                     JobRepository& jobs, const ExamCode& exam, const PublicationOrder& sent,
                                     const Change& change, InterviewRepository* interviews) {
  if (sent.decision < 1) {
    throw InvalidInput("bad_order", {"Name the decision to publish: a whole number from 1.",
                                     "발표할 결정을 1 이상의 정수로 적으십시오."});
  }
  const ToPublish shown = load_to_publish(results, interviews, exam, sent);
  const PublicationOrder order = with_what_is_known(with_plain_days(with_korean_for_english(sent)), shown);
  const auto released = find_released(publications, exam, order.stage);
  const auto there = publications.list_publications(exam);
  const auto newest = std::find_if(there.begin(), there.end(), [&](const Publication& one) { return one.order.stage == order.stage; });
  if (newest != there.end() && may_stand(*newest) && newest->order == order && newest->decision_sha256 == shown.sha256 &&
      !is_being_made(*newest))
    return {*newest, std::nullopt};
  judge_order(publications, order, shown, !released, change.at);
  Publication publication = version_of(exam, order, shown, released, change);
  // Who takes a release back shows nobody's verdict.
  if (!order.withdrawal) {
    require_not_overtaken(results, shown.written);
    if (order.stage == proof::Stage::final) require_decision_stands(publications, results, publication);
  }
  if (order.withdrawal && !released) {
    throw Conflict("no_release_yet", {"Nothing of this exam is released, so there is nothing to take back.",
                                      "발표된 결과가 없어 취소할 것이 없습니다."});
  }
  for (const Job& running : jobs.list_jobs({.exam = exam.text(), .kind = publication_job_kind, .limit = 1})) {
    if (is_over(running.state)) continue;
    throw Conflict("publication_running", {"A publication of this exam is being made. Wait until that is over.",
                                           "이 시험의 공고를 만드는 중입니다. 끝난 뒤에 다시 요청하십시오."});
  }
  OrderedPublication ordered{publications.add_publication(publication, change), std::nullopt};
  const std::string request = nlohmann::json{{"publication", ordered.publication.number}}.dump();
  try {
    ordered.job = jobs.add_job({publication_job_kind, exam.text(), request}, draw_token(), change);
  } catch (...) {
    // Nobody would ever make it.
    publications.fail_publication(ordered.publication, change);
    throw;
  }
  return ordered;
}

}  // namespace hanjari::services
