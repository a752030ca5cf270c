// Applying, step by step: every step saves what was typed and then says what is wrong with it, so that nothing is lost
// and nobody is held up. Submitting is safe to repeat: the key lives with the form.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/written_day.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_review.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/texts/plain_markup.h"

namespace hanjari::web {
namespace {

constexpr int code_length = 60;

Page step_page(const Call& call, const Applying& applying, ApplyStep step, const char* name, const char* title) {
  Page page{.name = name, .title = call.site.pages().text(call.language, title)};
  describe_steps(call, applying, step, page.data);
  page.data["action"] = apply_address(call, applying, step);
  page.data["heading"] = page.title;
  return page;
}

Response show_step(const Call& call, Page page, const FormView& form, bool saved_elsewhere) {
  form.describe(page.data);
  if (saved_elsewhere) page.data["note"] = call.site.pages().text(call.language, "apply.saved_elsewhere");
  if (!page.data.contains("note")) page.data["note"] = false;
  if (form.any_fault() || saved_elsewhere) {
    page.status = saved_elsewhere ? 409 : 422;
    if (form.any_fault())
      page.title = call.site.pages().text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

// --- Unit -------------------------------------------------------------------------------------------------------

Response show_unit_step(const Call& call, Applying& applying, const std::vector<FieldFault>& faults,
                        bool saved_elsewhere) {
  const Pages& pages = call.site.pages();
  Page page = step_page(call, applying, ApplyStep::unit, "apply_unit", "apply.unit_title");
  page.data["units"] = nlohmann::json::array();
  for (const NoticeUnit& unit : applying.notice().units) {
    const Calendar& calendar = applying.notice().calendar_of(unit);
    nlohmann::json obstacles = nlohmann::json::array();
    for (const FieldFault& obstacle : judge_eligibility(unit, applying.draft.form)) {
      // What is asked for at a later step is no obstacle yet.
      if (obstacle.field == "birth_on" ||
          (obstacle.field == "residence" && applying.draft.form.residence != ResidenceClaim::none))
        obstacles.push_back({{"what", obstacle.what.in(call.language)}});
    }
    const std::string body = unit.appointing_body.in(call.language);
    page.data["units"].push_back(
        {{"code", unit.unit.code.text()},
         {"name", write_unit(pages, unit.unit, call.language)},
         {"body", body.empty() ? "" : body + " · "},
         {"posts", pages.text(call.language, unit.unit.posts == 1 ? "notice.posts_of_one" : "notice.posts_of", {{"posts", group_digits(unit.unit.posts)}})},
         {"fee", unit.fee == 0 ? pages.text(call.language, "apply.no_fee") : write_won(pages, unit.fee, call.language)},
         {"exam_on", write_day(calendar.exam_on, call.language)},
         {"chosen", applying.draft.form.unit == unit.unit.code},
         {"over", !services::takes_applications(*applying.stored, calendar, call.site.now())},
         {"obstacles", obstacles},
         {"eligibility", write_eligibility(pages, unit, call.language)}});
  }
  FormView form;
  form.add({.kind = FieldKind::choice, .id = "unit", .label = {}});
  for (const FieldFault& fault : faults) form.add_fault("unit", fault.what.in(call.language));
  page.data["bar_above"] = faults.empty();  // otherwise it stands among the faults
  return show_step(call, std::move(page), form, saved_elsewhere);
}

// What the new unit asks for too stays; what it does not know goes. Gives the words of what went, joined by dots.
std::string change_unit(Applying& applying, const UnitCode& code) {
  ApplicationForm& form = applying.draft.form;
  const NoticeUnit* before = applying.unit();
  const NoticeUnit& unit = *applying.notice().find_unit(code);
  std::string dropped;
  const auto drop = [&](const char* word) { dropped += (dropped.empty() ? "" : ".") + std::string(word); };
  const auto is_foreign = [&](const std::string& chosen) {
    return std::none_of(unit.electives.begin(), unit.electives.end(),
                        [&](const Elective& elective) { return elective.code == chosen; });
  };
  if (std::erase_if(form.electives, is_foreign) > 0) drop("electives");
  const auto& licences = unit.eligibility.licences;
  const bool licence_fits = std::any_of(licences.begin(), licences.end(),
                                        [&](const Licence& licence) { return licence.code == form.licence; });
  if (!licence_fits && !form.licence.empty()) drop("licence");
  if (!licence_fits) {
    form.licence.clear();
    form.licence_number.clear();
  }
  const bool same_group = before != nullptr && before->unit.quota_group == unit.unit.quota_group;
  if (!same_group && !form.quota_proof.empty()) drop("quota_proof");
  if (!same_group) form.quota_proof.clear();
  form.unit = code;
  return dropped;
}

// What has to be entered once more because the unit is another one now; empty: nothing.
std::string write_dropped(const Call& call) {
  const auto found = call.query.find("dropped");
  if (found == call.query.end()) return {};
  const Pages& pages = call.site.pages();
  std::string names;
  for (const auto& [word, message] : {std::pair{"electives", "apply.electives_chosen"},
                                      {"licence", "apply.licence"},
                                      {"quota_proof", "apply.quota_proof"}}) {
    if (found->second.find(word) != std::string::npos)
      names += (names.empty() ? "" : ", ") + pages.text(call.language, message);
  }
  return names.empty() ? names : pages.text(call.language, "apply.unit_dropped", {{"names", names}});
}

// --- Person -----------------------------------------------------------------------------------------------------

Field residence_field(const Call& call, const Applying& applying) {
  const Pages& pages = call.site.pages();
  const ApplicationForm& form = applying.draft.form;
  const NoticeUnit* unit = applying.unit();
  Field field{.kind = FieldKind::choice,
              .id = "residence",
              .label = pages.text(call.language, "apply.residence"),
              .hint = pages.text(call.language, "apply.residence_hint",
                                 {{"area", unit->eligibility.residence_area.in(call.language)},
                                  {"day", write_day(unit->eligibility.residence_on, call.language)}})};
  const auto add = [&](ResidenceClaim claim, const std::string& label) {
    field.choices.push_back({std::string(spell(claim)), label, {}, form.residence == claim});
  };
  add(ResidenceClaim::on_day, pages.text(call.language, "apply.residence_on_day"));
  if (unit->eligibility.residence == ResidenceRule::on_day_or_three_years)
    add(ResidenceClaim::three_years, pages.text(call.language, "apply.residence_years"));
  add(ResidenceClaim::none, pages.text(call.language, "apply.residence_none"));
  return field;
}

// What is agreed to, in the words that count now, and a box for each kind of data that the law keeps apart.
nlohmann::json describe_consent(const Call& call, const Applying& applying, const std::vector<FieldFault>& faults) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  const ApplicationForm& given = applying.draft.form;
  const auto text = applying.intake.texts.load_text(services::PortalPage::consent);
  FormView boxes;
  boxes.add({.kind = FieldKind::checks,
             .id = "consents",
             .label = say("apply.consents"),
             .choices = {{"consent", say("apply.consents_yes"), {}, given.consents}}});
  boxes.add({.kind = FieldKind::checks,
             .id = "consents_identifier",
             .label = say("apply.consents_identifier"),
             .choices = {{"consent_identifier", say("apply.consents_identifier_yes"), {}, given.consents_identifier}}});
  for (const FieldFault& fault : faults) {
    if (fault.field.starts_with("consents")) boxes.add_fault(fault.field, fault.what.in(call.language));
  }
  nlohmann::json data{{"html", draw_plain_markup(text.words.in(call.language))},
                      {"consent_version", std::to_string(text.version)}};
  boxes.describe(data);
  return data;
}

// The version that the form showed, with the digest of its words: what was agreed to can be told for ever. A form that
// names no version showed none, as a page that was open while the program was renewed: no words are put into its mouth.
std::string consent_shown(const Call& call, const Applying& applying) {
  const std::string typed_version = typed(call, "consent_version");
  if (typed_version.empty()) return {};
  int version = -1;
  std::from_chars(typed_version.data(), typed_version.data() + typed_version.size(), version);
  auto text = applying.intake.texts.find_text(services::PortalPage::consent, version);
  if (!text) text = applying.intake.texts.load_text(services::PortalPage::consent);
  return fmt::format("{} {}", text->version, sha256(text->words.in(call.language)).hex());
}

Response show_person_step(const Call& call, Applying& applying, const std::vector<FieldFault>& faults,
                          bool saved_elsewhere) {
  const Pages& pages = call.site.pages();
  const ApplicationForm& given = applying.draft.form;
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  Page page = step_page(call, applying, ApplyStep::person, "apply_form", "apply.person_title");
  page.data["lead"] = say("apply.person_lead");
  if (const std::string dropped = write_dropped(call); !dropped.empty()) page.data["note"] = dropped;
  FormView form;
  form.add({.kind = FieldKind::line,
            .id = "name",
            .label = say("apply.name"),
            .hint = say("apply.name_hint"),
            .value = given.name,
            .autocomplete = "name",
            .longest = 300});
  std::string known;
  if (!given.identity_hash.empty() && given.birth_on)
    known = pages.text(call.language, "apply.identity_known", {{"day", write_plain_day(*given.birth_on).in(call.language)}});
  form.add({.kind = FieldKind::digits,
            .id = "identity",
            .label = say("apply.identity"),
            .hint = known.empty() ? say("apply.identity_hint") : known,
            .longest = 30});
  form.add({.kind = FieldKind::phone,
            .id = "phone",
            .label = say("apply.phone"),
            .hint = say("apply.phone_hint"),
            .value = given.phone,
            .autocomplete = "tel",
            .longest = 40});
  form.add({.kind = FieldKind::email,
            .id = "email",
            .label = say("apply.email"),
            .hint = say("apply.email_hint"),
            .value = given.email,
            .autocomplete = "email",
            .longest = 254});
  Field area{.kind = FieldKind::list,
             .id = "area",
             .label = say("apply.area"),
             .hint = say("apply.area_hint"),
             .choices = {{"", say("apply.area_choose")}}};
  for (const Area& one : applying.notice().areas)
    area.choices.push_back({one.code, one.name.in(call.language), {}, one.code == given.area});
  form.add(std::move(area));
  form.add({.kind = FieldKind::line,
            .id = "address",
            .label = say("apply.address"),
            .value = given.address,
            .autocomplete = "street-address",
            .longest = 600});
  if (applying.unit() != nullptr && applying.unit()->eligibility.residence != ResidenceRule::none)
    form.add(residence_field(call, applying));
  for (const FieldFault& fault : faults) {
    if (fault.field.starts_with("consents")) {
      form.add_fault_at("#" + fault.field, fault.what.in(call.language));
    } else {
      form.add_fault(fault.field == "birth_on" || fault.field == "sex" ? "identity" : fault.field,
                     fault.what.in(call.language));
    }
  }
  page.data["consent"] = describe_consent(call, applying, faults);
  return show_step(call, std::move(page), form, saved_elsewhere);
}

// --- Claims -----------------------------------------------------------------------------------------------------

// What excludes each other is one choice.
struct BonusGroup {
  const char* id;
  const char* proof_id;
  const char* label;
  const char* proof_label;
  std::vector<BonusKind> kinds;
};

const std::vector<BonusGroup>& bonus_groups() {
  static const std::vector<BonusGroup> groups{
      {"veterans",
       "veterans_proof",
       "apply.veterans",
       "apply.veterans_proof",
       {BonusKind::veterans_10, BonusKind::veterans_5, BonusKind::heroes_5, BonusKind::heroes_3}},
      {"licence_bonus",
       "licence_bonus_proof",
       "apply.licence_bonus",
       "apply.licence_bonus_proof",
       {BonusKind::licence_5, BonusKind::licence_3}}};
  return groups;
}

const BonusGroup* group_of(BonusKind kind) {
  for (const BonusGroup& group : bonus_groups()) {
    if (std::find(group.kinds.begin(), group.kinds.end(), kind) != group.kinds.end()) return &group;
  }
  return nullptr;
}

// bonuses.1.proof -> the field of that bonus.
std::string bonus_field(const ApplicationForm& form, const std::string& field) {
  const std::size_t at = field.find('.') + 1;
  const std::size_t position = static_cast<std::size_t>(field[at] - '0');
  if (position >= form.bonuses.size()) return {};
  const BonusGroup* group = group_of(form.bonuses[position].kind);
  return group == nullptr ? std::string{} : field.ends_with(".proof") ? group->proof_id : group->id;
}

void add_unit_claims(const Call& call, const NoticeUnit& unit, const ApplicationForm& given, FormView& form) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  if (!unit.electives.empty() && unit.electives_to_choose > 0) {
    Field field{
        .kind = FieldKind::checks,
        .id = "electives",
        .label = pages.text(call.language, "apply.electives", {{"count", std::to_string(unit.electives_to_choose)}})};
    for (const Elective& elective : unit.electives) {
      const bool chosen =
          std::find(given.electives.begin(), given.electives.end(), elective.code) != given.electives.end();
      field.choices.push_back({"elective_" + elective.code, elective.name.in(call.language), {}, chosen});
    }
    form.add(std::move(field));
  }
  if (unit.unit.quota_group != QuotaGroup::general)
    form.add({.kind = FieldKind::line,
              .id = "quota_proof",
              .label = say("apply.quota_proof"),
              .hint = say("apply.quota_proof_hint"),
              .value = given.quota_proof,
              .longest = code_length});
  if (!unit.eligibility.licences.empty()) {
    Field field{.kind = FieldKind::list,
                .id = "licence",
                .label = say("apply.licence"),
                .choices = {{"", say("apply.choose")}}};
    for (const Licence& licence : unit.eligibility.licences)
      field.choices.push_back({licence.code, licence.name.in(call.language), {}, licence.code == given.licence});
    form.add(std::move(field));
    form.add({.kind = FieldKind::line,
              .id = "licence_number",
              .label = say("apply.licence_number"),
              .value = given.licence_number,
              .longest = code_length});
  }
}

Response show_claims_step(const Call& call, Applying& applying, const std::vector<FieldFault>& faults,
                          bool saved_elsewhere) {
  const Pages& pages = call.site.pages();
  const ApplicationForm& given = applying.draft.form;
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  Page page = step_page(call, applying, ApplyStep::claims, "apply_form", "apply.claims_title");
  page.data["lead"] = say("apply.claims_lead");
  FormView form;
  if (applying.unit() != nullptr) add_unit_claims(call, *applying.unit(), given, form);
  for (const BonusGroup& group : bonus_groups()) {
    const auto claim = std::find_if(given.bonuses.begin(), given.bonuses.end(),
                                    [&](const BonusClaim& one) { return group_of(one.kind) == &group; });
    Field field{.kind = FieldKind::choice, .id = group.id, .label = say(group.label), .presence = Presence::optional};
    field.choices.push_back({"none", say("apply.no_claim"), {}, claim == given.bonuses.end()});
    for (const BonusKind kind : group.kinds)
      field.choices.push_back({std::string(spell(kind)),
                               name_of(kind).in(call.language),
                               {},
                               claim != given.bonuses.end() && claim->kind == kind});
    form.add(std::move(field));
    form.add({.kind = FieldKind::line,
              .id = group.proof_id,
              .label = say(group.proof_label),
              .hint = say("apply.proof_hint"),
              .value = claim == given.bonuses.end() ? "" : claim->proof,
              .presence = Presence::optional,
              .longest = code_length});
  }
  form.add({.kind = FieldKind::line,
            .id = "waiver_proof",
            .label = say("apply.waiver"),
            .hint = say("apply.waiver_hint"),
            .value = given.waiver_proof,
            .presence = Presence::optional,
            .longest = code_length});
  for (const FieldFault& fault : faults)
    form.add_fault(fault.field.starts_with("bonuses.") ? bonus_field(given, fault.field) : fault.field,
                   fault.what.in(call.language));
  return show_step(call, std::move(page), form, saved_elsewhere);
}

void read_claims(const Call& call, const NoticeUnit* unit, ApplicationForm& form) {
  form.quota_proof = typed(call, "quota_proof");
  form.licence = typed(call, "licence");
  form.licence_number = typed(call, "licence_number");
  form.waiver_proof = typed(call, "waiver_proof");
  form.electives.clear();
  if (unit != nullptr) {
    for (const Elective& elective : unit->electives) {
      if (is_ticked(call, "elective_" + elective.code)) form.electives.push_back(elective.code);
    }
  }
  form.bonuses.clear();
  for (const BonusGroup& group : bonus_groups()) {
    if (const auto kind = parse_bonus_kind(typed(call, group.id)))
      form.bonuses.push_back({*kind, typed(call, group.proof_id)});
  }
}

}  // namespace

Response begin_applying(const Call& call) {
  const Applying applying = open_applying(call);
  // Whoever comes back goes on where the form ends.
  const ApplicationForm& form = applying.draft.form;
  const ApplyStep step = form.unit.empty()    ? ApplyStep::unit
                         : form.name.empty()  ? ApplyStep::person
                         : form.photo.empty() ? ApplyStep::photo
                                              : ApplyStep::review;
  return redirect(apply_address(call, applying, step));
}

Response show_apply_unit(const Call& call) {
  Applying applying = open_applying(call);
  return show_unit_step(call, applying, {}, false);
}

Response save_apply_unit(const Call& call) {
  Applying applying = open_applying(call);
  const UnitCode code(typed(call, "unit"));
  std::string dropped;
  if (applying.notice().find_unit(code) != nullptr && code != applying.draft.form.unit) {
    dropped = change_unit(applying, code);
  }
  applying.draft.form.language = call.language;
  if (!save_step(call, applying)) return show_unit_step(call, applying, {}, true);
  const auto faults = faults_of(applying, ApplyStep::unit);
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_unit_step(call, applying, faults, false);
  Response next = go_on(call, applying, ApplyStep::unit);
  if (dropped.empty() || is_ticked(call, "later")) return next;
  return redirect(apply_address(call, applying, step_after(ApplyStep::unit)) + "?dropped=" + dropped);
}

Response show_apply_person(const Call& call) {
  Applying applying = open_applying(call);
  return show_person_step(call, applying, {}, false);
}

Response save_apply_person(const Call& call) {
  Applying applying = open_applying(call);
  ApplicationForm& form = applying.draft.form;
  form.name = typed(call, "name");
  form.phone = typed(call, "phone");
  form.email = typed(call, "email");
  form.area = typed(call, "area");
  form.address = typed(call, "address");
  form.residence = parse_residence_claim(typed(call, "residence")).value_or(form.residence);
  form.consents = is_ticked(call, "consent");
  form.consents_identifier = is_ticked(call, "consent_identifier");
  form.consent_text = consent_shown(call, applying);
  form.language = call.language;
  std::vector<FieldFault> misread;
  if (const std::string number = typed(call, "identity"); !number.empty()) {
    try {
      applying.intake.forms.identify(form, number);
    } catch (const InvalidInput& refused) {
      misread.push_back({"identity", refused.code(), refused.message()});
    }
  }
  if (!save_step(call, applying)) {
    // The number is never kept, so what it said is as it was stored, and it is asked for once more.
    const auto stored = applying.intake.forms.find_draft(applying.applicant, applying.notice().header.code);
    applying.draft.form.identity_hash = stored ? stored->form.identity_hash : "";
    applying.draft.form.birth_on = stored ? stored->form.birth_on : std::nullopt;
    applying.draft.form.sex = stored ? stored->form.sex : std::nullopt;
    return show_person_step(call, applying, misread, true);
  }
  auto faults = faults_of(applying, ApplyStep::person);
  if (!misread.empty()) {
    std::erase_if(faults, [](const FieldFault& fault) { return fault.field == "identity"; });
    faults.insert(faults.begin(), misread.front());
  }
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_person_step(call, applying, faults, false);
  return go_on(call, applying, ApplyStep::person);
}

Response show_apply_claims(const Call& call) {
  Applying applying = open_applying(call);
  return show_claims_step(call, applying, {}, false);
}

Response save_apply_claims(const Call& call) {
  Applying applying = open_applying(call);
  read_claims(call, applying.unit(), applying.draft.form);
  if (!save_step(call, applying)) return show_claims_step(call, applying, {}, true);
  const auto faults = faults_of(applying, ApplyStep::claims);
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_claims_step(call, applying, faults, false);
  return go_on(call, applying, ApplyStep::claims);
}

Response show_apply_review(const Call& call) {
  Applying applying = open_applying(call);
  const Pages& pages = call.site.pages();
  Page page = step_page(call, applying, ApplyStep::review, "apply_review", "apply.review_title");
  describe_review(call, applying, page.data);
  page.data["bar_above"] = false;
  FormView form;
  if (call.query.contains("changed")) form.add_fault_at("", pages.text(call.language, "apply.changed_before_submit"));
  for (const FieldFault& fault : applying.intake.forms.review_draft(applying.draft))
    form.add_fault_at(apply_address(call, applying, step_of_field(fault.field)), fault.what.in(call.language));
  return show_step(call, std::move(page), form, false);
}

}  // namespace hanjari::web
