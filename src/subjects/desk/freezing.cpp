#include "hanjari/desk/freezing.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/package/packed_exam.h"
#include "hanjari/venues/venue_adoption.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

std::vector<VenueOffer> offers_of(const FreezingNeeds& needs, const ExamCode& exam) {
  return needs.offers == nullptr ? std::vector<VenueOffer>{} : needs.offers->list_offers(exam, std::nullopt);
}

std::int64_t count_accepted(const std::vector<VenueOffer>& offers) {
  return std::count_if(offers.begin(), offers.end(),
                       [](const VenueOffer& offer) { return offer.state == OfferState::accepted; });
}

[[noreturn]] void throw_no_schools() {
  throw Conflict("nothing_accepted",
                 {"No venue of this exam is accepted yet. Take the schools of a stored exam, or accept those of the districts first.",
                  "이 시험에 수락한 시험장이 없습니다. 저장된 시험의 시험장을 쓰거나 먼저 자치구의 시험장을 수락하십시오."});
}

// Every exam day, each as if it were ready.
std::map<Date, FreezableDay> list_exam_days(const FreezingNeeds& needs, const Actor& actor, const Recruitment& notice) {
  std::map<Date, FreezableDay> days;
  for (const Calendar& calendar : notice.calendars) {
    FreezableDay& day = days[calendar.exam_on];
    day.exam_on = calendar.exam_on;
    day.exam = exam_of(notice, calendar);
  }
  const UnitCounts counts = needs.intake.officers.count_applications(actor, notice.header.code);
  for (const NoticeUnit& unit : notice.units) {
    const auto found = counts.find(unit.unit.code);
    if (found != counts.end()) days.at(notice.calendar_of(unit).exam_on).people += found->second.paid;
  }
  for (auto& [on, day] : days) {
    day.schools = count_accepted(offers_of(needs, day.exam));
    day.stored = !needs.exams.list_populations(day.exam).empty();
  }
  return days;
}

// Schools and rooms of the wish: of a stored exam, or of none where the accepted ones take their place afterwards.
Exam load_venues(const FreezingNeeds& needs, const ExamCode& venues) {
  if (venues.empty()) return {};
  require_not_destroyed(needs.exams, venues);
  auto stored = needs.exams.find_exam(venues, choose_population(needs.exams, venues, {}).input_sha256);
  if (!stored) throw NotFound("exam_not_found", {"There is no such exam.", "해당 시험이 없습니다."});
  return std::move(*stored);
}

[[noreturn]] void throw_nobody_paid() {
  throw Conflict("nobody_paid", {"Nobody has paid for this exam, so that there is no list.",
                                 "이 시험에 결제를 마친 응시자가 없어 명단이 없습니다."});
}

// The day's own exam among all that are ready.
Exam take_exam(std::vector<Exam> frozen, const ExamCode& code) {
  for (Exam& exam : frozen) {
    if (exam.header.code == code) return std::move(exam);
  }
  throw_nobody_paid();
}

}  // namespace

FreezingQuestion ask_freezing(const FreezingNeeds& needs, const Actor& actor, const ExamCode& notice, Instant now) {
  needs.intake.officers.require_notice(actor, notice);
  const auto stored = needs.intake.officers.find_notice(actor, notice);
  std::map<Date, FreezableDay> days = list_exam_days(needs, actor, stored->notice);
  try {
    for (const OpenDay& open : needs.intake.exports.list_open_days(actor, notice, now)) days.at(open.exam_on).why = open.why;
  } catch (const Conflict& refused) {
    for (auto& [on, day] : days) day.why = refused.message();  // the notice is not on the portal
  }
  FreezingQuestion question;
  question.taken_back = std::ssize(
      needs.intake.table.list_refunds(actor, notice, PaymentState::paid, "", most_table_rows).payments);
  for (auto& [on, day] : days) question.days.push_back(std::move(day));
  for (const ExamCode& code : needs.exams.list_exams()) {
    if (!needs.exams.find_destruction(code)) question.exams.push_back(code);
  }
  return question;
}

Job order_freezing(const FreezingNeeds& needs, JobRepository& jobs, const Actor& actor, const FreezingWish& wish,
                   const Change& change) {
  const FreezingQuestion question = ask_freezing(needs, actor, wish.notice, change.at);
  const ExamCode& code = wish.exam.empty() ? wish.notice : wish.exam;
  const auto day = std::find_if(question.days.begin(), question.days.end(),
                                [&](const FreezableDay& one) { return one.exam == code; });
  if (day == question.days.end())
    throw NotFound("unknown_exam_day", {"This notice has no such exam day.", "이 공고에 없는 시험일입니다."});
  if (!day->ready()) throw Conflict("not_ready", day->why);
  require_not_destroyed(needs.exams, code);
  if (day->people == 0) throw_nobody_paid();
  if (wish.people != day->people) {
    throw Conflict("concern_unsaid",
                   {fmt::format("{} {} paid and will be on the list; say so with their number to go on.",
                                count_people(day->people), word_for(day->people, "has", "have")),
                    fmt::format("결제를 마친 {}명이 명단에 오릅니다. 계속하려면 이 인원을 함께 지정하십시오.",
                                group_digits(day->people))});
  }
  if (wish.venues.empty()) {
    if (day->schools == 0) throw_no_schools();
  } else {
    require_not_destroyed(needs.exams, wish.venues);
    choose_population(needs.exams, wish.venues, {});
  }
  const json request{{"notice", wish.notice.text()}, {"venues", wish.venues.text()}};
  Job job = jobs.add_job({freezing_job_kind, code.text(), request.dump()}, draw_token(), change);
  // Nobody takes what another officer ordered for the own order.
  if (json::parse(job.order.request) != request) {
    throw Conflict("job_running", {"Another officer is freezing this list with other schools. Wait for its end, then order it again.",
                                   "다른 담당자가 다른 시험장으로 이 명단을 확정하고 있습니다. 끝난 뒤에 다시 요청하십시오."});
  }
  return job;
}

JobWork freezing_work(const FreezingNeeds& needs, const Clock& clock) {
  return [needs, &clock](const JobCall& call) {
    call.progress.stage({"Reading the schools", "시험장 읽기"}, 0);
    const json request = json::parse(call.job.order.request);
    const ExamCode code(call.job.order.exam);
    const ExamCode venues(request.value("venues", std::string()));
    require_not_destroyed(needs.exams, code);
    // Whoever ordered it was an officer then; the work is the program's.
    const Actor officer{call.job.author, Role::exam_officer, {}};
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    const ExamCode notice(request.value("notice", std::string()));
    const Exam frozen = take_exam(
        needs.intake.exports.export_applicants(officer, notice, load_venues(needs, venues), change, call.progress), code);
    package::PackedFiles files = package::render_exam(frozen, call.progress);
    if (venues.empty()) {
      AcceptedTables tables = write_accepted(offers_of(needs, code), nullptr);
      if (tables.venue_count == 0) throw_no_schools();
      files["venues.csv"] = std::move(tables.venues);
      files["rooms.csv"] = std::move(tables.rooms);
    }
    const package::LoadedExam loaded = package::load_exam(files, package::Encoding::utf8, call.progress);
    tell_warnings(call, loaded.warnings);
    const ImportOutcome outcome = import_exam(needs.exams, loaded.exam, nullptr, change, call.progress);
    return json{{"input_sha256", loaded.exam.input_sha256},
                {"again", outcome.population == Stored::already_there},
                {"people", loaded.exam.applicants.size()},
                {"units", loaded.exam.units.size()},
                {"venues", loaded.exam.venues.size()},
                {"rooms", loaded.exam.rooms.size()},
                {"warnings", loaded.warnings.size()}}
        .dump();
  };
}

}  // namespace hanjari::services
