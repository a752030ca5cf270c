#include "publications/pages/office_final_stage.h"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/publications/final_stage.h"
#include "publications/pages/publication_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::StoredFinal;

// As they stand in the list of files, the one that people read first.
constexpr std::array<const char*, 8> files_of_final{"report.ko.html",      "report.en.html", "passed_final.ko.html", "passed_final.en.html",
                                                    "decisions_final.csv", "cuts_final.csv", "interview.csv",        "report.json"};

std::string address_of_finals(const Call& call) {
  return fmt::format("/{}/exams/{}/final-decisions", code_of(call.language), encode_percent(call.path.at("code")));
}

std::string address_of_final_file(const StoredFinal& final, const std::string& name) {
  return fmt::format("/api/v1/exams/{}/final-decisions/{}/files/{}", encode_percent(final.exam.text()), final.version, name);
}

json describe_final(const StoredFinal& final, const std::string& zone) {
  json files = json::array();
  const auto add = [&](const char* name) { files.push_back({{"name", name}, {"address", address_of_final_file(final, name)}}); };
  for (const char* name : files_of_final) add(name);
  // Without it nobody makes the same decision again.
  if (!final.declines_sha256.empty()) add("declines.csv");
  return {{"number", std::to_string(final.version)},
          {"decision", std::to_string(final.decision)},
          {"author", final.author},
          {"at", write_moment(final.at, zone)},
          {"digest", final.final_sha256},
          {"files", std::move(files)}};
}

// `refused`: why nothing was decided.
Response show_final_stage_page(const Call& call, const Error* refused, int status) {
  const Pages& pages = call.site.pages();
  const PublicationsCall of = publications_of(call);
  const services::FinalStage stage = final_stage_of(call, of);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  Page page{.name = "final_stage", .title = pages.text(call.language, "final_stage.title")};
  page.data = {{"exam", exam_of_page(head, call.language)},
               {"interviews", fmt::format("/{}/exams/{}/interviews", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address_of_finals(call)},
               {"form_token", call.form_token},
               {"finals", json::array()}};
  for (const StoredFinal& final : stage.interviews.list_finals(of.code)) page.data["finals"].push_back(describe_final(final, head.time_zone));
  page.data["any_final"] = !page.data["finals"].empty();
  FormView form;
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    if (const auto* input = dynamic_cast<const InvalidInput*>(refused)) {
      for (const Fault& fault : input->faults().kept()) form.add_fault("", fault.format(call.language));
    }
    if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
    page.status = status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
    frame.path = address_of_finals(call);  // of the page in the other language, which decides nothing
  }
  form.describe(page.data);
  return pages.show(frame, page);
}

ordered final_json(const StoredFinal& final) {
  return {{"version", final.version},
          {"decision", final.decision},
          {"decision_sha256", final.written_sha256},
          {"interviews_sha256", final.interviews_sha256},
          {"final_sha256", final.final_sha256},
          {"author", final.author},
          {"decided_at", format_instant(final.at)}};
}

StoredFinal decide_called_final_stage(const Call& call, const std::string& reason) {
  const PublicationsCall of = publications_of(call);
  return services::decide_final_stage(final_stage_of(call, of), of.code, change_of_publication(call, reason));
}

std::string type_of_final_file(const std::string& name) {
  if (name.ends_with(".csv")) return "text/csv; charset=utf-8";
  return name.ends_with(".json") ? "application/json" : "text/html; charset=utf-8";
}

}  // namespace

Response show_final_stage(const Call& call) {
  return show_final_stage_page(call, nullptr, 200);
}

Response decide_shown_final_stage(const Call& call) {
  try {
    decide_called_final_stage(call, field_of(call.form, "reason"));
    return redirect(address_of_finals(call));
  } catch (const Conflict& refused) {
    return show_final_stage_page(call, &refused, 409);
  } catch (const InvalidInput& refused) {
    return show_final_stage_page(call, &refused, 422);
  }
}

Response list_finals_by_api(const Call& call) {
  const PublicationsCall of = publications_of(call);
  ordered answer{{"final_decisions", ordered::array()}};
  for (const StoredFinal& final : final_stage_of(call, of).interviews.list_finals(of.code)) answer["final_decisions"].push_back(final_json(final));
  return answer_json(answer);
}

Response decide_final_stage_by_api(const Call& call) {
  publications_of(call);
  const json body = read_json(call);
  return answer_json(final_json(decide_called_final_stage(call, text_in(body, "reason"))), 201);
}

Response download_final_file(const Call& call) {
  const PublicationsCall of = publications_of(call);
  const services::FinalStage stage = final_stage_of(call, of);
  const std::string& word = call.path.at("decision");
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), version);
  if (error != std::errc{} || end != word.data() + word.size()) version = 0;
  const StoredFinal final = services::find_final(stage.interviews, of.code, version);
  const std::string& name = call.path.at("part");
  Response response;
  response.body = services::take_final_file(stage.interviews, stage.accesses, final, name, change_of_publication(call, ""));
  response.type = type_of_final_file(name);
  // Never shown in the frame of our pages.
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", encode_percent(name)));
  return response;
}

}  // namespace hanjari::web
