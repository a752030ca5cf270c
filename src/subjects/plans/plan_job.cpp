#include "hanjari/plans/plan_job.h"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/allocation/allocate.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/domain/pin_rules.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/seating/seats.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::int64_t most_seconds = 3'600;

// Time leaps beyond every limit once the work is to stop, so that the engine ends with the best plan it has.
class LeapingClock : public Clock {
 public:
  LeapingClock(const Clock& clock, std::stop_token stop) : clock_(clock), stop_(std::move(stop)) {}
  Instant now() const override { return clock_.now(); }
  std::chrono::nanoseconds elapsed() const override {
    return clock_.elapsed() + (stop_.stop_requested() ? std::chrono::hours(24 * 365) : std::chrono::hours(0));
  }

 private:
  const Clock& clock_;
  std::stop_token stop_;
};

// Passes stages and figures on, but lets the engine end by its clock instead of throwing through it.
class GentleProgress : public Progress {
 public:
  explicit GentleProgress(Progress& progress) : progress_(progress) {}
  void stage(const Text& name, std::uint64_t total) override {
    try {
      progress_.stage(name, total);
    } catch (const JobStopped&) {
      // The clock has told the engine.
    }
  }
  void report(std::uint64_t done, const std::string& note) override {
    try {
      progress_.report(done, note);
    } catch (const JobStopped&) {
      // The clock has told the engine.
    }
  }

 private:
  Progress& progress_;
};

}  // namespace

std::string write_plan_made(const Plan& plan) {
  json made{{"digest", plan.digest},
            {"seated", plan.report.seated},
            {"unseated", plan.report.unseated},
            {"travel_m", plan.report.objective.travel_m},
            {"total", plan.report.objective.total}};
  if (plan.report.status == PlanStatus::infeasible) made["infeasible"] = true;
  if (plan.report.bound) made["bound"] = plan.report.bound->total;
  return made.dump();
}

std::string write_plan_wish(const PlanWish& wish) {
  json written{{"seconds", wish.seconds}, {"seed", wish.seed.hex()}};
  if (!wish.population.empty()) written["population"] = wish.population;
  return written.dump();
}

PlanWish parse_plan_wish(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  PlanWish wish;
  const auto refuse = [] {
    throw InvalidInput("bad_request",
                       {fmt::format("A plan is improved for 1 to {} seconds; its seed has 1 to 64 hexadecimal digits.", most_seconds),
                        fmt::format("배정안 개선 시간은 1~{}초, 시드는 1~64자리 16진수입니다.", most_seconds)});
  };
  if (!read.is_object()) refuse();
  if (const auto seconds = read.find("seconds"); seconds != read.end()) {
    if (!seconds->is_number_integer()) refuse();
    wish.seconds = seconds->get<std::int64_t>();
  }
  if (const auto seed = read.find("seed"); seed != read.end()) {
    const auto parsed = seed->is_string() ? parse_seed(seed->get<std::string>()) : std::nullopt;
    if (!parsed) refuse();
    wish.seed = *parsed;
  }
  if (const auto population = read.find("population"); population != read.end()) {
    if (!population->is_string() || population->get<std::string>().size() > 64) refuse();
    wish.population = population->get<std::string>();
  }
  if (wish.seconds < 1 || wish.seconds > most_seconds) refuse();
  return wish;
}

Job order_plan(ExamRepository& exams, JobRepository& jobs, const ExamCode& code, const PlanWish& wish,
               const Change& change) {
  require_not_destroyed(exams, code);
  PlanWish checked = parse_plan_wish(write_plan_wish(wish));
  // What is newest now is meant, whatever is imported before the work begins.
  checked.population = choose_population(exams, code, checked.population).input_sha256;
  return jobs.add_job({plan_job_kind, code.text(), write_plan_wish(checked)}, draw_token(), change);
}

std::optional<PlanMade> parse_plan_made(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || !read.contains("digest")) return std::nullopt;
  PlanMade made;
  made.digest = read.value("digest", std::string());
  made.seated = read.value("seated", std::int64_t{0});
  made.unseated = read.value("unseated", std::int64_t{0});
  made.travel_m = read.value("travel_m", std::int64_t{0});
  made.total = read.value("total", std::int64_t{0});
  made.infeasible = read.value("infeasible", false);
  if (read.contains("bound")) made.bound = read.value("bound", std::int64_t{0});
  return made;
}

JobWork plan_work(ExamRepository& exams, const Clock& clock, std::string version) {
  return [&exams, &clock, version = std::move(version)](const JobCall& call) {
    const ExamCode code(call.job.order.exam);
    const PlanWish wish = parse_plan_wish(call.job.order.request);
    call.progress.stage({"Reading the exam", "시험 읽기"}, 0);
    const auto exam = exams.find_exam(code, wish.population);
    if (!exam) {
      throw NotFound("exam_not_found", {fmt::format("There is no exam {} any more.", code.text()),
                                        in_korean("시험 {}[이/가] 더 이상 없습니다.", code.text())});
    }
    if (Faults faults = find_misplaced_pins(*exam, nullptr); !faults.empty()) throw InvalidInput(std::move(faults));
    const LeapingClock leaping(clock, call.stop);
    GentleProgress gentle(call.progress);
    allocation::Limits limits;
    limits.time_limit_seconds = static_cast<double>(wish.seconds);
    const auto began = clock.elapsed();
    const Assignment assignment = allocation::allocate(*exam, wish.seed, limits, leaping, gentle);
    gentle.stage({"Seats and numbers", "좌석과 응시번호 부여"}, 0);
    Plan plan = seating::seat(*exam, assignment, wish.seed);
    plan.report.version = version;
    plan.report.seconds_solve = seconds_between(began, clock.elapsed());
    const PlanRows rows = package::rows_of_plan(*exam, plan);
    plan.digest = rows.digest;
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    import_exam(exams, *exam, &rows, change, gentle);
    count_difference_ahead(exams, code, plan.digest, gentle);
    return write_plan_made(plan);
  };
}

}  // namespace hanjari::services
