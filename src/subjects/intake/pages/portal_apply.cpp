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

// --- Unit -------------------------------------------------------------------------------------------------------

Response show_unit_step(const Call& call, Applying& applying, const std::vector<FieldFault>& faults,
                        SavedStep saved) {
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
  return show_step(call, std::move(page), form, saved);
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
                          SavedStep saved) {
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
  return show_step(call, std::move(page), form, saved);
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
  return show_unit_step(call, applying, {}, SavedStep::saved);
}

Response save_apply_unit(const Call& call) {
  Applying applying = open_applying(call);
  const UnitCode code(typed(call, "unit"));
  std::string dropped;
  if (applying.notice().find_unit(code) != nullptr && code != applying.draft.form.unit) {
    dropped = change_unit(applying, code);
  }
  applying.draft.form.language = call.language;
  if (const SavedStep saved = save_step(call, applying); saved != SavedStep::saved) return show_unit_step(call, applying, {}, saved);
  const auto faults = faults_of(applying, ApplyStep::unit);
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_unit_step(call, applying, faults, SavedStep::saved);
  Response next = go_on(call, applying, ApplyStep::unit);
  if (dropped.empty() || is_ticked(call, "later")) return next;
  return redirect(apply_address(call, applying, step_after(ApplyStep::unit)) + "?dropped=" + dropped);
}

Response show_apply_person(const Call& call) {
  Applying applying = open_applying(call);
  return show_person_step(call, applying, {}, SavedStep::saved);
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
  if (const SavedStep saved = save_step(call, applying); saved != SavedStep::saved) {
    // The number is never kept, so what it said is as it was stored, and it is asked for once more.
    const auto stored = applying.intake.forms.find_draft(applying.applicant, applying.notice().header.code);
    applying.draft.form.identity_hash = stored ? stored->form.identity_hash : "";
    applying.draft.form.birth_on = stored ? stored->form.birth_on : std::nullopt;
    applying.draft.form.sex = stored ? stored->form.sex : std::nullopt;
    return show_person_step(call, applying, misread, saved);
  }
  auto faults = faults_of(applying, ApplyStep::person);
  if (!misread.empty()) {
    std::erase_if(faults, [](const FieldFault& fault) { return fault.field == "identity"; });
    faults.insert(faults.begin(), misread.front());
  }
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_person_step(call, applying, faults, SavedStep::saved);
  return go_on(call, applying, ApplyStep::person);
}

Response show_apply_review(const Call& call) {
  Applying applying = open_applying(call);
  const Pages& pages = call.site.pages();
  Page page = step_page(call, applying, ApplyStep::review, "apply_review", "apply.review_title");
  describe_review(call, applying, page.data);
  page.data["bar_above"] = false;
  FormView form;
  if (const auto changed = call.query.find("changed"); changed != call.query.end()) {
    form.add_fault_at("", pages.text(call.language, changed->second == "form" ? "apply.other_before_submit" : "apply.changed_before_submit"));
  }
  for (const FieldFault& fault : applying.intake.forms.review_draft(applying.draft))
    form.add_fault_at(apply_address(call, applying, step_of_field(fault.field)), fault.what.in(call.language));
  return show_step(call, std::move(page), form, SavedStep::saved);
}

}  // namespace hanjari::web
