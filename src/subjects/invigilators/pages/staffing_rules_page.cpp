#include "invigilators/pages/staffing_rules_page.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/staffing_rules.h"
#include "invigilators/pages/duty_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using ordered = nlohmann::ordered_json;
using services::RuleNumber;
using services::StaffingRulesChanged;

constexpr const char* above_field = "second_invigilator_above";
constexpr const char* organisation_field = "same_organisation_in_room";
constexpr const char* own_school_field = "own_school_excluded";
constexpr const char* applicant_field = "applicant_reach";
constexpr const char* invigilator_field = "invigilator_reach";

// Rules as they were sent, and what is wrong with each field.
struct SentRules {
  StaffingRules rules;
  std::vector<std::pair<std::string, Text>> faults;

  void refuse_faults() const {
    if (faults.empty()) return;
    Text told;
    for (const auto& [field, what] : faults) {
      told.en += (told.en.empty() ? "" : " ") + what.en;
      told.ko += (told.ko.empty() ? "" : " ") + what.ko;
    }
    throw InvalidInput("bad_staffing_rules", std::move(told));
  }
};

Text range_told(const Text& called, std::int64_t least, std::int64_t most) {
  return {fmt::format("{}: write a whole number from {} to {}.", called.en, least, most),
          fmt::format("{}: {}에서 {}까지의 정수를 입력하십시오.", called.ko, least, most)};
}

void take_number(const Values& fields, const RuleNumber& number, SentRules& sent) {
  const std::string field(number.field);
  if (!fields.contains(field)) return;
  const auto value = parse_typed_integer(field_of(fields, field.c_str()), "posts");
  if (!value || *value < number.least || *value > number.most) {
    sent.faults.emplace_back(field, range_told(number.called, number.least, number.most));
  } else {
    sent.rules.*number.value = *value;
  }
}

void take_above(const Values& fields, SentRules& sent) {
  if (!fields.contains(above_field)) return;
  const std::string typed = clean_signs(field_of(fields, above_field));
  sent.rules.second_invigilator_above.reset();
  if (typed.empty()) return;
  const auto value = parse_typed_integer(typed, "posts");
  if (value && *value >= 0 && *value <= services::most_second_above) {
    sent.rules.second_invigilator_above = value;
    return;
  }
  sent.faults.emplace_back(above_field, range_told({"One invigilator more above", "감독관 추가 기준 인원"}, 0,
                                                   services::most_second_above));
}

void take_reach(const Values& fields, const char* field, ConflictReach& reach, SentRules& sent) {
  if (!fields.contains(field)) return;
  const std::string word = field_of(fields, field);
  if (word == hanjari::spell(ConflictReach::room)) {
    reach = ConflictReach::room;
  } else if (word == hanjari::spell(ConflictReach::venue)) {
    reach = ConflictReach::venue;
  } else {
    sent.faults.emplace_back(field, Text{fmt::format("{} is room or venue.", field), fmt::format("{}: room이나 venue로 적으십시오.", field)});
  }
}

void take_flag(const Values& fields, const char* field, bool& flag, SentRules& sent) {
  if (!fields.contains(field)) return;
  const std::string word = field_of(fields, field);
  constexpr std::string_view answers[] = {"yes", "no"};
  if (const std::size_t meant = find_meant_word(word, answers); meant < std::size(answers)) {
    flag = meant == 0;
    return;
  }
  sent.faults.emplace_back(field, Text{fmt::format("{} is yes or no.", field), fmt::format("{}: yes나 no로 적으십시오.", field)});
}

// `known`: what a field that is not sent stays.
SentRules rules_in(const Values& fields, const StaffingRules& known) {
  SentRules sent;
  sent.rules = known;
  for (const RuleNumber& number : services::rule_numbers()) take_number(fields, number, sent);
  take_above(fields, sent);
  take_flag(fields, organisation_field, sent.rules.same_organisation_in_room, sent);
  take_flag(fields, own_school_field, sent.rules.own_school_excluded, sent);
  take_reach(fields, applicant_field, sent.rules.applicant_reach, sent);
  take_reach(fields, invigilator_field, sent.rules.invigilator_reach, sent);
  return sent;
}

// Every field with the value that a form holds.
Values values_of(const StaffingRules& rules) {
  Values values;
  for (const RuleNumber& number : services::rule_numbers()) values[std::string(number.field)] = std::to_string(rules.*number.value);
  values[above_field] = rules.second_invigilator_above ? std::to_string(*rules.second_invigilator_above) : "";
  values[organisation_field] = rules.same_organisation_in_room ? "yes" : "no";
  values[own_school_field] = rules.own_school_excluded ? "yes" : "no";
  values[applicant_field] = std::string(hanjari::spell(rules.applicant_reach));
  values[invigilator_field] = std::string(hanjari::spell(rules.invigilator_reach));
  return values;
}

Field choice_field(const Pages& pages, Language language, const char* id, const char* label, const std::string& value,
                   std::initializer_list<std::pair<const char*, const char*>> choices) {
  Field field;
  field.kind = FieldKind::choice;
  field.id = id;
  field.label = pages.text(language, label);
  for (const auto& [word, called] : choices) field.choices.push_back({word, pages.text(language, called), {}, value == word});
  return field;
}

void add_rule_fields(const Call& call, const Values& values, FormView& form) {
  const Pages& pages = call.site.pages();
  const StaffingRules defaults;
  for (const RuleNumber& number : services::rule_numbers()) {
    Field field;
    field.kind = FieldKind::digits;
    field.id = std::string(number.field);
    field.label = number.called.in(call.language);
    field.hint = pages.text(call.language, "staffing_rules.default",
                            {{"value", std::to_string(defaults.*number.value)}});
    field.value = field_of(values, field.id.c_str());
    field.longest = 8;
    form.add(std::move(field));
  }
  Field above;
  above.kind = FieldKind::digits;
  above.id = above_field;
  above.label = pages.text(call.language, "staffing_rules.above");
  above.hint = pages.text(call.language, "staffing_rules.above_hint");
  above.value = field_of(values, above_field);
  above.presence = Presence::optional;
  above.longest = 8;
  form.add(std::move(above));
  form.add(choice_field(pages, call.language, organisation_field, "staffing_rules.together", field_of(values, organisation_field),
                        {{"no", "staffing_rules.together_no"}, {"yes", "staffing_rules.together_yes"}}));
  form.add(choice_field(pages, call.language, own_school_field, "staffing_rules.own_name", field_of(values, own_school_field),
                        {{"no", "staffing_rules.own_name_no"}, {"yes", "staffing_rules.own_name_yes"}}));
  form.add(choice_field(pages, call.language, applicant_field, "staffing_rules.relatives", field_of(values, applicant_field),
                        {{"room", "staffing_rules.reach_room"}, {"venue", "staffing_rules.reach_venue"}}));
  form.add(choice_field(pages, call.language, invigilator_field, "staffing_rules.colleagues", field_of(values, invigilator_field),
                        {{"room", "staffing_rules.reach_room"}, {"venue", "staffing_rules.reach_venue"}}));
}

std::int64_t sum_of(const staffing::PlaceCounts& counts) {
  std::int64_t sum = 0;
  for (const std::int64_t count : counts) sum += count;
  return sum;
}

json describe_need(const Call& call, const services::RulesNeed& need) {
  const Pages& pages = call.site.pages();
  json rows = json::array();
  const auto add = [&](const std::string& called, std::int64_t now, std::int64_t then, std::int64_t unfilled) {
    rows.push_back({{"role", called}, {"now", group_digits(now)}, {"then", group_digits(then)}, {"unfilled", group_digits(unfilled)}});
  };
  for (const DutyRole role : all_duty_roles) {
    const auto at = static_cast<std::size_t>(role);
    add(hanjari::name_of(role).in(call.language), need.places_now[at], need.places[at], need.unfilled[at]);
  }
  add(pages.text(call.language, "staffing_rules.sum"), sum_of(need.places_now), sum_of(need.places), sum_of(need.unfilled));
  const char* const missing = need.missing == 0   ? "staffing_rules.enough"
                              : need.missing == 1 ? "staffing_rules.missing_one"
                                                  : "staffing_rules.missing";
  return {{"rows", rows},
          {"missing", pages.text(call.language, missing,
                                 {{"people", group_digits(need.missing)}, {"consented", group_digits(need.consented)}})},
          {"declared", pages.text(call.language, "staffing_rules.declared",
                                  {{"schools", group_digits(need.own_schools)}, {"relatives", group_digits(need.relatives)}})}};
}

// What is different, what it needs, and the form that stores it.
json describe_preview(const Call& call, const DutyCall& of, const StaffingRules& known, const SentRules& sent) {
  json preview{{"changes", json::array()}, {"kept", json::array()}, {"need", false}, {"no_plan", false}, {"unread", false}};
  for (const Text& change : services::describe_rule_changes(known, sent.rules))
    preview["changes"].push_back({{"words", change.in(call.language)}});
  preview["any_change"] = !preview["changes"].empty();
  for (const auto& [name, value] : values_of(sent.rules)) preview["kept"].push_back({{"name", name}, {"value", value}});
  preview["reason"] = field_of(call.form, "reason");
  try {
    preview["need"] = describe_need(
        call, services::preview_staffing_rules(of.invigilators, of.exams, *plan_copies_of(call), of.code, sent.rules));
  } catch (const NotFound&) {
    preview["no_plan"] = true;
  } catch (const InvalidInput& refused) {
    // A list that cannot be read against the exam keeps nobody from setting rules.
    preview["unread"] = {{"words", refused.message().in(call.language)}};
  }
  return preview;
}

// `refused`: invalid input, or the conflict with somebody who was faster.
Response show_rules_page(const Call& call, const Error* refused, bool with_preview) {
  const Pages& pages = call.site.pages();
  const DutyCall of = duties_of_call(call);
  const services::KnownRules known = services::find_staffing_rules(of.invigilators, of.code);
  const SentRules sent = rules_in(call.form, known.rules);
  FormView form;
  Values values = values_of(known.rules);
  for (auto& [name, value] : values) {
    if (const auto typed = call.form.find(name); typed != call.form.end()) value = typed->second;
  }
  add_rule_fields(call, values, form);
  for (const auto& [field, what] : sent.faults) form.add_fault(field, what.in(call.language));
  if (refused != nullptr && sent.faults.empty()) form.add_refusal(*refused, call.language);
  Page page{.name = "staffing_rules", .title = pages.text(call.language, "staffing_rules.title")};
  // The version that was looked at stays with the form: what somebody else has stored since is refused when it is stored. Whoever
  // was refused so sees what is stored now, and what the typed rules would change of it, and may store them on purpose.
  const bool late = dynamic_cast<const Conflict*>(refused) != nullptr;
  const std::string typed_version = late ? std::string() : field_of(call.form, "version");
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
                 {"on", write_day(of.head.exam_on, call.language)}}},
               {"way_back", describe_way_back(call, of)},
               {"address", address_of_staffing_rules(call, of.code)},
               {"people", address_of_people(call, of.code)},
               {"duties", address_of_duties(call, of.code)},
               {"version", typed_version.empty() ? known.version : typed_version},
               {"unset", !known.are_set},
               {"saved", field_of(call.query, "done") == "saved"},
               {"form_token", call.form_token},
               {"preview", false}};
  if (with_preview && sent.faults.empty()) page.data["preview"] = describe_preview(call, of, known.rules, sent);
  if (form.any_fault()) {
    page.status = late ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  if (call.request.method == Method::post) page.repost = without_token(call.form);
  return show(call, page);
}

services::KnownRules set_sent_rules(const Call& call, const Values& fields) {
  const DutyCall of = duties_of_call(call);
  const services::KnownRules known = services::find_staffing_rules(of.invigilators, of.code);
  const SentRules sent = rules_in(fields, known.rules);
  sent.refuse_faults();
  return services::set_staffing_rules(of.invigilators, of.exams, of.code, sent.rules, field_of(fields, "version"),
                                      duty_change(call, field_of(fields, "reason")));
}

ordered rules_json(const StaffingRules& rules) {
  ordered object = ordered::object();
  for (const RuleNumber& number : services::rule_numbers()) object[std::string(number.field)] = rules.*number.value;
  object[above_field] = rules.second_invigilator_above ? ordered(*rules.second_invigilator_above) : ordered();
  object[organisation_field] = rules.same_organisation_in_room;
  object[own_school_field] = rules.own_school_excluded;
  object[applicant_field] = hanjari::spell(rules.applicant_reach);
  object[invigilator_field] = hanjari::spell(rules.invigilator_reach);
  return object;
}

ordered known_json(const services::KnownRules& known) {
  return {{"version", known.version}, {"are_set", known.are_set}, {"rules", rules_json(known.rules)}, {"defaults", rules_json({})}};
}

ordered counts_json(const staffing::PlaceCounts& counts) {
  ordered object = ordered::object();
  for (const DutyRole role : all_duty_roles) object[std::string(hanjari::spell(role))] = counts[static_cast<std::size_t>(role)];
  return object;
}

}  // namespace

std::string address_of_staffing_rules(const Call& call, const ExamCode& code) {
  return fmt::format("/{}/exams/{}/staffing-rules", code_of(call.language), encode_percent(code.text()));
}

Response show_staffing_rules(const Call& call) {
  return show_rules_page(call, nullptr, false);
}

Response preview_shown_rules(const Call& call) {
  return show_rules_page(call, nullptr, true);
}

Response set_shown_rules(const Call& call) {
  try {
    set_sent_rules(call, call.form);
    return redirect(address_of_staffing_rules(call, ExamCode(call.path.at("code"))) + "?done=saved");
  } catch (const InvalidInput& refused) {
    return show_rules_page(call, &refused, true);
  } catch (const StaffingRulesChanged& late) {
    return show_rules_page(call, &late, true);
  }
}

Response describe_rules_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  return answer_json(known_json(services::find_staffing_rules(of.invigilators, of.code)));
}

Response preview_rules_by_api(const Call& call) {
  const DutyCall of = duties_of_call(call);
  const Values fields =
      fields_of_json(call);
  const services::KnownRules known = services::find_staffing_rules(of.invigilators, of.code);
  const SentRules sent = rules_in(fields, known.rules);
  sent.refuse_faults();
  const services::RulesNeed need =
      services::preview_staffing_rules(of.invigilators, of.exams, *plan_copies_of(call), of.code, sent.rules);
  ordered answer{{"version", known.version}, {"changes", ordered::array()}};
  for (const Text& change : services::describe_rule_changes(known.rules, sent.rules))
    answer["changes"].push_back(change.in(call.language));
  answer["places_now"] = counts_json(need.places_now);
  answer["places"] = counts_json(need.places);
  answer["unfilled"] = counts_json(need.unfilled);
  answer["missing"] = need.missing;
  answer["consented"] = need.consented;
  answer["own_schools"] = need.own_schools;
  answer["relatives"] = need.relatives;
  return answer_json(answer);
}

Response set_rules_by_api(const Call& call) {
  const Values fields = fields_of_json(call);
  return answer_json(known_json(set_sent_rules(call, fields)));
}

}  // namespace hanjari::web
