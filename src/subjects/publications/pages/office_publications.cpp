#include "publications/pages/office_publications.h"

#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "publications/pages/publication_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Publication;

std::string address_of_publications(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/publications", code_of(call.language), encode_percent(code.text()));
}

std::string name_of_step(const Call& call, const Publication& one) {
  const std::string step = services::name_of(one.state.step).in(call.language);
  if (!one.state.on_hold()) return step;
  return call.site.pages().text(call.language, "publications.step_on_hold", {{"step", step}});
}

// Each stage counts its releases from 1.
std::string name_of_version(const Call& call, const Publication& one) {
  const std::string version = std::to_string(one.version);
  if (one.order.stage == proof::Stage::written) return version;
  return call.site.pages().text(call.language, "publications.version_final", {{"version", version}});
}

json describe_versions(const Call& call, const std::vector<Publication>& publications, const std::string& zone) {
  json rows = json::array();
  for (const Publication& one : publications) {
    rows.push_back({{"number", std::to_string(one.number)},
                    {"address", fmt::format("{}/{}", address_of_publications(call, one.exam), one.number)},
                    {"version", name_of_version(call, one)},
                    {"step", name_of_step(call, one)},
                    {"release_at", write_moment(one.state.release_at, zone)},
                    {"people", group_digits(one.people)},
                    {"edited_by", one.state.edited_by}});
  }
  return rows;
}

json describe_release_keys(const PublicationsCall& of, const std::string& zone) {
  json rows = json::array();
  for (const services::OfficerReleaseKey& key : of.publications.list_officer_keys())
    rows.push_back({{"officer", key.officer}, {"at", write_moment(key.made_at, zone)}});
  return rows;
}

// A final decision is chosen by its number behind this word.
constexpr std::string_view final_choice = "final-";

json describe_decisions_to_publish(const Call& call, const PublicationsCall& of) {
  json rows = json::array();
  const auto chosen = field_of(call.form, "decision");
  const auto add = [&](const std::string& value, const std::string& name, const std::string& digest) {
    rows.push_back({{"value", value}, {"name", name}, {"digest", digest.substr(0, 12)}, {"chosen", value == chosen}});
  };
  if (call.site.interviews() != nullptr) {
    for (const services::StoredFinal& final : call.site.interviews()->list_finals(of.code)) {
      const std::string number = std::to_string(final.version);
      add(std::string(final_choice) + number,
          call.site.pages().text(call.language, "publications.final_decision", {{"number", number}}), final.final_sha256);
    }
  }
  for (const services::StoredDecision& decision : of.results.list_decisions(of.code)) {
    const std::string number = std::to_string(decision.version);
    add(number, call.site.pages().text(call.language, "publications.written_decision", {{"number", number}}), decision.decision_sha256);
  }
  return rows;
}

// What was typed into the order stands there again when it is refused.
json typed_order(const Call& call) {
  json typed = json::object();
  for (const char* name : {"release_at", "next_passed_en", "next_passed_ko", "next_others_en", "next_others_ko",
                           "objection_en", "objection_ko", "reason_en", "reason_ko", "share_holders", "passed_until",
                           "others_until", "objection_until", "next_called_en", "next_called_ko"})
    typed[name] = field_of(call.form, name);
  typed["withdrawal"] = !field_of(call.form, "withdrawal").empty();
  return typed;
}

// Texts have a field in each language; the Korean one stands first.
std::string place_of_order_fault(const std::string& column) {
  if (column.empty()) return "";
  const bool two_fields = column == "next_passed" || column == "next_others" || column == "objection" || column == "reason" ||
                          column == "next_called";
  return "#" + column + (two_fields ? "_ko" : "");
}

Response show_publications_page(const Call& call, const Error* refused, const Faults* faults) {
  const Pages& pages = call.site.pages();
  const PublicationsCall of = publications_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  const auto publications = of.publications.list_publications(of.code);
  const std::string address = address_of_publications(call, of.code);
  Page page{.name = "publications", .title = pages.text(call.language, "publications.title")};
  page.data = {{"exam", exam_of_page(head, call.language)},
               {"results", fmt::format("/{}/exams/{}/results", code_of(call.language), encode_percent(of.code.text()))},
               {"action", address},
               {"fairness", fmt::format("/{}/exams/{}/fairness-reports", code_of(call.language), encode_percent(of.code.text()))},
               {"candidates", fmt::format("/{}/exams/{}/candidates", code_of(call.language), encode_percent(of.code.text()))},
               {"objections", fmt::format("/{}/exams/{}/objections", code_of(call.language), encode_percent(of.code.text()))},
               {"key_action", fmt::format("/{}/exams/{}/release-keys", code_of(call.language), encode_percent(of.code.text()))},
               {"form_token", call.form_token},
               {"zone", pages.text(call.language, "publications.zone", {{"zone", head.time_zone}})},
               {"versions", describe_versions(call, publications, head.time_zone)},
               {"any_version", !publications.empty()},
               {"keys", describe_release_keys(of, head.time_zone)},
               {"decisions", describe_decisions_to_publish(call, of)},
               {"typed", typed_order(call)}};
  page.data["any_key"] = !page.data["keys"].empty();
  if (of.publications.find_officer_key(call.actor().account)) page.data["own_key"] = true;
  page.data["any_decision"] = !page.data["decisions"].empty();
  FormView form;
  if (refused != nullptr) {
    if (faults != nullptr) {
      for (const Fault& fault : faults->kept())
        form.add_fault_at(place_of_order_fault(fault.column), fault.what.in(call.language) + ": " + fault.fix.in(call.language));
    }
    if (!form.any_fault()) form.add_fault("", refused->message().in(call.language));
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

std::vector<std::string> accounts_in(const std::string& typed) {
  std::vector<std::string> accounts;
  std::string one;
  for (const char letter : typed + ",") {
    if (letter != ',' && letter != ' ') {
      one += letter;
    } else if (!one.empty()) {
      accounts.push_back(std::exchange(one, ""));
    }
  }
  return accounts;
}

services::PublicationOrder typed_order_of(const Call& call, const std::string& zone) {
  const auto both = [&](const std::string& name) {
    return Text{field_of(call.form, (name + "_en").c_str()), field_of(call.form, (name + "_ko").c_str())};
  };
  services::PublicationOrder order;
  std::string decision = field_of(call.form, "decision");
  if (decision.starts_with(final_choice)) {
    order.stage = proof::Stage::final;
    decision.erase(0, final_choice.size());
  }
  std::from_chars(decision.data(), decision.data() + decision.size(), order.decision);
  order.release_at = release_minute_in(field_of(call.form, "release_at"), zone);
  order.next_passed = both("next_passed");
  order.next_others = both("next_others");
  order.objection = both("objection");
  order.reason = both("reason");
  order.next_called = both("next_called");
  order.passed_until = field_of(call.form, "passed_until");
  order.others_until = field_of(call.form, "others_until");
  order.objection_until = field_of(call.form, "objection_until");
  order.withdrawal = !field_of(call.form, "withdrawal").empty();
  order.share_holders = accounts_in(field_of(call.form, "share_holders"));
  return order;
}

}  // namespace

Response show_publications(const Call& call) {
  return show_publications_page(call, nullptr, nullptr);
}

Response order_shown_publication(const Call& call) {
  const PublicationsCall of = publications_of(call);
  const auto head = of.exams.find_head(of.code).value_or(services::ExamHead{});
  try {
    const auto ordered =
        services::order_publication(of.publications, of.results, of.jobs, of.code, typed_order_of(call, head.time_zone),
                                    change_of_publication(call, field_of(call.form, "why")), call.site.interviews());
    if (ordered.job) return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), ordered.job->id));
    return redirect(fmt::format("{}/{}", address_of_publications(call, of.code), ordered.publication.number));
  } catch (const InvalidInput& refused) {
    return show_publications_page(call, &refused, &refused.faults());
  }
}

Response make_shown_release_key(const Call& call) {
  try {
    make_sent_release_key(call, field_of(call.form, "passphrase"), !field_of(call.form, "replace").empty());
    return redirect(address_of_publications(call, ExamCode(call.path.at("code"))));
  } catch (const InvalidInput& refused) {
    return show_publications_page(call, &refused, &refused.faults());
  }
}

}  // namespace hanjari::web
