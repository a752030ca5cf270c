#include "results/pages/special_case_pages.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "results/pages/result_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::CaseStep;
using services::RecordedCase;

constexpr int longest_case_field = 300;

std::string address_of_cases(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/special-cases", code_of(call.language), encode_percent(code.text()));
}

// What was refused, and the form on the page that it came from.
struct RefusedCase {
  const Error& why;
  int status;
  std::string place;  // "#" and the id of a field; empty: the form of a new case
};

json describe_case(const Call& call, const RecordedCase& one, const std::string& zone, const std::string& results) {
  const std::string& me = call.actor().account;
  const bool own = (one.step == CaseStep::entered && one.entered_by == me) ||
                   (one.step == CaseStep::lifting && one.taken_back_by == me);
  json row{{"no", std::to_string(one.case_no)},
           {"version", std::to_string(one.version)},
           {"number", one.number.text()},
           {"kind", selection::name_of(one.kind).in(call.language)},
           {"reason", one.reason},
           {"step", services::name_of(one.step).in(call.language)},
           {"entered_by", one.entered_by},
           {"entered_at", write_moment(one.entered_at, zone)},
           {"may_confirm", one.step == CaseStep::entered && !own},
           {"may_lift", one.step == CaseStep::lifting && !own},
           {"own", own},
           {"may_take_back", one.step == CaseStep::entered || one.step == CaseStep::confirmed},
           {"is_used", one.used_in > 0}};
  if (!one.confirmed_by.empty()) row["confirmed"] = {{"by", one.confirmed_by}};
  if (!one.taken_back_by.empty()) row["back"] = {{"by", one.taken_back_by}, {"why", one.taking_back}};
  if (!one.lifted_by.empty()) row["lifted"] = {{"by", one.lifted_by}};
  if (one.used_in > 0)
    row["used"] = {{"decision", std::to_string(one.used_in)}, {"address", fmt::format("{}/decisions/{}", results, one.used_in)}};
  return row;
}

// Whether nobody of the live plan has the number. Not asked while no plan is live, because then nobody has a number yet, nor of a case
// that counts no more or does not open.
bool is_number_of_nobody(const Call& call, const ResultsCall& of, bool live, const RecordedCase& one) {
  if (!live || one.step == CaseStep::taken_back || one.kind == selection::SpecialCase::none) return false;
  return !call.site.plans().find_place(of.code, one.number);
}

// The fields of a new case, with what was typed where it was refused.
void add_case_fields(const Call& call, FormView& form, bool typed) {
  const auto say = [&](const char* name) { return call.site.pages().text(call.language, name); };
  const auto value = [&](const char* name) { return typed ? field_of(call.form, name) : std::string(); };
  form.add({.id = "applicant_number", .label = say("special_cases.number"), .value = value("applicant_number"), .longest = 64});
  Field kind{.kind = FieldKind::list, .id = "kind", .label = say("special_cases.kind"), .hint = say("special_cases.kind_hint")};
  kind.choices.push_back({"", say("special_cases.choose"), {}, false});
  for (const auto one : {selection::SpecialCase::misconduct, selection::SpecialCase::withdrawal, selection::SpecialCase::late_documents,
                         selection::SpecialCase::annulled}) {
    const std::string word(selection::spell(one));
    kind.choices.push_back({word, selection::name_of(one).in(call.language), {}, value("kind") == word});
  }
  form.add(std::move(kind));
  form.add({.id = "reason", .label = say("special_cases.reason"), .hint = say("special_cases.reason_hint"), .value = value("reason"), .longest = longest_case_field});
}

void tell_refusal(const Call& call, const RefusedCase& refused, FormView& form, Page& page) {
  const auto* input = dynamic_cast<const InvalidInput*>(&refused.why);
  const bool listed = input != nullptr && !input->faults().empty();
  if (listed) {
    for (Fault fault : input->faults().kept()) {
      const std::string field = std::exchange(fault.column, {});
      if (refused.place.empty()) {
        form.add_fault(field, fault.format(call.language));
      } else {
        form.add_fault_at(refused.place, fault.format(call.language));
      }
    }
  } else if (refused.place.empty()) {
    form.add_fault("applicant_number", refused.why.message().in(call.language));
  } else {
    form.add_fault_at(refused.place, refused.why.message().in(call.language));
  }
  page.status = refused.status;
  page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
}

Response show_cases_page(const Call& call, const services::CaseQuery& query, const RefusedCase* refused) {
  const Pages& pages = call.site.pages();
  const ResultsCall of = results_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const std::string results = fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(of.code.text()));
  const std::string address = address_of_cases(call, of.code);
  const std::vector<RecordedCase> cases = open_sent_cases(call, query);
  Page page{.name = "special_cases", .title = pages.text(call.language, "special_cases.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
                 {"on", write_day(head.exam_on, call.language)}}},
               {"results", results},
               {"action", address},
               {"form_token", call.form_token},
               {"any", !cases.empty()},
               {"cases", json::array()}};
  const bool live = of.exams.find_live_plan(of.code).has_value();
  for (const RecordedCase& one : cases) {
    json row = describe_case(call, one, head.time_zone, results);
    row["of_nobody"] = is_number_of_nobody(call, of, live, one);
    page.data["cases"].push_back(std::move(row));
  }
  if (query.number) page.data["sought"] = {{"number", query.number->text()}, {"all", address}};
  if (const std::int64_t next = next_page_of_cases(query, cases); next > 0)
    page.data["next_page"] = {{"address", fmt::format("{}?before={}", address, next)}};
  if (const auto overtaken = services::find_overtaken(of.results, of.code))
    page.data["overtaken"] = {
        {"words", pages.text(call.language, "special_cases.overtaken", {{"number", std::to_string(overtaken->version)}})}};
  FormView form;
  add_case_fields(call, form, refused != nullptr && refused->place.empty());
  Frame frame = frame_of(call);
  if (refused != nullptr) {
    tell_refusal(call, *refused, form, page);
    frame.path = address;  // of the page in the other language
  }
  if (query.number) page.repost = Values{{"applicant_number", query.number->text()}};
  form.describe(page.data);
  return pages.show(frame, page);
}

std::string place_of_step(const Call& call) {
  return "#taking-back-" + std::to_string(case_count_in(field_of(call.form, "case")));
}

}  // namespace

Response show_special_cases(const Call& call) {
  return show_cases_page(call, case_query_of(call), nullptr);
}

Response find_shown_special_cases(const Call& call) {
  try {
    return show_cases_page(call, case_query_of_number(field_of(call.form, "applicant_number")), nullptr);
  } catch (const InvalidInput& why) {
    const RefusedCase refused{why, 422, "#sought"};
    return show_cases_page(call, {}, &refused);
  }
}

Response enter_shown_special_case(const Call& call) {
  try {
    enter_sent_case(call, field_of(call.form, "applicant_number"), field_of(call.form, "kind"), field_of(call.form, "reason"));
  } catch (const InvalidInput& why) {
    const RefusedCase refused{why, 422, {}};
    return show_cases_page(call, {}, &refused);
  } catch (const Conflict& why) {
    const RefusedCase refused{why, 409, {}};
    return show_cases_page(call, {}, &refused);
  }
  return redirect(address_of_cases(call, ExamCode(call.path.at("code"))));
}

Response step_shown_special_case(const Call& call) {
  const std::int64_t case_no = case_count_in(field_of(call.form, "case"));
  try {
    step_sent_case(call, field_of(call.form, "step"), case_no, case_count_in(field_of(call.form, "version")), field_of(call.form, "reason"));
  } catch (const InvalidInput& why) {
    const RefusedCase refused{why, 422, place_of_step(call)};
    return show_cases_page(call, {}, &refused);
  }
  return redirect(fmt::format("{}#case-{}", address_of_cases(call, ExamCode(call.path.at("code"))), case_no));
}

}  // namespace hanjari::web
