#include "publications/pages/portal_certificate.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/date.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/written_day.h"
#include "hanjari/documents/certificate_paper.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/publications/opened.h"
#include "hanjari/site/site.h"
#include "intake/pages/api/applying_json.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

struct CertifiedResult {
  services::Publication release;
  services::PersonalResult result;
  proof::Certificate certificate;
  ExamHeader header;
};

// The same refusal for everybody until the minute, and for versions that were sealed without certificates.
CertifiedResult load_certified(const Call& call, proof::Stage stage) {
  const Own own = load_own(call);
  if (call.site.publications() != nullptr && own.seat) {
    const std::string number = own.seat->plan.placements.front().number.text();
    services::OwnResult found = services::find_own_result(*call.site.publications(), own.exam(), number, stage);
    if (found.result && found.released) {
      const auto text = proof::text_of_note(found.result->certificate);
      std::optional<proof::Certificate> certificate;
      if (text) certificate = proof::parse_certificate(*text);
      if (certificate) return {*found.released, *found.result, *certificate, own.notice().header};
    }
  }
  throw NotFound("no_certificate", {"There is no certificate of this result.", "이 결과에 대한 확인서가 없습니다."});
}

// The very words of the page that was compared with the decision.
std::string verdict_in(const std::string& page) {
  constexpr std::string_view before = "<h2 data-field=\"verdict\">";
  const auto at = page.find(before);
  if (at == std::string::npos) return "";
  const auto begin = at + before.size();
  const auto end = page.find("</h2>", begin);
  return end == std::string::npos ? "" : page.substr(begin, end - begin);
}

std::vector<std::pair<std::string, std::string>> rows_of(const Call& call, const proof::Certificate& certificate,
                                                         const std::string& released_at) {
  const auto label = [&](const char* key) { return call.site.pages().text(call.language, key); };
  std::vector<std::pair<std::string, std::string>> rows{
      {label("certificate.number"), certificate.applicant_number},
      {label("certificate.unit"), certificate.unit_code + " " + certificate.unit_name.in(call.language)}};
  if (certificate.total) rows.emplace_back(label("certificate.total"), *certificate.total);
  if (certificate.rank) rows.emplace_back(label("certificate.rank"), std::to_string(*certificate.rank));
  rows.emplace_back(label("certificate.released_at"), released_at);
  rows.emplace_back(label("certificate.version"), std::to_string(certificate.version));
  return rows;
}

Response file_of(std::string body, const char* type, const char* name) {
  Response response;
  response.body = std::move(body);
  response.type = type;
  // Nothing of a person stands in the name of a file.
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

std::string sent_certificate(const Call& call) {
  const auto file = std::find_if(call.files.begin(), call.files.end(), [](const FormPart& part) {
    return part.name == "file" && !part.content.empty();
  });
  if (file != call.files.end()) return std::string(file->content);
  const auto typed = call.form.find("text");
  return typed == call.form.end() ? std::string() : typed->second;
}

std::string certified_outcome(const Call& call, const std::string& outcome) {
  const auto words = [&](const char* key) { return call.site.pages().text(call.language, key); };
  if (outcome == "passed") return words("publications.outcome_passed");
  if (outcome == "passed_equality") return words("publications.outcome_passed_equality");
  if (outcome == "not_passed") return words("publications.outcome_not_passed");
  if (outcome == "below_line") return words("publications.outcome_below_line");
  if (outcome == "absent") return words("publications.outcome_absent");
  if (outcome == "void") return words("publications.outcome_void");
  if (outcome == "poor") return words("publications.outcome_poor");
  if (outcome == "call_up") return words("publications.outcome_call_up");
  if (outcome == "declined") return words("publications.outcome_declined");
  return outcome;
}

// As it is printed: by the clock of the exam, where this site knows it.
std::string zone_of_certificate(const Call& call, const proof::Certificate& certificate) {
  if (call.site.exams() == nullptr) return "UTC";
  const auto head = call.site.exams()->find_head(ExamCode(certificate.exam));
  return head ? head->time_zone : "UTC";
}

// What the signed words say, and whether a later release stands in their place.
json describe_judged(const Call& call, const proof::Certificate& certificate) {
  const auto released_at = parse_instant(certificate.released_at);
  json judged{{"exam", certificate.exam_name.in(call.language)}, {"rows", json::array()}};
  json& rows = judged["rows"];
  rows.push_back({{"label", call.site.pages().text(call.language, "certificate.outcome")},
                  {"value", certified_outcome(call, certificate.outcome)}});
  for (const auto& [label, value] :
       rows_of(call, certificate,
               released_at ? write_moment(*released_at, zone_of_certificate(call, certificate), call.language) : certificate.released_at))
    rows.push_back({{"label", label}, {"value", value}});
  std::optional<services::Publication> newest;
  if (call.site.publications() != nullptr)
    newest = services::find_released(*call.site.publications(), ExamCode(certificate.exam), certificate.stage);
  if (!newest) judged["not_known"] = true;
  else if (newest->root == certificate.root && newest->version == certificate.version) judged["stands"] = true;
  else judged["replaced"] = true;
  return judged;
}

Page certificate_page(const Call& call) {
  Page page{.name = "certificate", .title = call.site.pages().text(call.language, "certificate.check_title")};
  page.data = {{"form_token", call.form_token},
               {"action", fmt::format("/{}/check-certificate", code_of(call.language))}};
  return page;
}

Response give_certificate(const Call& call, proof::Stage stage) {
  const CertifiedResult own = load_certified(call, stage);
  const Pages& pages = call.site.pages();
  documents::CertificateWords words;
  words.title = pages.text(call.language, "certificate.title");
  words.exam = own.certificate.exam_name.in(call.language);
  words.verdict = verdict_in(own.result.page.in(call.language));
  words.rows = rows_of(call, own.certificate, write_moment(own.release.order.release_at, own.header.time_zone, call.language));
  words.how_to_check = pages.text(call.language, "certificate.how_to_check");
  words.signed_text = own.result.certificate;
  words.made_at = own.release.order.release_at;
  return file_of(proof::attach_note(documents::render_certificate_pdf(words).bytes, own.result.certificate),
                 "application/pdf", "certificate.pdf");
}

Response give_certificate_text(const Call& call, proof::Stage stage) {
  return file_of(load_certified(call, stage).result.certificate, "text/plain; charset=utf-8", "certificate.txt");
}

Response give_days(const Call& call, proof::Stage stage) {
  const CertifiedResult own = load_certified(call, stage);
  const Pages& pages = call.site.pages();
  const services::PublicationOrder& order = own.release.order;
  const bool passed = proof::is_listed(own.certificate.outcome);
  const std::string exam = own.certificate.exam_name.in(call.language);
  std::vector<DayToKeep> days;
  const auto add = [&](const std::string& day, const char* kind, const std::string& what, const Text& about) {
    const auto read = parse_date(day);
    if (read) days.push_back({fmt::format("{}-{}", own.certificate.exam, kind), *read, what + ": " + exam, about.in(call.language)});
  };
  // Who is called up for an interview is told the day by letter: it is neither that of those who passed nor that of the others.
  if (own.certificate.outcome != "call_up")
    add(passed ? order.passed_until : order.others_until, "next", pages.text(call.language, "certificate.day_next"),
        passed ? order.next_passed : order.next_others);
  add(order.objection_until, "objection", pages.text(call.language, "certificate.day_objection"), order.objection);
  return file_of(write_days_file(days, call.site.now()), "text/calendar; charset=utf-8", "result.ics");
}

}  // namespace

Response download_own_certificate(const Call& call) {
  return give_certificate(call, proof::Stage::written);
}

Response download_own_final_certificate(const Call& call) {
  return give_certificate(call, proof::Stage::final);
}

Response download_own_certificate_text(const Call& call) {
  return give_certificate_text(call, proof::Stage::written);
}

Response download_own_final_certificate_text(const Call& call) {
  return give_certificate_text(call, proof::Stage::final);
}

Response download_own_days(const Call& call) {
  return give_days(call, proof::Stage::written);
}

Response download_own_final_days(const Call& call) {
  return give_days(call, proof::Stage::final);
}

Response show_certificate_form(const Call& call) {
  return show(call, certificate_page(call));
}

Response check_certificate(const Call& call) {
  Page page = certificate_page(call);
  const std::string key = parse_hex(intake_of(call).submitting.receipt_key()).value_or("");
  const auto note = proof::find_note(sent_certificate(call));
  std::optional<proof::JudgedCertificate> judged;
  if (note) judged = proof::judge_certificate(*note, key);
  if (!judged) {
    page.data["unreadable"] = true;
    page.status = 422;
  } else if (!judged->is_genuine) {
    page.data["forged"] = true;
  } else {
    page.data["genuine"] = describe_judged(call, judged->certificate);
  }
  return show(call, page);
}

}  // namespace hanjari::web
