#include "publications/pages/portal_results.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/proof/signed_note.h"
#include "hanjari/publications/fairness_reports.h"
#include "hanjari/publications/opened.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "publications/pages/rates_view.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using proof::Stage;
using services::OwnResult;
using services::Publication;

constexpr const char* workbook_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

services::PublicationRepository& load_publications(const Call& call) {
  if (call.site.publications() != nullptr) return *call.site.publications();
  throw NotFound("no_publications", {"Results are not published here.", "여기에서는 결과를 발표하지 않습니다."});
}

std::string number_of(const Own& own) {
  if (own.seat) return own.seat->plan.placements.front().number.text();
  throw NotFound("no_result_here", {"There is no result for this application.", "이 원서에 대한 결과가 없습니다."});
}

std::int64_t seconds_left(const Call& call, const Publication& awaited) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(awaited.state.release_at - call.site.now());
  return std::max<std::int64_t>(0, left.count());
}

std::string exam_address(const ExamCode& exam, Stage stage) {
  return "/api/v1/exams/" + encode_percent(exam.text()) + (stage == Stage::final ? "/final-releases" : "/releases");
}

std::string list_address_of(const Call& call, const ExamCode& exam, Stage stage) {
  return fmt::format("/{}/exams/{}/{}", code_of(call.language), encode_percent(exam.text()),
                     stage == Stage::final ? "final-list" : "result-list");
}

// Where results of the final stage are announced or released, everybody of the exam is shown the way to them.
bool tells_of_final_stage(services::PublicationRepository& publications, const ExamCode& exam) {
  const auto there = publications.list_publications(exam);
  return std::any_of(there.begin(), there.end(), [](const Publication& one) {
    return one.order.stage == Stage::final && services::is_announced(one.state.step);
  });
}

// 3 days 4 h, and within the last day as a clock that counts down: 4:05:06.
std::string write_time_left(const Call& call, std::int64_t seconds) {
  constexpr std::int64_t minute = 60;
  constexpr std::int64_t hour = 60 * minute;
  constexpr std::int64_t day = 24 * hour;
  if (seconds >= day)
    return call.site.pages().text(call.language, "own_result.days_left",
                                  {{"days", std::to_string(seconds / day)}, {"hours", std::to_string(seconds % day / hour)}});
  return fmt::format("{}:{:02}:{:02}", seconds / hour, seconds % hour / minute, seconds % minute);
}

// The same for everybody who waits for this exam: nothing of the person stands in it.
json describe_waiting(const Call& call, const Publication& awaited, const std::string& zone) {
  const std::int64_t seconds = seconds_left(call, awaited);
  json waiting{{"at", write_moment(awaited.state.release_at, zone, call.language)},
               {"seconds", std::to_string(seconds)},
               {"left", write_time_left(call, seconds)},
               {"release_address", exam_address(awaited.exam, awaited.order.stage)}};
  if (awaited.state.on_hold()) waiting["held"] = true;
  if (seconds == 0) waiting["delayed"] = true;
  return waiting;
}

// What the owner of a result takes along: links for everybody or for nobody, so that pages look the same whatever was
// decided. They stand in the waiting page too, unseen until the record has been opened there.
json describe_links(const services::PublicationOrder& order, const std::string& here) {
  json links{{"proof_address", here + "/proof"}, {"objections_address", here + "/objections"}, {"certificate", {{"address", here + "/certificate"}}}};
  if (!order.passed_until.empty() || !order.others_until.empty() || !order.objection_until.empty())
    links["certificate"]["days_address"] = here + "/days";
  return links;
}

void describe_own(const Call& call, const OwnResult& result, const std::string& zone, const std::string& here,
                  json& data) {
  if (result.is == OwnResult::Is::none) data["none"] = true;
  if (result.is == OwnResult::Is::withdrawn)
    data["withdrawn"] = {{"reason", result.released->order.reason.in(call.language)}};
  if (result.is == OwnResult::Is::waiting) {
    data["waiting"] = describe_waiting(call, *result.awaited, zone);
    data["waiting"]["record_address"] = here + "/record";
    if (!result.awaited->order.withdrawal) {
      data["links"] = describe_links(result.awaited->order, here);
      data["links"]["hidden"] = true;
    }
  }
  if (result.is == OwnResult::Is::open) {
    data["open"] = {{"article", result.result->page.in(call.language)}};
    data["links"] = describe_links(result.released->order, here);
    if (result.result->certificate.empty()) data["links"].erase("certificate");
    if (result.awaited) {
      data["open"]["correction"] = {{"at", write_moment(result.awaited->state.release_at, zone, call.language)}};
      if (result.awaited->state.on_hold()) data["open"]["correction"]["held"] = true;
      if (seconds_left(call, *result.awaited) == 0) data["open"]["correction"]["delayed"] = true;
    }
  }
}

Response show_own(const Call& call, Stage stage) {
  const bool final = stage == Stage::final;
  const Own own = load_own(call);
  services::PublicationRepository& publications = load_publications(call);
  const OwnResult result = services::find_own_result(publications, own.exam(), number_of(own), stage);
  const std::string address = fmt::format("/{}/my/{}", code_of(call.language), encode_percent(own.application.id.text()));
  const Pages& pages = call.site.pages();
  Page page{.name = "own_result", .title = pages.text(call.language, final ? "own_result.final_title" : "own_result.title")};
  page.data = {{"heading", page.title}, {"way_address", address}};
  // Before anything is announced there is no such page.
  if (result.is != OwnResult::Is::none || result.released || result.awaited)
    page.data["list"] = {{"address", list_address_of(call, own.exam(), stage)},
                         {"name", pages.text(call.language, final ? "own_result.final_list_title" : "own_result.list_title")}};
  if (!final && tells_of_final_stage(publications, own.exam())) page.data["final_address"] = address + "/final-result";
  describe_own(call, result, own.notice().header.time_zone, address + (final ? "/final-result" : "/result"), page.data);
  // Who was not decided in a stage that is released is told so, and not that nothing is announced.
  if (final && result.is == OwnResult::Is::none && result.released) {
    page.data.erase("none");
    page.data["not_in_final"] = true;
  }
  return show(call, page);
}

// What a browser keeps until the minute: of one size for everybody.
Response give_record(const Call& call, Stage stage) {
  const Own own = load_own(call);
  const OwnResult result = services::find_own_result(load_publications(call), own.exam(), number_of(own), stage);
  if (!result.sealed || !result.awaited) {
    throw NotFound("nothing_awaited", {"There is nothing to wait for. Open the page of your result.",
                                       "기다릴 결과가 없습니다. 결과 화면을 여십시오."});
  }
  return answer_json(ordered{{"publication", result.awaited->id},
                             {"secret", proof::encode_base64(result.sealed->secret)},
                             {"record", proof::encode_base64(result.sealed->record)}});
}

Response give_proof(const Call& call, Stage stage) {
  const Own own = load_own(call);
  const std::string number = number_of(own);
  const OwnResult result = services::find_own_result(load_publications(call), own.exam(), number, stage);
  if (!result.result) {
    throw NotFound("not_released", {"There is no result to prove yet.", "아직 증명할 결과가 없습니다."});
  }
  Response response;
  response.body = result.result->proof;
  response.type = "application/json";
  // Nothing of a person stands in the name of a file.
  response.set_header("Content-Disposition", "attachment; filename=\"proof.json\"");
  return response;
}

Response show_list(const Call& call, Stage stage) {
  services::PublicationRepository& publications = load_publications(call);
  const ExamCode exam(call.path.at("code"));
  const auto released = services::find_released(publications, exam, stage);
  const auto awaited = services::find_awaited(publications, exam, stage);
  if (!released && !awaited) {
    throw NotFound("no_release", {"No results of this exam are announced.", "이 시험의 결과 발표 예정이 없습니다."});
  }
  const bool final = stage == Stage::final;
  Page page{.name = "result_list",
            .title = call.site.pages().text(call.language, final ? "own_result.final_list_title" : "own_result.list_title")};
  page.data = {{"heading", page.title}};
  if (!final && tells_of_final_stage(publications, exam)) page.data["final_address"] = list_address_of(call, exam, Stage::final);
  const auto head = call.site.exams() == nullptr ? std::nullopt : call.site.exams()->find_head(exam);
  const std::string zone = head ? head->time_zone : "UTC";
  if (!released) {
    page.data["waiting"] = describe_waiting(call, *awaited, zone);
    return show(call, page);
  }
  const services::PublicTexts texts = services::load_public(publications, *released);
  const std::string language = call.language == Language::korean ? ".ko" : ".en";
  page.data["open"] = {{"notice", texts.at("notice" + language)},
                       {"check_address", fmt::format("/{}/check-certificate", code_of(call.language))},
                       {"files", json::array()}};
  if (released->order.withdrawal) page.data["open"]["withdrawn"] = true;
  else page.data["open"]["list"] = {{"article", texts.at("list" + language)}, {"files", json::array()}};
  for (const auto& [ending, words] : {std::pair(".pdf", "own_result.list_pdf"), std::pair(".xlsx", "own_result.list_xlsx")}) {
    const std::string name = "list" + language + ending;
    if (released->order.withdrawal || !texts.contains(name)) continue;
    page.data["open"]["list"]["files"].push_back(
        {{"name", call.site.pages().text(call.language, words)}, {"address", exam_address(exam, stage) + "/" + name}});
    page.data["open"]["list"]["any_file"] = true;
  }
  if (texts.contains("rates.csv"))
    page.data["open"]["rates_address"] = fmt::format("/{}/exams/{}/result-rates", code_of(call.language), encode_percent(exam.text()));
  if (call.site.exams() != nullptr && services::find_fairness_report(*call.site.exams(), publications, exam))
    page.data["open"]["fairness_address"] = fmt::format("/{}/exams/{}/seat-fairness", code_of(call.language), encode_percent(exam.text()));
  for (const char* file : {"publication.json", "list.csv", "leaves.txt", "checkpoint", "rates.csv"}) {
    if (!texts.contains(file)) continue;
    page.data["open"]["files"].push_back({{"name", file}, {"address", exam_address(exam, stage) + "/" + file}});
  }
  return show(call, page);
}

}  // namespace

Response show_own_result(const Call& call) {
  return show_own(call, Stage::written);
}

Response show_own_final_result(const Call& call) {
  return show_own(call, Stage::final);
}

Response give_own_record(const Call& call) {
  return give_record(call, Stage::written);
}

Response give_own_final_record(const Call& call) {
  return give_record(call, Stage::final);
}

Response download_own_proof(const Call& call) {
  return give_proof(call, Stage::written);
}

Response download_own_final_proof(const Call& call) {
  return give_proof(call, Stage::final);
}

Response show_result_list(const Call& call) {
  return show_list(call, Stage::written);
}

Response show_final_list(const Call& call) {
  return show_list(call, Stage::final);
}

// Rates of passing by group: there from the minute on, as everything else of a release.
Response show_result_rates(const Call& call) {
  services::PublicationRepository& publications = load_publications(call);
  const ExamCode exam(call.path.at("code"));
  const auto released = services::find_released(publications, exam);
  const std::string rates = released ? services::find_text(services::load_public(publications, *released), "rates.csv") : "";
  if (rates.empty()) throw NotFound("no_rates", {"No rates of this exam are released.", "이 시험의 합격률이 발표되지 않았습니다."});
  Page page{.name = "result_rates", .title = call.site.pages().text(call.language, "pass_rates.title")};
  page.data = {{"list_address", list_address_of(call, exam, Stage::written)},
               {"tables", describe_rates(call, rates)},
               {"files", json::array()}};
  const std::string workbook = call.language == Language::korean ? "rates.ko.xlsx" : "rates.en.xlsx";
  for (const auto& [name, words] : {std::pair(std::string("rates.csv"), "pass_rates.csv_file"), std::pair(workbook, "own_result.list_xlsx")})
    page.data["files"].push_back({{"name", call.site.pages().text(call.language, words)}, {"address", exam_address(exam, Stage::written) + "/" + name}});
  return show(call, page);
}

namespace {

Response describe_release_of(const Call& call, Stage stage) {
  services::PublicationRepository& publications = load_publications(call);
  const ExamCode exam(call.path.at("code"));
  const auto released = services::find_released(publications, exam, stage);
  const auto awaited = services::find_awaited(publications, exam, stage);
  if (!released && !awaited) {
    throw NotFound("no_release", {"No results of this exam are announced.", "이 시험의 결과 발표 예정이 없습니다."});
  }
  ordered answer{{"released", released.has_value()}};
  if (released) {
    answer["publication"] = released->id;
    answer["version"] = released->version;
    answer["key"] = to_hex(released->released_key);
    answer["root"] = released->root;
  } else {
    answer["seconds"] = seconds_left(call, *awaited);
    answer["held"] = awaited->state.on_hold();
  }
  return answer_json(answer);
}

Response give_release_file(const Call& call, Stage stage) {
  static const std::map<std::string, const char*, std::less<>> types{
      {"publication.json", "application/json"}, {"list.csv", "text/csv; charset=utf-8"},
      {"leaves.txt", "text/plain; charset=utf-8"}, {"checkpoint", "text/plain; charset=utf-8"},
      {"list.en.pdf", "application/pdf"}, {"list.ko.pdf", "application/pdf"},
      {"list.en.xlsx", workbook_type}, {"list.ko.xlsx", workbook_type},
      {"rates.csv", "text/csv; charset=utf-8"}, {"rates.en.xlsx", workbook_type}, {"rates.ko.xlsx", workbook_type}};
  services::PublicationRepository& publications = load_publications(call);
  const std::string& name = call.path.at("part");
  const auto type = types.find(name);
  const auto released = services::find_released(publications, ExamCode(call.path.at("code")), stage);
  services::PublicTexts texts;
  if (released && type != types.end()) texts = services::load_public(publications, *released);
  // Made of the file that was signed: it says the same in a form that people open.
  if (texts.contains("rates.csv") && name.starts_with("rates.") && name.ends_with(".xlsx"))
    texts[name] = make_rates_workbook(call, name == "rates.ko.xlsx" ? Language::korean : Language::english, texts.at("rates.csv"));
  const auto file = texts.find(name);
  if (file == texts.end())
    throw NotFound("no_release", {"There is no such file of a release.", "발표된 자료에 그런 파일이 없습니다."});
  Response response;
  response.body = std::move(file->second);
  response.type = type->second;
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

}  // namespace

Response describe_release(const Call& call) {
  return describe_release_of(call, Stage::written);
}

Response describe_final_release(const Call& call) {
  return describe_release_of(call, Stage::final);
}

Response download_release_file(const Call& call) {
  return give_release_file(call, Stage::written);
}

Response download_final_release_file(const Call& call) {
  return give_release_file(call, Stage::final);
}

}  // namespace hanjari::web
