#include "publications/pages/fairness_pages.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application.h"
#include "hanjari/fairness/figures.h"
#include "hanjari/publications/fairness_reports.h"
#include "publications/pages/publication_calls.h"
#include "publications/pages/rates_view.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::FairnessReport;

constexpr int last_dimension = 3;

std::string address_of_fairness(const Call& call) {
  return fmt::format("/{}/exams/{}/fairness-reports", code_of(call.language), encode_percent(call.path.at("code")));
}

// 12345 m as 12.3.
std::string kilometres_of(const std::string& metres) {
  std::int64_t value = 0;
  std::from_chars(metres.data(), metres.data() + metres.size(), value);
  return fmt::format("{:.1f}", static_cast<double>(value) / 1000.0);
}

std::string name_of_travelling_group(const Call& call, const RatedUnits& units, const fairness::Cell& cell) {
  // Reports of travel tell accommodations apart, rates of passing do not.
  if (cell.dimension == last_dimension && cell.value != "none") return name_of_accommodation(cell.value).in(call.language);
  return name_of_group(call, call.language, units, cell);
}

json describe_fairness(const Call& call, const FairnessReport& report) {
  json tables = json::array();
  const auto rows = fairness::read_fairness(report.csv);
  if (!rows) return tables;
  const RatedUnits units = name_rated_units(call, call.language);
  for (int dimension = -1; dimension <= last_dimension; ++dimension) {
    json lines = json::array();
    for (const fairness::FairnessRow& row : *rows) {
      if (row.cell.dimension != dimension) continue;
      json line{{"name", name_of_travelling_group(call, units, row.cell)}};
      if (row.is_given()) {
        std::int64_t people = 0;
        std::from_chars(row.people.data(), row.people.data() + row.people.size(), people);
        line["given"] = {{"people", group_digits(people)},
                         {"travel", kilometres_of(row.mean_travel_m)},
                         {"detour", kilometres_of(row.mean_detour_m)}};
      }
      lines.push_back(std::move(line));
    }
    if (!lines.empty()) tables.push_back({{"caption", name_of_dimension(call, call.language, dimension)}, {"rows", std::move(lines)}});
  }
  return tables;
}

Response show_fairness_page(const Call& call, const Error* refused) {
  const Pages& pages = call.site.pages();
  const PublicationsCall of = publications_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  Page page{.name = "fairness_reports", .title = pages.text(call.language, "seat_fairness.title")};
  page.data = {{"exam", exam_of_page(head, call.language)},
               {"publications", fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address_of_fairness(call)},
               {"form_token", call.form_token},
               {"reports", json::array()}};
  for (const FairnessReport& report : of.publications.list_fairness_reports(of.code)) {
    page.data["reports"].push_back({{"number", std::to_string(report.version)},
                                    {"plan", report.plan_digest.substr(0, 12)},
                                    {"author", report.author},
                                    {"at", write_moment(report.at, head.time_zone)}});
  }
  page.data["any_report"] = !page.data["reports"].empty();
  FormView form;
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    form.add_fault("", refused->message().in(call.language));
    page.status = 409;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
    frame.path = address_of_fairness(call);  // of the page in the other language, which orders nothing
  }
  form.describe(page.data);
  return pages.show(frame, page);
}

services::Job order_called_fairness(const Call& call, const std::string& reason) {
  const PublicationsCall of = publications_of(call);
  return services::order_fairness_report(of.exams, of.jobs, of.code, change_of_publication(call, reason));
}

// What everybody reads. Throws NotFound (no_fairness_report).
FairnessReport load_seat_fairness(const Call& call) {
  Site& site = call.site;
  std::optional<FairnessReport> report;
  if (site.exams() != nullptr && site.publications() != nullptr)
    report = services::find_fairness_report(*site.exams(), *site.publications(), ExamCode(call.path.at("code")));
  if (report) return std::move(*report);
  throw NotFound("no_fairness_report", {"No report of this exam is published.", "이 시험의 보고서가 공표되지 않았습니다."});
}

}  // namespace

Response show_fairness_reports(const Call& call) {
  return show_fairness_page(call, nullptr);
}

Response order_shown_fairness_report(const Call& call) {
  try {
    return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), order_called_fairness(call, field_of(call.form, "reason")).id));
  } catch (const Conflict& refused) {
    return show_fairness_page(call, &refused);
  }
}

Response order_fairness_report_by_api(const Call& call) {
  publications_of(call);
  const json body = read_json(call);
  const services::Job job = order_called_fairness(call, text_in(body, "reason"));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response show_seat_fairness(const Call& call) {
  const FairnessReport report = load_seat_fairness(call);
  const auto head = call.site.exams()->find_head(report.exam).value_or(services::ExamHead{});
  Page page{.name = "seat_fairness", .title = call.site.pages().text(call.language, "seat_fairness.title")};
  page.data = {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
               {"file", fmt::format("/api/v1/exams/{}/fairness.csv", encode_percent(report.exam.text()))},
               {"tables", describe_fairness(call, report)}};
  return show(call, page);
}

Response download_seat_fairness(const Call& call) {
  FairnessReport report = load_seat_fairness(call);
  Response response;
  response.body = std::move(report.csv);
  response.type = "text/csv; charset=utf-8";
  response.set_header("Content-Disposition", "attachment; filename=\"fairness.csv\"");
  return response;
}

}  // namespace hanjari::web
