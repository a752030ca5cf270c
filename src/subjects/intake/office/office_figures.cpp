// Figures of applications beside another recruitment's at the same hour before closing, and the job that makes what
// officers find applications by.
#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/intake/office_table.h"
#include "hanjari/jobs/job_kinds.h"
#include "intake/intake_rules.h"

namespace hanjari::services {
namespace {

constexpr int keyed_at_once = 500;
constexpr std::int64_t hours_of_day = 24;

std::int64_t hour_of(Instant at) {
  return std::chrono::floor<std::chrono::hours>(at.time_since_epoch()).count();
}

std::vector<DistrictCode> districts_of(const Recruitment& notice) {
  std::set<DistrictCode> districts{DistrictCode()};
  for (const Area& area : notice.areas) districts.insert(area.district);
  return {districts.begin(), districts.end()};
}

std::string age_word(const ApplicationForm& form, Date day) {
  if (!form.birth_on) return "unknown";
  const int age = age_on(*form.birth_on, day);
  if (age < 20) return "under_20";
  if (age >= 60) return "60_and_over";
  const int from = age / 5 * 5;
  return fmt::format("{}-{}", from, from + 4);
}

// What forms alone say of the people who stand.
class TraitCounter {
 public:
  explicit TraitCounter(const Recruitment& notice) : notice_(notice) {}
  void add(const Application& application) {
    if (application.is_over()) return;
    const ApplicationForm& form = application.form;
    const Area* area = notice_.find_area(form.area);
    ++counts_[{"sex", !form.sex ? "unknown" : (*form.sex == Sex::female ? "F" : "M")}];
    const NoticeUnit* unit = notice_.find_unit(form.unit);
    const Date exam_on = unit == nullptr ? notice_.header.exam_on : notice_.calendar_of(*unit).exam_on;
    ++counts_[{"age", age_word(form, exam_on)}];
    ++counts_[{"residence", area != nullptr && !area->district.empty() ? "inside" : "outside"}];
  }
  TraitCounts counts(Instant at) const {
    TraitCounts traits;
    for (const auto& [trait, people] : counts_) traits.counts.push_back({trait.first, trait.second, people});
    traits.counted_at = at;
    return traits;
  }

 private:
  const Recruitment& notice_;
  std::map<std::pair<std::string, std::string>, std::int64_t> counts_;
};

std::int64_t in_proportion(std::int64_t now, std::int64_t total, std::int64_t then) {
  return (2 * now * total + then) / (2 * then);
}

// The last one whose applications closed before these opened; empty when there is none.
ExamCode find_earlier(RecruitmentRepository& recruitments, const Recruitment& notice) {
  ExamCode found;
  Instant newest{};
  for (const auto& stored : recruitments.list_recruitments()) {
    const Instant closes = stored->notice.applications().closes;
    if (closes > notice.applications().opens || (!found.empty() && closes <= newest)) continue;
    if (stored->notice.header.code == notice.header.code) continue;
    found = stored->notice.header.code;
    newest = closes;
  }
  return found;
}

}  // namespace

std::int64_t HourCurve::at(std::int64_t hour) const {
  const auto behind = until.upper_bound(hour);
  return behind == until.begin() ? 0 : std::prev(behind)->second;
}

HourCurve curve_of(const HourCounts& counts, Instant closes) {
  // What comes in the hour that ends at closing is of hour -1; what was in flight is counted to it.
  const std::int64_t end = hour_of(closes);
  HourCurve curve;
  for (const auto& [hour, people] : counts) {
    curve.total += people;
    curve.until[std::min<std::int64_t>(hour - end, -1)] = curve.total;
  }
  return curve;
}

std::optional<Forecast> forecast_total(const HourCurve& now, const HourCurve& before, std::int64_t hour) {
  const std::int64_t then = before.at(hour);
  const std::int64_t here = now.at(hour);
  if (hour >= -1 || then == 0 || here == 0) return std::nullopt;
  Forecast forecast;
  forecast.people = in_proportion(here, before.total, then);
  forecast.least = forecast.people;
  forecast.most = forecast.people;
  for (const std::int64_t shift : {-hours_of_day, hours_of_day}) {
    const std::int64_t shifted = before.at(hour + shift);
    if (shifted == 0) continue;
    const std::int64_t people = in_proportion(here, before.total, shifted);
    forecast.least = std::min(forecast.least, people);
    forecast.most = std::max(forecast.most, people);
  }
  forecast.least = std::max(forecast.least, here);
  return forecast;
}

FiguresOfExam OfficeTable::figures_of(const std::shared_ptr<const StoredRecruitment>& stored,
                                      std::optional<Instant> before) {
  const Recruitment& notice = stored->notice;
  const ExamCode& code = notice.header.code;
  FiguresOfExam figures;
  figures.stored = stored;
  figures.curve = curve_of(needs_.table.count_by_hour(code), notice.applications().closes);
  figures.units = needs_.table.count_by_unit(code, before);
  figures.districts = needs_.table.count_by_district(code, districts_of(notice), before);
  figures.traits = needs_.table.load_traits(code);
  return figures;
}

OfficeFigures OfficeTable::count_figures(const Actor& actor, const ExamCode& exam, const ExamCode& beside) {
  if (actor.role != Role::auditor) require_officer(actor);
  const auto stored = load_stored(exam);
  const Instant closes = stored->notice.applications().closes;
  const Instant now = needs_.clock.now();
  OfficeFigures figures;
  figures.own = figures_of(stored, std::nullopt);
  figures.over = now >= closes;
  // The hour that runs is not whole.
  figures.hour = figures.over ? 0 : std::min<std::int64_t>(hour_of(now) - hour_of(closes), 0) - 1;
  const ExamCode other = beside.empty() ? find_earlier(needs_.recruitments, stored->notice) : beside;
  if (other.empty()) return figures;
  const auto earlier = load_stored(other);
  std::optional<Instant> until;
  if (!figures.over) {
    const Instant other_closes = earlier->notice.applications().closes;
    until = Instant(std::chrono::hours(hour_of(other_closes) + figures.hour + 1));
  }
  figures.beside = figures_of(earlier, until);
  if (!figures.over) figures.forecast = forecast_total(figures.own.curve, figures.beside->curve, figures.hour);
  return figures;
}

void OfficeTable::require_recruitment_of(const Actor& actor, const ExamCode& exam) {
  require_officer(actor);
  load_stored(exam);
}

OfficeTable::Refreshed OfficeTable::refresh(const ExamCode& exam, Progress& progress) {
  const auto stored = load_stored(exam);
  std::map<std::string, DistrictCode> districts;
  for (const Area& area : stored->notice.areas) districts.emplace(area.code, area.district);
  TraitCounter traits(stored->notice);
  Refreshed done;
  progress.stage({"Indexing applications", "원서 색인"}, 0);
  ApplicationId after;
  do {
    const KeyedPortion portion = needs_.table.fill_keys(exam, districts, after, keyed_at_once);
    for (const Application& application : portion.read) traits.add(application);
    done.applications += static_cast<std::int64_t>(portion.read.size());
    progress.report(static_cast<std::uint64_t>(done.applications));
    after = portion.last;
  } while (!after.empty());
  progress.stage({"Looking for persons who stand twice", "중복 의심 원서 확인"}, 0);
  done.suspected = needs_.table.mark_twins(exam);
  needs_.table.save_traits(exam, traits.counts(needs_.clock.now()));
  return done;
}

Job order_application_keys(OfficeTable& table, JobRepository& jobs, const Actor& actor, const ExamCode& exam,
                           const Change& change) {
  table.require_recruitment_of(actor, exam);
  return jobs.add_job({application_keys_job_kind, exam.text(), "{}"}, draw_token(), change);
}

std::vector<ExamCode> OfficeTable::list_unkeyed() {
  std::vector<ExamCode> codes;
  for (const auto& stored : needs_.recruitments.list_recruitments()) {
    const ExamCode& code = stored->notice.header.code;
    if (needs_.table.count_unkeyed(code, 1) > 0) codes.push_back(code);
  }
  return codes;
}

void order_missing_keys(OfficeTable& table, JobRepository& jobs, const Change& change) {
  for (const ExamCode& code : table.list_unkeyed())
    jobs.add_job({application_keys_job_kind, code.text(), "{}"}, draw_token(), change);
}

JobWork application_keys_work(OfficeTable& table) {
  return [&table](const JobCall& call) {
    const auto done = table.refresh(ExamCode(call.job.order.exam), call.progress);
    return nlohmann::json{{"applications", done.applications}, {"suspected", done.suspected}}.dump();
  };
}

}  // namespace hanjari::services
