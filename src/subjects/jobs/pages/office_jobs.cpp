// Jobs as an officer watches them: a list, and a page each that looks again by itself until the job is over.
#include <algorithm>
#include <chrono>
#include <map>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/intake/health_job.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/gap_curve.h"
#include "hanjari/plans/import_job.h"
#include "hanjari/plans/import_preview.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/replan_job.h"
#include "hanjari/plans/whatif_job.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/site/site.h"
#include "jobs/pages/gap_drawing.h"
#include "jobs/pages/lacking_papers.h"
#include "jobs/pages/office_jobs.h"
#include "jobs/pages/whatif_drawing.h"
#include "site/pages/counts.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Job;
using services::JobState;

constexpr std::chrono::seconds between_looks{2};
constexpr std::size_t rows_of_curve = 20;

services::JobRepository& jobs_of(const Call& call) {
  if (call.site.jobs() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

Job load_job(const Call& call) {
  auto job = jobs_of(call).find_job(call.path.at("job"));
  if (!job) throw NotFound("unknown_job", {"There is no such job.", "해당 작업이 없습니다."});
  return std::move(*job);
}

// Work on the whole installation is the administrator's, work on an exam the officer's.
bool may_cancel(const Call& call, const Job& job) {
  const bool upkeep = job.order.exam.empty();
  return call.actor().role == (upkeep ? services::Role::administrator : services::Role::exam_officer);
}

void cancel(const Call& call, const Job& job, const std::string& reason) {
  if (!may_cancel(call, job)) {
    throw NotAllowed("not_your_job", {"This job can be cancelled by whoever may order such work.",
                                      "이 작업은 요청할 권한이 있는 사람만 취소할 수 있습니다."});
  }
  jobs_of(call).cancel_job(job.id, services::change_of(call.actor(), reason, call.site.now()));
}

std::string name_of_kind(const Call& call, const Job& job) {
  return services::name_of_kind(job.order.kind).in(call.language);
}

std::string address_of(const Call& call, const Job& job) {
  return fmt::format("/{}/jobs/{}", code_of(call.language), job.id);
}

// The zone whose clocks say when something happened: that of the job's exam, or of its notice while no exam is stored; of
// this machine for work on no exam and for a package that was never stored.
std::string zone_of(const Call& call, const Job& job) {
  if (!job.order.exam.empty()) {
    const ExamCode code(job.order.exam);
    if (call.site.exams() != nullptr) {
      if (const auto head = call.site.exams()->find_head(code); head && !head->time_zone.empty()) return head->time_zone;
    }
    // A notice that cannot be read is none here: the list is of all jobs.
    if (const auto stored = services::find_notice_of_exam(call.site.intake(), code)) return stored->notice.header.time_zone;
  }
  return machine_time_zone();
}

json describe_row(const Call& call, const Job& job, const std::string& zone) {
  json row{{"kind", name_of_kind(call, job)},
           {"address", address_of(call, job)},
           {"state", services::name_of(job.state).in(call.language)},
           {"author", job.author},
           {"at", write_moment(job.asked_at, zone)}};
  // For a template an empty text is there.
  if (!job.order.exam.empty()) row["exam"] = job.order.exam;
  const std::string& stage = job.progress.stage.in(call.language);
  if (!services::is_over(job.state) && !stage.empty()) row["stage"] = stage;
  return row;
}

void describe_progress(const Job& job, json& data) {
  if (!job.progress.note.empty()) data["note"] = job.progress.note;
  if (job.progress.total == 0) return;
  const std::uint64_t done = std::min(job.progress.done, job.progress.total);
  data["measured"] = {{"done", std::to_string(done)},
                      {"total", std::to_string(job.progress.total)},
                      {"percent", std::to_string(100 * done / job.progress.total)}};
}

void describe_whatif(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_whatif_made(job.result);
  if (!made) return;
  data["whatif"] = describe_whatif_made(call.site.pages(), *made, call.language);
  data["whatif"]["cut"] = job.state == JobState::cancelled;
}

// How the gap has fallen so far, drawn and as a table.
void describe_curve(const Call& call, const Job& job, json& data) {
  if (job.order.kind != services::plan_job_kind) return;
  const auto curve = services::gap_curve(jobs_of(call).list_points(job.id));
  if (curve.empty()) return;
  json rows = json::array();
  for (const services::GapPoint& point : thin_out(curve, rows_of_curve)) {
    rows.push_back({{"after", fmt::format("{:.0f} s", static_cast<double>(point.after.count()) / 1'000)},
                    {"rounds", group_digits(point.rounds)},
                    {"best", group_digits(point.total)},
                    {"bound", group_digits(point.bound)},
                    {"gap", fmt::format("{:.3f} %", 100 * point.gap())}});
  }
  data["curve"] = {{"drawing", render_gap_curve(call.site.pages(), curve, call.language)}, {"rows", std::move(rows)}};
}

void describe_upkeep(const Call& call, const Job& job, json& data) {
  const json read = json::parse(job.result, nullptr, false);
  if (!read.is_object()) return;
  if (job.order.kind == services::destruction_job_kind) {
    std::string exams;
    for (const json& exam : read.value("exams", json::array()))
      exams += (exams.empty() ? "" : ", ") + exam.get<std::string>();
    if (!exams.empty()) data["destroyed"] = {{"exams", exams}};
  }
  if (job.order.kind == services::application_keys_job_kind) {
    data["indexed"] = {{"applications", group_digits(read.value("applications", 0LL))},
                       {"suspected", group_digits(read.value("suspected", 0LL))},
                       {"address", fmt::format("/{}/recruitments/{}/applications", code_of(call.language),
                                               encode_percent(job.order.exam))}};
  }
  if (job.order.kind == services::fairness_report_job_kind) {
    data["fairness_report"] = {{"known", read.value("again", false)},
                               {"number", group_digits(read.value("fairness_report", 0LL))},
                               {"address", fmt::format("/{}/exams/{}/fairness-reports", code_of(call.language), encode_percent(job.order.exam))}};
  }
  if (job.order.kind == services::key_rotation_job_kind) {
    data["new_keys"] = {{"records", write_count(read.value("records", 0LL), Counted::cases, call.language)},
                        {"unopened", write_count(read.value("unopened", 0LL), Counted::cases, call.language)},
                        {"old_places", write_count(read.value("places_with_old_key", 0LL), Counted::things, call.language)}};
  }
}

std::string address_of_plans(const Call& call, const Job& job) {
  return fmt::format("/{}/exams/{}/plans", code_of(call.language), encode_percent(job.order.exam));
}

void describe_replan(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_replan_made(job.result);
  if (!made) return;
  json change{{"seated", write_count(made->seated, Counted::people, call.language)},
              {"unseated", write_count(made->unseated, Counted::people, call.language)},
              {"all_seated", made->unseated == 0},
              {"venue", write_count(made->venue, Counted::people, call.language)},
              {"room", write_count(made->room, Counted::people, call.language)},
              {"seat", write_count(made->seat, Counted::people, call.language)},
              {"added", write_count(made->added, Counted::people, call.language)},
              {"removed", write_count(made->removed, Counted::people, call.language)},
              {"weighted", group_digits(made->weighted)},
              {"fewest", group_digits(made->floor_weighted)},
              {"proven", made->unseated == 0 && made->weighted == made->floor_weighted},
              {"digest", made->digest.substr(0, 12)},
              {"plan", address_of_plans(call, job) + "/" + made->digest}};
  if (made->missing_rooms > 0) change["missing"] = {{"rooms", write_count(made->missing_rooms, Counted::rooms, call.language)}};
  if (made->farther_cap_m) {
    change["far"] = {{"people", write_count(made->farther, Counted::people, call.language)},
                     {"limit", group_digits(*made->farther_cap_m)},
                     {"least", group_digits(made->floor_farther)},
                     {"fewest", made->farther == made->floor_farther}};
  }
  if (made->infeasible) change["infeasible"] = true;
  for (const Text& line : services::tell_missing_rooms(*made))
    change["places"]["lines"].push_back({{"line", line.in(call.language)}});
  data["change"] = std::move(change);
}

void describe_closing(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_closing_made(job.result);
  if (!made) return;
  data["closing"] = {{"accepted", write_count(made->accepted, Counted::people, call.language)},
                     {"lapsed", write_count(made->lapsed, Counted::people, call.language)},
                     {"undecided", write_count(made->undecided, Counted::people, call.language)},
                     {"again", made->undecided > 0},
                     {"withdrawn", write_count(made->withdrawn, Counted::people, call.language)},
                     {"still_open", write_count(made->still_open, Counted::things, call.language)},
                     {"closed", made->closed},
                     {"recruitment", fmt::format("/{}/recruitments/{}", code_of(call.language),
                                                 encode_percent(job.order.exam))}};
}

// What a package would change, with the way to its import.
void describe_preview(const Call& call, const Job& job, const services::ImportPreview& preview, json& data) {
  json tables = json::array();
  for (const package::TableChange& table : preview.tables) {
    tables.push_back({{"table", table.file},
                      {"added", group_digits(static_cast<long long>(table.added))},
                      {"changed", group_digits(static_cast<long long>(table.changed))},
                      {"gone", group_digits(static_cast<long long>(table.gone))}});
  }
  data["preview"] = {{"is_new", preview.against.empty()},
                     {"any_change", !preview.tables.empty()},
                     {"people", write_count(preview.people, Counted::people, call.language)},
                     {"warnings", write_count(preview.warnings, Counted::cases, call.language)},
                     {"tables", std::move(tables)},
                     {"form_token", call.form_token}};
  if (call.actor().role == services::Role::exam_officer && jobs_of(call).has_output(job, services::JobOutput::sent)) {
    data["preview"]["confirm"] = {
        {"action", fmt::format("/{}/imports/{}/confirmations", code_of(call.language), encode_percent(job.id))},
        {"reason", jobs_of(call).find_reason(job)}};
  }
}

void describe_import(const Call& call, const Job& job, json& data) {
  if (const auto preview = services::parse_import_preview(job.result)) return describe_preview(call, job, *preview, data);
  const auto made = services::parse_import_made(job.result);
  if (!made) return;
  data["package"] = {{"known", made->again},
                     {"people", write_count(made->people, Counted::people, call.language)},
                     {"units", write_count(made->units, Counted::things, call.language)},
                     {"venues", write_count(made->venues, Counted::places, call.language)},
                     {"rooms", write_count(made->rooms, Counted::rooms, call.language)},
                     {"warnings", write_count(made->warnings, Counted::cases, call.language)},
                     {"plans", address_of_plans(call, job)}};
}

std::string address_of_results_of(const Call& call, const Job& job) {
  return fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(job.order.exam));
}

void describe_result_import(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_result_import_made(job.result);
  if (!made) return;
  data["sent_results"] = {{"known", made->again},
                          {"version", std::to_string(made->version)},
                          {"people", write_count(made->people, Counted::people, call.language)},
                          {"units", write_count(made->units, Counted::things, call.language)},
                          {"warnings", write_count(made->warnings, Counted::cases, call.language)},
                          {"address", address_of_results_of(call, job)}};
}

void describe_sealed_publication(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_publication_made(job.result);
  if (!made) return;
  data["publication"] = {{"people", group_digits(made->people)},
                         {"compared", group_digits(made->pages_compared)},
                         {"digest", made->digest.substr(0, 12)},
                         {"address", fmt::format("/{}/exams/{}/publications/{}", code_of(call.language),
                                                 encode_percent(job.order.exam), made->number)}};
}

void describe_decision(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_decision_made(job.result);
  if (!made) return;
  data["decision"] = {{"known", made->again},
                      {"digest", made->decision_sha256.substr(0, 12)},
                      {"address", fmt::format("{}/decisions/{}", address_of_results_of(call, job), made->version)}};
}

void describe_staffing(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_staffing_made(job.result);
  if (!made) return;
  data["staffing"] = {{"places", write_count(made->places, Counted::things, call.language)},
                      {"unfilled", write_count(made->unfilled, Counted::things, call.language)},
                      {"all_filled", made->unfilled == 0},
                      {"address", fmt::format("/{}/exams/{}/duties", code_of(call.language), encode_percent(job.order.exam))}};
  if (made->changed >= 0) data["staffing"]["kept"] = {{"changed", write_count(made->changed, Counted::people, call.language)}};
}

// Faults and warnings quote what was sent, so that only those who may send it see them.
std::vector<Text> list_lines(const Call& call, const Job& job) {
  const bool has_lines = job.state == JobState::failed || job.state == JobState::done;
  if (!has_lines || call.actor().role != services::Role::exam_officer) return {};
  return jobs_of(call).list_faults(job);
}

void describe_faults(const Call& call, const Job& job, json& data) {
  json lines = json::array();
  for (const Text& line : list_lines(call, job)) lines.push_back({{"line", line.in(call.language)}});
  const bool failed = job.state == JobState::failed;
  data["any_fault"] = failed && !lines.empty();
  data["any_warning"] = !failed && !lines.empty();
  data["faults"] = std::move(lines);
}

void describe_health(const Call& call, const Job& job, json& data) {
  const auto made = services::parse_health_made(job.result);
  if (!made) return;
  data["health"] = {{"decided", write_count(made->decided, Counted::people, call.language)},
                    {"left", write_count(made->left, Counted::people, call.language)},
                    {"some_left", made->left > 0},
                    {"address", fmt::format("/{}/recruitments/{}/health-reports", code_of(call.language),
                                            encode_percent(job.order.exam))}};
}

bool makes_papers(const Job& job) {
  return job.order.kind == services::papers_job_kind || job.order.kind == services::notices_job_kind;
}

void describe_papers(const Call& call, const Job& job, json& data) {
  const json read = json::parse(job.result, nullptr, false);
  if (!read.is_object() || !read.contains("plan")) return;
  json made{{"files", write_count(read.value("files", 0LL), Counted::things, call.language)},
            {"address", address_of_plans(call, job) + "/" + read.value("plan", std::string()) + "/papers"}};
  // What an earlier start of the job had made is not counted again.
  if (const auto inside = read.value("papers", 0LL); inside > 0) {
    made["counted"] = {{"inside", write_count(inside, Counted::cases, call.language)},
                       {"pages", write_count(read.value("pages", 0LL), Counted::pages, call.language)}};
  }
  if (const auto same = read.value("unchanged", 0LL); same > 0) made["unchanged"] = {{"count", write_count(same, Counted::cases, call.language)}};
  if (const auto missing = read.value("missing", 0LL); missing > 0) made["missing"] = {{"count", write_count(missing, Counted::cases, call.language)}};
  if (const auto closed = read.value("unreadable", 0LL); closed > 0) made["unreadable"] = {{"count", write_count(closed, Counted::people, call.language)}};
  if (const auto lost = read.value("lost_photos", 0LL); lost > 0) made["lost_photos"] = {{"count", write_count(lost, Counted::people, call.language)}};
  describe_lacks(read, made);
  data["papers"] = std::move(made);
}

void describe_result(const Call& call, const Job& job, json& data) {
  if (makes_papers(job)) return describe_papers(call, job, data);
  if (job.order.kind == services::closing_job_kind) return describe_closing(call, job, data);
  if (job.order.kind == services::health_job_kind) return describe_health(call, job, data);
  if (job.order.kind == services::import_job_kind || job.order.kind == services::venues_job_kind ||
      job.order.kind == services::freezing_job_kind)
    return describe_import(call, job, data);
  if (job.order.kind == services::result_import_job_kind) return describe_result_import(call, job, data);
  if (job.order.kind == services::decision_job_kind) return describe_decision(call, job, data);
  if (job.order.kind == services::staffing_job_kind) return describe_staffing(call, job, data);
  if (job.order.kind == services::publication_job_kind) return describe_sealed_publication(call, job, data);
  if (job.order.kind == services::replan_job_kind) return describe_replan(call, job, data);
  if (job.order.kind == services::whatif_job_kind) return describe_whatif(call, job, data);
  if (job.order.kind != services::plan_job_kind && job.order.kind != services::edited_plan_job_kind)
    return describe_upkeep(call, job, data);
  const auto made = services::parse_plan_made(job.result);
  if (!made) return;
  json plan{{"seated", write_count(made->seated, Counted::people, call.language)},
            {"unseated", write_count(made->unseated, Counted::people, call.language)},
            {"all_seated", made->unseated == 0},
            {"kilometres", group_digits((made->travel_m + 500) / 1'000)},
            {"digest", made->digest.substr(0, 12)},
            {"own_page", address_of_plans(call, job) + "/" + made->digest},
            {"plans", address_of_plans(call, job)}};
  if (made->bound && made->total > 0) {
    const double gap = 100.0 * static_cast<double>(made->total - *made->bound) / static_cast<double>(made->total);
    plan["gap"] = fmt::format("{:.2f} %", gap);
  }
  if (job.cancel_asked && job.order.kind == services::plan_job_kind) plan["best_so_far"] = true;
  if (made->infeasible) plan["infeasible"] = true;
  data["plan"] = std::move(plan);
}

nlohmann::ordered_json as_json(const Job& job) {
  nlohmann::ordered_json value{{"id", job.id},
                               {"kind", job.order.kind},
                               {"exam", job.order.exam},
                               {"state", services::spell(job.state)},
                               {"version", job.version},
                               {"author", job.author},
                               {"asked_at", format_instant(job.asked_at)},
                               {"starts", job.starts},
                               {"cancel_asked", job.cancel_asked},
                               {"progress",
                                {{"stage", job.progress.stage.en},
                                 {"stage_ko", job.progress.stage.ko},
                                 {"done", job.progress.done},
                                 {"total", job.progress.total},
                                 {"note", job.progress.note}}}};
  if (job.begun_at) value["begun_at"] = format_instant(*job.begun_at);
  if (job.ended_at) value["ended_at"] = format_instant(*job.ended_at);
  if (!job.result.empty()) value["result"] = nlohmann::ordered_json::parse(job.result, nullptr, false);
  if (job.state == JobState::failed)
    value["fault"] = {{"code", job.fault_code}, {"detail", job.fault.en}, {"detail_ko", job.fault.ko}};
  return value;
}

}  // namespace

Response show_jobs(const Call& call) {
  Page page{.name = "jobs", .title = call.site.pages().text(call.language, "jobs.title")};
  page.data["jobs"] = json::array();
  std::map<std::string, std::string> zones;
  for (const Job& job : jobs_of(call).list_jobs({})) {
    auto known = zones.find(job.order.exam);
    if (known == zones.end()) known = zones.emplace(job.order.exam, zone_of(call, job)).first;
    page.data["jobs"].push_back(describe_row(call, job, known->second));
  }
  page.data["any"] = !page.data["jobs"].empty();
  page.data["officer"] = call.actor().role == services::Role::exam_officer;
  page.data["imports"] = fmt::format("/{}/imports", code_of(call.language));
  page.data["recruitments"] = fmt::format("/{}/recruitments", code_of(call.language));
  return show(call, page);
}

Response show_job(const Call& call) {
  const Job job = load_job(call);
  Page page{.name = "job", .title = name_of_kind(call, job)};
  const std::string zone = zone_of(call, job);
  page.data = describe_row(call, job, zone);
  page.data["form_token"] = call.form_token;
  page.data["list"] = fmt::format("/{}/jobs", code_of(call.language));
  const bool over = services::is_over(job.state);
  page.data["running"] = !over;
  page.data["stopping"] = !over && job.cancel_asked;
  page.data["may_cancel"] = !over && !job.cancel_asked && may_cancel(call, job);
  page.data["again"] = job.starts > 1;
  describe_progress(job, page.data);
  page.data["failed"] = job.state == JobState::failed;
  if (job.state == JobState::failed) {
    page.data["fault"] = {{"what", job.fault.in(call.language)}};
    if (job.order.kind == services::import_job_kind && call.actor().role == services::Role::exam_officer)
      page.data["import_again"] = {{"address", fmt::format("/{}/imports", code_of(call.language))}};
    if (call.actor().role == services::Role::exam_officer && jobs_of(call).has_output(job, services::JobOutput::marked)) {
      page.data["marked"] = {
          {"address", fmt::format("/{}/imports/{}/marked", code_of(call.language), encode_percent(job.id))}};
    }
  }
  describe_faults(call, job, page.data);
  // Cancelled work may leave what it had found.
  if (job.state == JobState::done || (job.state == JobState::cancelled && !job.result.empty()))
    describe_result(call, job, page.data);
  describe_curve(call, job, page.data);
  page.data["stages"] = json::array();
  for (const services::JobStage& stage : jobs_of(call).list_stages(job.id))
    page.data["stages"].push_back({{"name", stage.name.in(call.language)}, {"at", write_moment(stage.begun_at, zone)}});
  page.data["any_stage"] = !page.data["stages"].empty();
  Response response = show(call, page);
  if (!over) response.set_header("Refresh", std::to_string(between_looks.count()));
  return response;
}

Response cancel_shown_job(const Call& call) {
  const Job job = load_job(call);
  try {
    cancel(call, job, {});
  } catch (const services::JobOver&) {
    // It ended in the meantime: the page says how.
  }
  return redirect(address_of(call, job));
}

Response list_jobs(const Call& call) {
  nlohmann::ordered_json answer{{"jobs", nlohmann::ordered_json::array()}};
  services::JobFilter filter;
  filter.exam = field_of(call.query, "exam");
  for (const Job& job : jobs_of(call).list_jobs(filter)) answer["jobs"].push_back(as_json(job));
  return answer_json(answer);
}

Response describe_job(const Call& call) {
  const Job job = load_job(call);
  const std::string etag = fmt::format("\"{}-{}\"", job.id, job.version);
  nlohmann::ordered_json described = as_json(job);
  const bool failed = job.state == JobState::failed;
  if ((failed || job.state == JobState::done) && call.actor().role == services::Role::exam_officer) {
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const Text& line : list_lines(call, job)) lines.push_back({{"detail", line.en}, {"detail_ko", line.ko}});
    if (failed || !lines.empty()) described[failed ? "faults" : "warnings"] = std::move(lines);
  }
  described["points"] = nlohmann::ordered_json::array();
  for (const services::JobPoint& point : jobs_of(call).list_points(job.id)) {
    described["points"].push_back({{"stage", point.stage},
                                   {"done", point.done},
                                   {"figure", point.figure},
                                   {"at", format_instant(point.at)}});
  }
  Response response = answer_json(described);
  if (names_etag(call.request.header("if-none-match"), etag)) {
    response = Response{};
    response.status = 304;
    response.type.clear();
  }
  response.set_header("ETag", etag);
  return response;
}

Response cancel_job(const Call& call) {
  cancel(call, load_job(call), clean_lines(text_in(read_json(call), "reason")));
  return answer_json(as_json(load_job(call)), 202);
}

}  // namespace hanjari::web
