// Who is beyond the detour limit of a plan: numbers, not names, and every opening recorded with everybody shown.
#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "plans/pages/workbench/map_page.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t far_people_shown = 200;

// Pages from 1; what is no number is the first.
std::size_t far_page_of(const Call& call) {
  const std::string text = clean_signs(field_of(call.query, "page"));
  std::size_t page = 1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (error != std::errc{} || end != text.data() + text.size()) return 1;
  return std::clamp<std::size_t>(page, 1, 1'000'000);
}

struct FarPage {
  Bench bench;
  services::StoredPlan plan;
  services::FarPeople people;
  std::size_t page = 1;
};

FarPage open_far_people(const Call& call) {
  FarPage far{bench_of(call), {}, {}, far_page_of(call)};
  far.plan = plan_of_path(call, far.bench);
  far.people = services::list_far_people(far.bench.exams, far.bench.workbench, far.bench.code, far.plan,
                                         (far.page - 1) * far_people_shown, far_people_shown);
  if (far.people.shown.empty()) return far;
  services::AuditNote note{"plan.open_far_people", far.bench.code.text(), "plan " + far.plan.digest};
  note.exam = far.bench.code.text();
  for (const services::FarPerson& person : far.people.shown) note.whose.push_back(person.applicant.text());
  call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
  return far;
}

json describe_far_person(const services::FarPerson& person, const std::string& plan, Language language) {
  const Text home = person.district.empty() ? Text{"Outside the area", "관외"} : name_of_district(person.district);
  return {{"number", person.number.text()},
          {"unit", person.unit.text()},
          {"home", home.in(language)},
          {"venue", person.venue_name},
          {"room", std::to_string(person.room_no)},
          {"address", fmt::format("{}/venues/{}/rooms/{}", plan, encode_percent(person.venue.text()), person.room_no)},
          {"travel", write_km(person.travel_m)},
          {"detour", write_km(person.detour_m)}};
}

}  // namespace

Response show_far_people(const Call& call) {
  const FarPage far = open_far_people(call);
  const std::string plan = address_of_plan(call, far.plan.digest);
  Page page{.name = "plan_far_people", .title = call.site.pages().text(call.language, "workbench.far_people")};
  page.data = {{"exam", head_of_exam(call, far.bench)},
               {"plan", plan},
               {"people", group_digits(far.people.people)},
               {"any", !far.people.shown.empty()},
               {"rows", json::array()}};
  if (far.people.cap_m) page.data["cap"] = {{"km", write_km(*far.people.cap_m)}};
  for (const services::FarPerson& person : far.people.shown)
    page.data["rows"].push_back(describe_far_person(person, plan, call.language));
  const auto before = static_cast<std::int64_t>(far.page * far_people_shown);
  if (before < far.people.people)
    page.data["next"] = {{"address", fmt::format("{}/far-people?page={}", plan, far.page + 1)}};
  if (far.page > 1)
    page.data["previous"] = {{"address", fmt::format("{}/far-people?page={}", plan, far.page - 1)}};
  return show(call, page);
}

Response list_far_people_by_api(const Call& call) {
  const FarPage far = open_far_people(call);
  ordered_json answer{{"people", far.people.people}, {"page", far.page}, {"shown", ordered_json::array()}};
  if (far.people.cap_m) answer["detour_cap_m"] = *far.people.cap_m;
  for (const services::FarPerson& person : far.people.shown) {
    answer["shown"].push_back({{"applicant_number", person.number.text()},
                               {"unit_code", person.unit.text()},
                               {"district_code", person.district},
                               {"venue_code", person.venue.text()},
                               {"room_no", person.room_no},
                               {"travel_m", person.travel_m},
                               {"detour_m", person.detour_m}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
