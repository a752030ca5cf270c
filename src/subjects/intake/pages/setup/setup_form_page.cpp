// One form of the set-up: what is typed, what it would change, what another officer has changed meanwhile, and saving.
#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/setup/setup_forms.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/counts.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Side;

// A form has at most 50 values: of more conflicts than these one choice decides them all.
constexpr std::size_t most_choices = 20;
constexpr std::size_t most_differences_shown = 500;
constexpr std::string_view choice_prefix = "choice:";

struct ShownForm {
  SetupForm form = SetupForm::basics;
  services::SetupVersion base;
  const Values* typed = nullptr;
  std::vector<Fault> faults{};
  std::vector<Fault> warnings{};
  std::optional<services::SetupOutcome> outcome{};
  std::optional<Text> pending{};      // why nothing was saved: a change waits already
  std::optional<Text> unsaid{};       // the same: whom it concerns was not ticked
  std::optional<Text> contradicts{};  // the same: a unit has applications, or a code belongs to another notice
};

std::string zone_of_notice(const Call& call) {
  return setup_of(call).load_notice(call.actor(), notice_code(call))->notice.header.time_zone;
}

json describe_conflicts(const Call& call, const std::vector<services::FieldConflict>& conflicts,
                        const std::string& zone) {
  json rows = json::array();
  for (const auto& conflict : conflicts) {
    if (rows.size() == most_choices) break;
    const auto words = [&](const std::optional<std::string>& value) {
      return services::name_value(conflict.path, value, zone).in(call.language);
    };
    rows.push_back({{"choice", std::string(choice_prefix) + conflict.path},
                    {"place", services::name_place(conflict.path).in(call.language)},
                    {"before", words(conflict.base)},
                    {"theirs", words(conflict.theirs)},
                    {"mine", words(conflict.mine)}});
  }
  return rows;
}

void describe_outcome(const Call& call, const services::SetupOutcome& outcome, json& data) {
  const std::string zone = zone_of_notice(call);
  const Pages& pages = call.site.pages();
  data["preview"] = {{"any", !outcome.differences.empty()},
                     {"differences", describe_differences(call, outcome.differences, zone, most_differences_shown)}};
  if (json effects = describe_effects(call, outcome.effects); !effects.empty()) data["effects"] = std::move(effects);
  if (!outcome.theirs.empty()) {
    data["others"] = {{"sentence", pages.text(call.language, "setup.changed_by", {{"author", outcome.other_author}})},
                      {"differences", describe_differences(call, outcome.theirs, zone, most_differences_shown)}};
  }
  if (outcome.conflicts.empty()) return;
  json conflicts{{"rows", describe_conflicts(call, outcome.conflicts, zone)},
                 {"version", std::to_string(outcome.version)}};
  if (outcome.conflicts.size() > most_choices) {
    conflicts["more"] = {
        {"sentence",
         pages.text(call.language, "setup.more_conflicts",
                    {{"count", group_digits(static_cast<long long>(outcome.conflicts.size() - most_choices))}})}};
  }
  data["conflicts"] = std::move(conflicts);
}

// A notice on the portal changes for applicants with every saving, or once another officer has confirmed it.
void warn_of_the_portal(const Call& call, const ShownForm& shown, json& data) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  if (part_of(shown.form) != services::SetupPart::notice) return;
  const Pages& pages = call.site.pages();
  if (!setup.waits_for_another(call.actor(), code)) {
    if (setup.load_notice(call.actor(), code)->state == services::RecruitmentState::published)
      data["on_portal"] = {{"warning", pages.text(call.language, "setup.seen_at_once")}};
    return;
  }
  data["on_portal"] = {{"warning", pages.text(call.language, "setup.waits_for_another")}};
  data["waits"] = {{"marked", shown.typed != nullptr && !field_of(*shown.typed, "emergency").empty()}};
  const auto change = setup.find_change(call.actor(), code);
  if (!change || !change->waits()) return;
  const std::string address = setup_address(call, "/proposal");
  if (change->proposal.proposed_by != call.actor().account) {
    data["pending_change"] = {
        {"sentence", pages.text(call.language, "setup.other_pending", {{"author", change->proposal.proposed_by}})},
        {"address", address}};
    return;
  }
  const std::string typed = shown.typed == nullptr ? std::string() : field_of(*shown.typed, "pending");
  data["own_pending"] = {{"address", address}, {"grows", typed == "grows"}, {"gives_way", typed == "gives_way"}};
}

// The columns of a pasted table, whose headings are the words of the files.
json describe_columns(const Call& call, SetupForm form, const std::string& definition) {
  json columns = json::array();
  for (const std::string& column : columns_of_form(form, definition))
    columns.push_back({{"column", column}, {"name", services::name_place(column).in(call.language)}});
  return columns;
}

Response show_form(const Call& call, const ShownForm& shown) {
  const std::string name = name_of(shown.form).in(call.language);
  Page page{.name = "setup_form", .title = name};
  page.data = {{"heading", name},
               {"back", setup_address(call, "/setup")},
               {"action", setup_address(call, "/setup/" + std::string(spell(shown.form)))},
               {"versions", setup_address(call, "/versions/" + std::string(services::spell(part_of(shown.form))))},
               {"form_token", call.form_token},
               {"base_version", std::to_string(shown.base.version)},
               {"reason", shown.typed != nullptr ? field_of(*shown.typed, "reason") : std::string()}};
  FormView view = fields_of(call, shown.form, shown.base.definition, shown.typed);
  const bool has_fields = shown.form == SetupForm::basics || shown.form == SetupForm::policy;
  for (const Fault& fault : shown.faults) {
    if (fault.column == "reason" && fault.file.empty()) {
      view.add_fault_at("#reason", fault.what.in(call.language));
      continue;
    }
    if (!has_fields) {
      view.add_fault("table", say_table_fault(fault, call.language));
      continue;
    }
    std::string place = fault.column;
    std::replace(place.begin(), place.end(), '.', '/');
    view.add_fault(fault.column, say_fault(fault, services::name_place(place).in(call.language), call.language));
  }
  warn_of_the_portal(call, shown, page.data);
  if (shown.pending) {
    const bool own = page.data.contains("own_pending");
    view.add_fault_at(own ? "#pending-grows" : setup_address(call, "/proposal"), shown.pending->in(call.language));
  }
  if (shown.unsaid) view.add_fault_at("#concerned", shown.unsaid->in(call.language));
  // Of the fields only the day of the exam gives codes to exams; the rest stands in tables.
  if (shown.contradicts) view.add_fault(has_fields ? "exam_on" : "table", shown.contradicts->in(call.language));
  view.describe(page.data);
  if (!has_fields) page.data["legend"] = {{"columns", describe_columns(call, shown.form, shown.base.definition)}};
  json warnings = json::array();
  for (const Fault& warning : shown.warnings) warnings.push_back({{"what", say_table_fault(warning, call.language)}});
  if (!warnings.empty()) page.data["warned"] = {{"list", std::move(warnings)}};
  if (shown.outcome) {
    describe_outcome(call, *shown.outcome, page.data);
    if (!shown.outcome->conflicts.empty()) page.status = 409;
  }
  if (view.any_fault()) {
    page.status = shown.pending || shown.unsaid || shown.contradicts ? 409 : 422;
    page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  if (shown.typed != nullptr) page.repost = *shown.typed;
  return show(call, page);
}

services::SetupEdit edit_of(const Call& call, SetupForm form, const services::SetupVersion& base,
                            std::string definition) {
  services::SetupEdit edit;
  edit.part = part_of(form);
  edit.base_version = base.version;
  edit.definition = std::move(definition);
  edit.saving.emergency = !field_of(call.form, "emergency").empty();
  edit.saving.pending = pending_wish_of(field_of(call.form, "pending"));
  edit.saving.concerned = number_typed(field_of(call.form, "concerned"));
  edit.answered_version = number_typed(field_of(call.form, "answered_version"));
  for (const auto& [name, value] : call.form) {
    if (!name.starts_with(choice_prefix)) continue;
    edit.choices[name.substr(choice_prefix.size())] = services::parse_side(value).value_or(Side::theirs);
  }
  return edit;
}

// What one choice says of all conflicts that have none of their own.
void choose_for_the_rest(const Call& call, const services::SetupOutcome& asked, services::SetupEdit& edit) {
  const std::string rest = field_of(call.form, "rest");
  if (rest.empty() || edit.answered_version != asked.version) return;
  for (const auto& conflict : asked.conflicts)
    edit.choices.emplace(conflict.path, services::parse_side(rest).value_or(Side::theirs));
}

// Of the choices that the person has answered, in any case.
services::SetupOutcome save_or_ask(const Call& call, const services::SetupEdit& edit, ShownForm& shown) {
  services::NoticeSetup& setup = setup_of(call);
  try {
    return setup.save_edit(call.actor(), notice_code(call), edit,
                           services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()));
  } catch (const services::EffectsUnsaid& asks) {
    shown.unsaid = asks.message();
    return setup.try_edit(call.actor(), notice_code(call), edit);
  }
}

}  // namespace

json describe_effects(const Call& call, const services::NoticeEffects& effects) {
  if (effects.people == 0) return json::object();
  json rows = json::array();
  for (const services::NoticeEffect& effect : effects.list) {
    rows.push_back({{"what", effect.what.in(call.language)},
                    {"people", write_count(effect.people, Counted::people, call.language)}});
  }
  const std::string people = write_count(effects.people, Counted::people, call.language);
  return {{"rows", std::move(rows)},
          {"concerned", std::to_string(effects.people)},
          {"tick", call.site.pages().text(call.language, "notice_change.tick", {{"people", people}})}};
}

services::NoticeSaving::Pending pending_wish_of(const std::string& word) {
  using Pending = services::NoticeSaving::Pending;
  if (word == "grows") return Pending::grows;
  return word == "gives_way" ? Pending::gives_way : Pending::stays;
}

Response show_setup_form(const Call& call) {
  ShownForm shown;
  shown.form = parse_setup_form(call.path.at("form"));
  shown.base = setup_of(call).load_version(call.actor(), notice_code(call), part_of(shown.form), 0);
  return show_form(call, shown);
}

Response save_setup_form(const Call& call) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  ShownForm shown;
  shown.form = parse_setup_form(call.path.at("form"));
  shown.typed = &call.form;
  const std::int64_t base_version = number_typed(field_of(call.form, "base_version"));
  if (base_version < 0) throw InvalidInput("bad_request", {"Open the form again.", "화면을 다시 여십시오."});
  // 0: nobody had saved this part when the form was shown.
  shown.base = base_version == 0 ? setup.load_unsaved(call.actor(), code, part_of(shown.form))
                                 : setup.load_version(call.actor(), code, part_of(shown.form), base_version);
  try {
    services::SetupEdit edit =
        edit_of(call, shown.form, shown.base, apply_form(call, shown.form, shown.base.definition, shown.warnings));
    services::SetupOutcome outcome = setup.try_edit(call.actor(), code, edit);
    choose_for_the_rest(call, outcome, edit);
    if (field_of(call.form, "action") == "save") {
      outcome = save_or_ask(call, edit, shown);
    } else if (!edit.choices.empty()) {
      outcome = setup.try_edit(call.actor(), code, edit);
    }
    if (outcome.proposed) return redirect(setup_address(call, "/proposal"));
    if (outcome.saved) {
      return redirect(
          setup_address(call, fmt::format("/versions/{}?version={}", services::spell(edit.part), outcome.version)));
    }
    shown.outcome = std::move(outcome);
  } catch (const InvalidInput& refused) {
    if (refused.faults().empty()) throw;
    shown.faults = refused.faults().kept();
  } catch (const services::NoticeChangePending& waits) {
    shown.pending = waits.message();
  } catch (const services::NoticeContradicts& stored) {
    shown.contradicts = stored.message();
  }
  return show_form(call, shown);
}

}  // namespace hanjari::web
