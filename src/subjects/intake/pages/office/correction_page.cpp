// Correcting an application for its person, who is told why.
#include <array>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/office/person_view.h"
#include "intake/pages/portal_call.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

// What stands in the fields: the form as stored, or as it was sent.
struct CorrectionFields {
  ApplicationForm form;
  std::string told;
  std::int64_t version = 0;
};

struct CorrectableField {
  const char* id;
  const char* label;
  FieldKind kind;
  std::string ApplicationForm::* member;
};

constexpr std::array<CorrectableField, 6> correctable{
    {{"name", "table.name", FieldKind::line, &ApplicationForm::name},
     {"phone", "table.phone", FieldKind::phone, &ApplicationForm::phone},
     {"email", "table.email", FieldKind::email, &ApplicationForm::email},
     {"address", "person.address", FieldKind::line, &ApplicationForm::address},
     {"licence_number", "person.licence", FieldKind::line, &ApplicationForm::licence_number},
     {"quota_proof", "person.quota_proof", FieldKind::line, &ApplicationForm::quota_proof}}};

using CorrectionFaults = std::vector<std::pair<std::string, std::string>>;  // id of the field, what

// What may be empty: numbers of papers, and what this person had left out.
bool is_needed(const CorrectableField& field, const ApplicationForm& stored) {
  if (field.member == &ApplicationForm::licence_number || field.member == &ApplicationForm::quota_proof) return false;
  return !(stored.*(field.member)).empty();
}

// What was typed of the form that another officer has changed meanwhile: their values stand in the fields now.
std::string say_what_was_typed(const Call& call, const ApplicationForm& typed, const ApplicationForm& stored) {
  std::string words;
  for (const CorrectableField& field : correctable) {
    const std::string& value = typed.*(field.member);
    if (value == stored.*(field.member)) continue;
    words += fmt::format("{}{}: {}", words.empty() ? "" : ", ", call.site.pages().text(call.language, field.label), value);
  }
  return words;
}

Response show_correction_form(const Call& call, const services::PersonFile& person, const CorrectionFields& fields,
                              const CorrectionFaults& faults) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  Page page{.name = "correction", .title = say("correction.title")};
  page.data = {{"number", write_application_number(person.application.id)},
               {"person_page", person_address(call, person.application.exam, person.application.id)},
               {"action", call.request.path},
               {"form_token", call.form_token},
               {"version", std::to_string(fields.version)}};
  FormView form;
  for (const CorrectableField& field : correctable) {
    form.add({.kind = field.kind,
              .id = field.id,
              .label = say(field.label),
              .value = fields.form.*(field.member),
              .presence = is_needed(field, person.application.form) ? Presence::needed : Presence::optional,
              .longest = 400});
  }
  Field area{.kind = FieldKind::list, .id = "area", .label = say("person.area")};
  for (const Area& one : person.stored->notice.areas)
    area.choices.push_back({one.code, one.name.in(call.language), {}, one.code == fields.form.area});
  form.add(std::move(area));
  form.add({.kind = FieldKind::lines,
            .id = "told",
            .label = say("correction.told"),
            .hint = say("correction.told_hint"),
            .value = fields.told,
            .longest = 1'000});
  for (const auto& [id, what] : faults) form.add_fault(id, what);
  form.describe(page.data);
  if (form.any_fault()) page.status = 422;
  return show(call, page);
}

CorrectionFields read_correction(const Call& call, const ApplicationForm& before) {
  CorrectionFields fields;
  fields.form = before;
  for (const CorrectableField& field : correctable) fields.form.*(field.member) = typed(call, field.id);
  fields.form.area = typed(call, "area");
  fields.told = typed_lines(call, "told");
  fields.version = whole_number(field_of(call.form, "version"));
  return fields;
}

}  // namespace

Response show_correction(const Call& call) {
  const auto person = load_intake(call).table.open_person(call.actor(), notice_of(call), application_of(call));
  return show_correction_form(call, person, {person.application.form, {}, person.application.version}, {});
}

Response save_correction(const Call& call) {
  services::OfficeTable& table = load_intake(call).table;
  const ExamCode exam = notice_of(call);
  const auto person = table.open_person(call.actor(), exam, application_of(call));
  const CorrectionFields fields = read_correction(call, person.application.form);
  const auto change = services::change_of(call.actor(), fields.told, call.site.now());
  CorrectionFaults faults;
  try {
    table.correct(call.actor(), exam, person.application.id, fields.version, fields.form, fields.told, change);
    return redirect(person_address(call, exam, person.application.id) + "?done=corrected");
  } catch (const services::FormIncomplete& incomplete) {
    for (const Fault& fault : incomplete.faults().kept()) faults.emplace_back(fault.column, fault.what.in(call.language));
  } catch (const InvalidInput& refused) {
    faults.emplace_back("told", refused.message().in(call.language));
  } catch (const Conflict& changed) {
    // As it is now, with its version, and with the words for the applicant, which nobody should have to write again.
    const auto now = table.open_person(call.actor(), exam, application_of(call));
    const std::string typed_words = say_what_was_typed(call, fields.form, now.application.form);
    std::string sentence = changed.message().in(call.language);
    if (!typed_words.empty())
      sentence += " " + call.site.pages().text(call.language, "correction.typed", {{"words", typed_words}});
    faults.emplace_back("", std::move(sentence));
    Response response =
        show_correction_form(call, now, {now.application.form, fields.told, now.application.version}, faults);
    response.status = 409;
    return response;
  }
  return show_correction_form(call, person, fields, faults);
}

}  // namespace hanjari::web
