// The step of claims: electives, licence, quotas, bonuses and a waiver of the fee.
#include <algorithm>
#include <string>
#include <vector>

#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"

namespace hanjari::web {
namespace {

constexpr int code_length = 60;

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
                          SavedStep saved) {
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
  return show_step(call, std::move(page), form, saved);
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

Response show_apply_claims(const Call& call) {
  Applying applying = open_applying(call);
  return show_claims_step(call, applying, {}, SavedStep::saved);
}

Response save_apply_claims(const Call& call) {
  Applying applying = open_applying(call);
  read_claims(call, applying.unit(), applying.draft.form);
  if (const SavedStep saved = save_step(call, applying); saved != SavedStep::saved) return show_claims_step(call, applying, {}, saved);
  const auto faults = faults_of(applying, ApplyStep::claims);
  if (!faults.empty() && (!applying.kept || !is_ticked(call, "later")))
    return show_claims_step(call, applying, faults, SavedStep::saved);
  return go_on(call, applying, ApplyStep::claims);
}

}  // namespace hanjari::web
