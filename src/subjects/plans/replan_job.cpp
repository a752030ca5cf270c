#include "hanjari/plans/replan_job.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/other_spellings.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/replanning/replan.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

// The rest of a server goes on answering meanwhile.
constexpr int replan_threads = 1;
constexpr std::size_t longest_reason = 1'000;  // bytes

// Also while its seats are withdrawn: people plan by what they were told, so that the fewest are moved from there.
LivePointer require_live(ExamRepository& exams, const ExamCode& code) {
  const auto live = find_told_plan(exams, code);
  if (live) return *live;
  throw Conflict("no_live_plan", {"No plan of this exam is live, so there is nothing to change. Make a plan instead.",
                                  "이 시험에는 확정된 배정안이 없어 바꿀 것이 없습니다. 배정안을 새로 만드십시오."});
}

[[noreturn]] void throw_exam_gone(const ExamCode& code) {
  throw NotFound("exam_not_found", {fmt::format("There is no exam {}.", code.text()),
                                    in_korean("시험 {}[이/가] 없습니다.", code.text())});
}

// The live plan with the exam that it was made of.
PlanRows load_told(ExamRepository& exams, const ExamCode& code, const LivePointer& live, const std::string& ordered_from) {
  if (live.plan_digest != ordered_from) {
    throw LivePlanChanged({"Another plan has gone live since this was ordered. Order it again.",
                           "요청한 뒤에 다른 배정안이 확정되었습니다. 다시 요청하십시오."});
  }
  const auto exam = exams.find_exam(code, live.input_sha256);
  auto plan = exam ? exams.find_plan(*exam, live.plan_digest) : std::nullopt;
  if (!plan) throw_exam_gone(code);
  return package::rows_of_plan(*exam, *plan);
}

// Any stored plan with the exam that it was made of.
PlanRows load_plan_before(ExamRepository& exams, const ExamCode& code, const std::string& digest) {
  const StoredPlan stored = find_stored_plan(exams, code, digest);
  const auto exam = exams.find_exam(code, stored.input_sha256);
  auto plan = exam ? exams.find_plan(*exam, stored.digest) : std::nullopt;
  if (!plan) throw_exam_gone(code);
  return package::rows_of_plan(*exam, *plan);
}

std::string write_replan_made(const replanning::Replanned& replanned, const std::string& digest) {
  const PlanReport& report = replanned.plan.report;
  const ChangeFigures& change = *report.change;
  std::int64_t missing = 0;
  json places = json::array();
  for (const replanning::MissingRooms& rooms : replanned.missing) {
    missing += rooms.rooms;
    places.push_back({{"district", rooms.district_code},
                      {"rooms", rooms.rooms},
                      {"capacity", rooms.capacity},
                      {"kind", spell(rooms.kind)},
                      {"use", spell(rooms.use)}});
  }
  json written{{"digest", digest},
               {"from", report.replanned_from},
               {"seated", report.seated},
               {"unseated", report.unseated},
               {"infeasible", report.status == PlanStatus::infeasible},
               {"venue", change.venue},
               {"room", change.room},
               {"seat", change.seat},
               {"added", change.added},
               {"removed", change.removed},
               {"weighted", change.weighted},
               {"floor_weighted", change.floor_weighted},
               {"missing_rooms", missing},
               {"missing", std::move(places)}};
  if (change.farther_cap_m) {
    written["moved_farther_m"] = *change.farther_cap_m;
    written["farther"] = change.farther;
    written["floor_farther"] = change.floor_farther;
  }
  return written.dump();
}

HistoryStep step_of(const Exam& exam, const std::string& digest, const std::string& version, const Change& change,
                    const std::string& reason) {
  HistoryStep step;
  step.kind = StepKind::replan;
  step.input_sha256 = exam.input_sha256;
  step.digest = digest;
  step.version = version;
  step.author = change.author;
  step.reason = reason;
  step.at = format_instant(change.at);
  return step;
}

}  // namespace

Job order_replan(ExamRepository& exams, JobRepository& jobs, const ExamCode& code, const std::string& population,
                 const Change& change, const std::string& from) {
  require_not_destroyed(exams, code);
  // Cut off, it would end in the middle of a letter, and nobody would know.
  if (change.reason.size() > longest_reason) {
    throw InvalidInput("reason_too_long",
                       {fmt::format("The reason has at most {} bytes (a Korean letter has three).", group_digits(longest_reason)),
                        fmt::format("사유는 {}바이트(한글 {}자)까지 쓸 수 있습니다.", group_digits(longest_reason), longest_reason / 3)});
  }
  const json request{{"population", choose_population(exams, code, population).input_sha256},
                     {"from", from.empty() ? require_live(exams, code).plan_digest : find_stored_plan(exams, code, from).digest},
                     {"told", from.empty()},
                     {"reason", change.reason}};
  Job job = jobs.add_job({replan_job_kind, code.text(), request.dump(-1, ' ', false, json::error_handler_t::replace)},
                         draw_token(), change);
  // Nobody takes a change of another plan for the own order.
  const json running = json::parse(job.order.request, nullptr, false);
  if (!running.is_object() || running.value("from", std::string()) != request.at("from").get<std::string>()) {
    throw Conflict("job_running", {"Another plan of this exam is being changed. Wait for its end, then order it again.",
                                   "이 시험의 다른 배정안을 변경하고 있습니다. 끝난 뒤에 다시 요청하십시오."});
  }
  return job;
}

std::optional<ReplanMade> parse_replan_made(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || !read.contains("digest") || !read.contains("from")) return std::nullopt;
  const auto number = [&](const char* key) { return read.value(key, std::int64_t{0}); };
  ReplanMade made;
  made.digest = read.value("digest", std::string());
  made.from = read.value("from", std::string());
  made.seated = number("seated");
  made.unseated = number("unseated");
  made.infeasible = read.value("infeasible", false);
  made.venue = number("venue");
  made.room = number("room");
  made.seat = number("seat");
  made.added = number("added");
  made.removed = number("removed");
  made.weighted = number("weighted");
  made.floor_weighted = number("floor_weighted");
  if (read.contains("moved_farther_m")) made.farther_cap_m = number("moved_farther_m");
  made.farther = number("farther");
  made.floor_farther = number("floor_farther");
  made.missing_rooms = number("missing_rooms");
  for (const json& place : read.value("missing", json::array())) {
    made.missing.push_back({place.value("district", std::string()), place.value("rooms", std::int64_t{0}),
                            place.value("capacity", std::int64_t{0}), place.value("kind", std::string()),
                            place.value("use", std::string())});
  }
  return made;
}

namespace {

// What is to be added: an exam room is no help where one of an isolation venue is missing.
Text name_of_missing(const RoomsMissing& place) {
  if (place.venue_kind == spell(VenueKind::isolation)) return {"isolation rooms", "별도시험장 시험실"};
  if (place.room_use == spell(RoomUse::reserve)) return {"reserve rooms", "예비시험실"};
  if (place.venue_kind == spell(VenueKind::accommodation) || place.room_use == spell(RoomUse::separate))
    return {"rooms for accommodations", "편의지원 시험실"};
  return {"rooms", "시험실"};
}

}  // namespace

std::vector<Text> tell_missing_rooms(const ReplanMade& made) {
  std::vector<Text> lines;
  for (const RoomsMissing& place : made.missing) {
    const Text where = place.district_code.empty() ? Text{"Outside the districts", "관외"}
                                                   : name_of_district(place.district_code);
    const Text rooms = name_of_missing(place);
    lines.push_back(
        {fmt::format("{}: {} of {}, {} more", where.en, rooms.en, count_people(place.capacity), group_digits(place.rooms)),
         fmt::format("{}: {}명이 들어가는 {} {}실", where.ko, place.capacity, rooms.ko, group_digits(place.rooms))});
  }
  return lines;
}

JobWork replan_work(ExamRepository& exams, const Clock& clock, std::string version) {
  return [&exams, &clock, version = std::move(version)](const JobCall& call) {
    const ExamCode code(call.job.order.exam);
    const json request = json::parse(call.job.order.request);
    call.progress.stage({"Reading the exam and the plan", "시험과 배정안 읽기"}, 0);
    const auto exam = exams.find_exam(code, request.at("population").get<std::string>());
    if (!exam) throw_exam_gone(code);
    const std::string from = request.at("from").get<std::string>();
    const PlanRows told = request.value("told", true) ? load_told(exams, code, require_live(exams, code), from)
                                                      : load_plan_before(exams, code, from);
    if (Faults faults = find_misplaced_pins(*exam, &told); !faults.empty()) throw InvalidInput(std::move(faults));
    tell_warnings(call, package::find_other_spellings(*exam, told));
    const auto began = clock.elapsed();
    replanning::Replanned replanned = replanning::replan(*exam, told, replan_threads, call.progress);
    Plan& plan = replanned.plan;
    plan.report.version = version;
    plan.report.seconds_solve = seconds_between(began, clock.elapsed());
    plan.digest = package::digest_plan(*exam, plan);
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    plan.history = told.history;
    plan.history.push_back(step_of(*exam, plan.digest, version, change, request.value("reason", std::string())));
    const PlanRows rows = package::rows_of_plan(*exam, plan);
    import_exam(exams, *exam, &rows, change, call.progress);
    count_difference_ahead(exams, code, rows.digest, call.progress);
    return write_replan_made(replanned, rows.digest);
  };
}

}  // namespace hanjari::services
