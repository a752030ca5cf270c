#include "plans/pages/workbench/settings_page.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/settings_trial.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "site/pages/form_view.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::SettingsTrial;
using services::SettingsWish;

// Nothing for an empty field; -1, which every rule of a setting refuses with its sentence, for what is no number.
template <class Number>
std::optional<Number> setting_of(const Call& call, const char* name) {
  const std::string typed = field_of(call.query, name);
  if (clean_signs(typed).empty()) return std::nullopt;
  const auto number = parse_typed_integer(typed, name);
  if (!number || *number < 0 || *number > std::numeric_limits<Number>::max()) return Number{-1};
  return static_cast<Number>(*number);
}

SettingsWish settings_of(const Call& call) {
  SettingsWish wish;
  wish.people_cap = setting_of<int>(call, "people_cap");
  wish.min_gap_cm = setting_of<int>(call, "min_gap_cm");
  wish.reserve_rooms = setting_of<int>(call, "reserve_rooms");
  wish.detour_cap_m = setting_of<Metres>(call, "detour_cap_m");
  return wish;
}

json shown_trial(const SettingsTrial& trial, Language language) {
  json rows = json::array();
  for (const services::DistrictTrial& district : trial.districts) {
    json row{{"name", district.name.in(language)},
             {"people", group_digits(district.people)},
             {"before", group_digits(district.capacity_before)},
             {"after", group_digits(district.capacity_after)},
             {"displaced", group_digits(district.displaced)},
             {"missing", group_digits(district.missing)},
             {"rooms", group_digits(district.rooms)}};
    if (district.missing > 0) row["short"] = true;
    rows.push_back(std::move(row));
  }
  json shown{{"people", group_digits(trial.people)},
             {"before", group_digits(trial.capacity_before)},
             {"after", group_digits(trial.capacity_after)},
             {"displaced", group_digits(trial.displaced)},
             {"over_before", group_digits(trial.over_cap_before)},
             {"over_after", group_digits(trial.over_cap_after)},
             {"rows", std::move(rows)}};
  if (trial.unseated > 0) shown["unseated"] = {{"count", group_digits(trial.unseated)}};
  if (trial.missing > 0)
    shown["infeasible"] = {{"missing", group_digits(trial.missing)}, {"rooms", group_digits(trial.rooms)}};
  return shown;
}

// What a number field takes, and how far its slider goes: as far as officers look, not as far as is possible.
struct SettingField {
  const char* name;
  const char* label;
  std::int64_t least;
  std::int64_t most;
  std::int64_t far;
  std::int64_t step;
};

json field_shown(const Call& call, const SettingField& field, std::optional<std::int64_t> now) {
  json shown{{"id", field.name},
             {"label", call.site.pages().text(call.language, field.label)},
             {"now", now ? group_digits(*now) : std::string("–")},
             {"least", std::to_string(field.least)},
             {"most", std::to_string(field.most)},
             {"far", std::to_string(std::max(field.far, now.value_or(0)))},
             {"step", std::to_string(field.step)},
             {"start", std::to_string(now.value_or(field.far))}};
  const std::string typed = field_of(call.query, field.name);
  if (!typed.empty()) shown["typed"] = {{"value", typed}};
  return shown;
}

json fields_shown(const Call& call, const Policy& policy) {
  return {field_shown(call, {"people_cap", "workbench.people_cap", 1, 1'000, 60, 1}, policy.people_cap),
          field_shown(call, {"min_gap_cm", "workbench.min_gap", 0, 2'000, 300, 5}, policy.min_gap_cm),
          field_shown(call, {"reserve_rooms", "workbench.reserve_rooms", 0, 100, 10, 1}, policy.reserve_rooms.per_venue),
          field_shown(call, {"detour_cap_m", "workbench.detour_cap", 0, 1'000'000, 30'000, 100}, policy.detour_cap_m)};
}

json whatif_keys_shown(const Call& call) {
  const std::string chosen = field_of(call.form, "key");
  json keys = json::array();
  const auto offer = [&](const char* key, const char* label) {
    json option{{"value", key}, {"label", call.site.pages().text(call.language, label)}};
    if (chosen == key) option["chosen"] = true;
    keys.push_back(std::move(option));
  };
  offer("people_cap", "workbench.people_cap");
  offer("min_gap_cm", "workbench.min_gap");
  offer("reserve_rooms", "workbench.reserve_rooms");
  offer("detour_cap_m", "workbench.detour_cap");
  offer("lose_venue", "workbench.lose_venue");
  offer("add_venue", "workbench.add_venue");
  return keys;
}

// Why the plan seats somebody nowhere, with the number of people; the words name nobody.
json left_out_shown(const Plan& plan, Language language) {
  std::map<std::string, std::int64_t> people;
  for (const Unseated& one : plan.unseated) ++people[services::tell_why_unseated(one.reason).in(language)];
  json rows = json::array();
  for (const auto& [why, count] : people) rows.push_back({{"why", why}, {"count", group_digits(count)}});
  return {{"reasons", std::move(rows)}};
}

Response show_settings_page(const Call& call, const InvalidInput* refused_whatif) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const auto copy = bench.workbench.copies.find(bench.exams, bench.code, plan);
  const Policy& policy = copy->planned.exam.policy;
  Page page{.name = "plan_settings", .title = call.site.pages().text(call.language, "workbench.settings")};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"action", address_of_plan(call, plan.digest) + "/settings"},
               {"plan", address_of_plan(call, plan.digest)},
               {"form_token", call.form_token},
               {"keys", whatif_keys_shown(call)},
               {"settings", fields_shown(call, policy)}};
  if (const std::string range = field_of(call.form, "range"); !range.empty())
    page.data["typed_range"] = {{"value", range}};
  if (!field_of(call.form, "from_plan").empty()) page.data["from_plan"] = true;
  if (!copy->planned.plan.unseated.empty())
    page.data["left_out"] = left_out_shown(copy->planned.plan, call.language);
  FormView form;
  if (refused_whatif != nullptr) {
    form.add_refusal(*refused_whatif, call.language);
    page.status = 422;
  }
  try {
    page.data["trial"] = shown_trial(services::try_settings(*copy, settings_of(call)), call.language);
  } catch (const InvalidInput& refused) {
    form.add_refusal(refused, call.language);
    page.status = 422;
  }
  form.describe(page.data);
  return show(call, page);
}

}  // namespace

Response show_settings_trial(const Call& call) {
  return show_settings_page(call, nullptr);
}

Response refuse_shown_whatif(const Call& call, const InvalidInput& refused) {
  return show_settings_page(call, &refused);
}

Response try_settings_by_api(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const auto copy = bench.workbench.copies.find(bench.exams, bench.code, plan);
  const SettingsTrial trial = services::try_settings(*copy, settings_of(call));
  ordered_json answer{{"people", trial.people},
                      {"unseated", trial.unseated},
                      {"capacity", {{"before", trial.capacity_before}, {"after", trial.capacity_after}}},
                      {"displaced", trial.displaced},
                      {"missing", trial.missing},
                      {"fewest_rooms", trial.rooms},
                      {"over_detour_cap", {{"before", trial.over_cap_before}, {"after", trial.over_cap_after}}},
                      {"districts", ordered_json::array()}};
  for (const services::DistrictTrial& district : trial.districts) {
    answer["districts"].push_back({{"district_code", district.code},
                                   {"people", district.people},
                                   {"capacity", {{"before", district.capacity_before}, {"after", district.capacity_after}}},
                                   {"displaced", district.displaced},
                                   {"missing", district.missing},
                                   {"fewest_rooms", district.rooms}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
