#include "invigilators/pages/duties_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/invigilators/same_day.h"
#include "hanjari/package/duty_history_package.h"
#include "invigilators/pages/duty_calls.h"
#include "invigilators/pages/duty_levels.h"
#include "invigilators/pages/list_page.h"
#include "invigilators/pages/substitutes_page.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::NewestDuties;
using services::ShownDuty;

constexpr std::size_t duties_per_page = 50;
constexpr std::size_t most_shown_steps = 20;
constexpr std::size_t most_shown_groups = 20;
constexpr std::size_t most_substitutes = 20;

std::string venue_called(const std::map<VenueCode, std::string>& names, const VenueCode& venue) {
  const auto found = names.find(venue);
  return found == names.end() ? venue.text() : found->second;
}

using PeopleNames = std::map<InvigilatorId, std::string>;

// Opens these people and nobody else.
PeopleNames names_of_people(const DutyCall& of, const std::vector<InvigilatorId>& ids) {
  PeopleNames names;
  for (const services::ListedPerson& person : of.invigilators.find_people(of.code, ids))
    names.emplace(person.facts.id, person.facts.name);
  return names;
}

json describe_running_staffing(const Call& call, const DutyCall& of) {
  json running = json::array();
  for (const services::Job& job :
       of.jobs.list_jobs({.exam = of.code.text(), .kind = services::staffing_job_kind, .limit = 1})) {
    if (services::is_over(job.state)) continue;
    running.push_back({{"state", services::name_of(job.state).in(call.language)},
                       {"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)}});
  }
  return running;
}

ListSpan span_of_duties(const Values& query, const std::vector<ShownDuty>& duties) {
  const auto position = [&](auto found) { return static_cast<std::size_t>(found - duties.begin()); };
  if (const auto before = duty_of_key(field_of(query, "before"))) {
    const auto found = std::lower_bound(duties.begin(), duties.end(), *before, services::stands_before);
    return span_before(duties.size(), position(found), duties_per_page);
  }
  const auto after = duty_of_key(field_of(query, "after"));
  if (!after) return span_after(duties.size(), 0, duties_per_page);
  const auto found = std::upper_bound(duties.begin(), duties.end(), *after, services::stands_before);
  return span_after(duties.size(), position(found), duties_per_page);
}

// The own duties that venue, role and search of the address let through.
std::vector<ShownDuty> find_wanted_duties(const Call& call, const DutyCall& of, const NewestDuties& newest,
                                          const std::vector<services::PersonOutline>& people) {
  const std::string venue = field_of(call.query, "venue");
  const std::string role = field_of(call.query, "role");
  const std::string search = clean_line(field_of(call.query, "search"));
  std::set<InvigilatorId> found;
  for (const services::PersonOutline& person : people) {
    if (is_found_by(person, search)) found.insert(person.id);
  }
  std::vector<ShownDuty> duties = services::show_duties(newest.rows, of.part);
  std::erase_if(duties, [&](const ShownDuty& duty) {
    return (!venue.empty() && duty.venue.text() != venue) || (!role.empty() && hanjari::spell(duty.role) != role) ||
           (!search.empty() && !found.contains(duty.person));
  });
  return duties;
}

void describe_duty_filters(const Call& call, const std::map<VenueCode, std::string>& venues, json& data) {
  data["search"] = clean_line(field_of(call.query, "search"));
  data["venues"] = json::array();
  for (const auto& [code, called] : venues)
    data["venues"].push_back({{"code", code.text()}, {"name", called}, {"chosen", code.text() == field_of(call.query, "venue")}});
  data["roles"] = json::array();
  for (const DutyRole role : all_duty_roles) {
    data["roles"].push_back({{"word", hanjari::spell(role)},
                             {"name", hanjari::name_of(role).in(call.language)},
                             {"chosen", hanjari::spell(role) == field_of(call.query, "role")}});
  }
}

// Of a run nothing is changed yet, and nobody is locked.
DutyHistory history_of(const DutyCall& of, const NewestDuties& newest) {
  if (!newest.staffing || !newest.staffing->by_hand) return {};
  return package::load_duty_history(of.invigilators.load_staffing(*newest.staffing));
}

// The state of somebody who stands there and does not come; false of everybody else.
json describe_gone(const Call& call, const std::vector<services::PersonOutline>& people, const InvigilatorId& id) {
  const auto found = std::find_if(people.begin(), people.end(), [&](const services::PersonOutline& one) { return one.id == id; });
  if (found != people.end() && found->state == services::PersonState::consented) return false;
  const std::string state = found == people.end() ? "" : services::name_of(found->state).in(call.language);
  return {{"words", call.site.pages().text(call.language, "duties.gone", {{"state", state}})}};
}

// Duties of one page, by venue.
void describe_duties(const Call& call, const DutyCall& of, const NewestDuties& newest,
                     const std::map<VenueCode, std::string>& venues, const std::vector<services::PersonOutline>& people,
                     const std::set<InvigilatorId>& locked, json& data) {
  describe_duty_filters(call, venues, data);
  const std::vector<ShownDuty> duties = find_wanted_duties(call, of, newest, people);
  const ListSpan span = span_of_duties(call.query, duties);
  std::vector<InvigilatorId> shown;
  for (std::size_t at = span.begin; at < span.end; ++at) shown.push_back(duties[at].person);
  const PeopleNames names = names_of_people(of, shown);
  data["rows"] = json::array();
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const ShownDuty& duty = duties[at];
    const auto name = names.find(duty.person);
    json row{{"venue", venue_called(venues, duty.venue)},
             {"role", hanjari::name_of(duty.role).in(call.language)},
             {"id", duty.person.text()},
             {"locked", locked.contains(duty.person)},
             {"gone", describe_gone(call, people, duty.person)},
             {"name", name == names.end() ? duty.person.text() : name->second}};
    if (duty.room_no) row["room"] = {{"number", std::to_string(*duty.room_no)}};
    data["rows"].push_back(std::move(row));
  }
  record_people_shown(call, of, "duties.read", shown);
  data["any_row"] = !duties.empty();
  if (duties.empty()) return;
  const auto sent = [&](const char* name) { return encode_percent(field_of(call.query, name)); };
  describe_span(call, span,
                {fmt::format("{}?venue={}&role={}&search={}", address_of_duties(call, of.code), sent("venue"), sent("role"),
                             sent("search")),
                 key_of_duty(duties[span.begin]), key_of_duty(duties[span.end - 1])},
                data);
}

void describe_gaps(const Call& call, const DutyCall& of, const NewestDuties& newest, const std::set<InvigilatorId>& coming,
                   const std::map<VenueCode, std::string>& venues, json& data) {
  data["gaps"] = json::array();
  for (const services::ShownGap& gap : services::show_gaps(newest.rows, coming, of.part)) {
    json row{{"venue", venue_called(venues, gap.venue)},
             {"role", hanjari::name_of(gap.role).in(call.language)},
             {"places", group_digits(gap.places)}};
    if (gap.room_no) row["room"] = {{"number", std::to_string(*gap.room_no)}};
    data["gaps"].push_back(std::move(row));
  }
  data["any_gap"] = !data["gaps"].empty();
}

// Who could stand in for somebody: people of the own part who have consented and stand nowhere.
void describe_substitutes(const Call& call, const DutyCall& of, const NewestDuties& newest,
                          std::vector<services::PersonOutline> people, const DutyHistory& history, json& data) {
  const std::map<InvigilatorId, TakenOff> off = find_taken_off(history);
  std::set<InvigilatorId> used;
  for (const DutyRow& row : newest.rows.duties) used.insert(row.invigilator_id);
  std::vector<services::PersonOutline> free;
  for (services::PersonOutline& person : services::own_people(std::move(people), newest.rows, of.part)) {
    if (person.consent && !used.contains(person.id)) free.push_back(std::move(person));
  }
  std::stable_sort(free.begin(), free.end(), [](const auto& a, const auto& b) { return a.past_duties < b.past_duties; });
  const std::size_t all = free.size();
  if (free.size() > most_substitutes) free.resize(most_substitutes);
  std::vector<InvigilatorId> shown;
  for (const services::PersonOutline& person : free) shown.push_back(person.id);
  const PeopleNames names = names_of_people(of, shown);
  data["substitutes"] = json::array();
  for (const services::PersonOutline& person : free) {
    std::string roles;
    for (const DutyRole role : all_duty_roles) {
      if (person.roles.has(role)) roles += (roles.empty() ? "" : ", ") + hanjari::name_of(role).in(call.language);
    }
    const auto name = names.find(person.id);
    const auto taken_off = off.find(person.id);
    data["substitutes"].push_back({{"id", person.id.text()},
                                   {"off", taken_off == off.end() ? json(false) : json{{"reason", taken_off->second.reason}}},
                                   {"name", name == names.end() ? person.id.text() : name->second},
                                   {"roles", roles},
                                   {"past", group_digits(person.past_duties)}});
  }
  record_people_shown(call, of, "duties.read", shown);
  const auto count = [](std::size_t people) { return group_digits(static_cast<std::int64_t>(people)); };
  data["substitutes_shown"] = call.site.pages().text(call.language, "duties.substitutes_shown",
                                                     {{"shown", count(free.size())}, {"all", count(all)}});
  data["any_substitute"] = !free.empty() && newest.staffing.has_value();
}

json describe_swaps(const Call& call, const DutyCall& of, const std::string& version) {
  json rows = json::array();
  std::vector<services::DutySwap> open = of.invigilators.list_swaps(of.code);
  std::erase_if(open, [](const services::DutySwap& swap) {
    return swap.state != services::SwapState::asked && swap.state != services::SwapState::agreed;
  });
  std::vector<InvigilatorId> shown;
  for (const services::DutySwap& swap : open) {
    shown.push_back(swap.first);
    shown.push_back(swap.second);
  }
  const PeopleNames names = names_of_people(of, shown);
  for (const services::DutySwap& swap : open) {
    const auto name = [&](const InvigilatorId& id) {
      const auto found = names.find(id);
      return found == names.end() ? id.text() : fmt::format("{} ({})", found->second, id.text());
    };
    rows.push_back({{"id", swap.id},
                    {"first", name(swap.first)},
                    {"second", name(swap.second)},
                    {"state", services::name_of(swap.state).in(call.language)},
                    {"version", version},
                    {"may_do", swap.state == services::SwapState::agreed}});
  }
  record_people_shown(call, of, "duties.read", shown);
  return rows;
}

const char* word_of_kind(DutyEditKind kind) {
  switch (kind) {
    case DutyEditKind::move:
      return "duties.kind_move";
    case DutyEditKind::swap:
      return "duties.kind_swap";
    case DutyEditKind::take_off:
      return "duties.kind_take_off";
    case DutyEditKind::lock:
      return "duties.kind_lock";
    case DutyEditKind::unlock:
      return "duties.kind_unlock";
    case DutyEditKind::undo:
      break;
  }
  return "duties.kind_undo";
}

json describe_history(const Call& call, const DutyCall& of, const DutyHistory& history) {
  json steps = json::array();
  for (auto step = history.steps.rbegin(); step != history.steps.rend() && steps.size() < most_shown_steps; ++step) {
    std::string who;
    for (const DutyShift& shift : step->shifts) who += (who.empty() ? "" : ", ") + shift.person.text();
    if (who.empty()) who = step->person.text();
    steps.push_back({{"what", call.site.pages().text(call.language, word_of_kind(step->kind))},
                     {"who", who},
                     {"author", step->author},
                     {"reason", step->reason},
                     {"at", write_moment(parse_instant(step->at).value_or(Instant{}), of.head.time_zone)}});
  }
  return steps;
}

// Where somebody can be moved to: venues that are shown by name, and those that only the plan of these duties has.
json describe_venue_choices(const Call& call, const NewestDuties& newest, const std::map<VenueCode, std::string>& venues) {
  std::map<VenueCode, std::string> known = venues;
  for (const DutyRow& row : newest.rows.duties) known.try_emplace(row.venue_code, row.venue_code.text());
  for (const UnfilledDutyRow& row : newest.rows.unfilled) known.try_emplace(row.venue_code, row.venue_code.text());
  const std::string typed = clean_line(field_of(call.form, "venue"));
  json choices = json::array();
  for (const auto& [code, called] : known) {
    choices.push_back({{"code", code.text()},
                       {"name", called == code.text() ? called : fmt::format("{} ({})", called, code.text())},
                       {"chosen", code.text() == typed}});
  }
  return choices;
}

// What only the city sees and does.
json describe_city(const Call& call, const DutyCall& of, const NewestDuties& newest,
                   const DutyHistory& history, const std::map<VenueCode, std::string>& venues) {
  const std::string version = std::to_string(newest.staffing ? newest.staffing->version : 0);
  json city{{"running", describe_running_staffing(call, of)},
            {"address", address_of_duties(call, of.code)},
            {"form_token", call.form_token},
            {"version", version},
            {"swaps", describe_swaps(call, of, version)},
            {"history", describe_history(call, of, history)},
            {"venue_choices", describe_venue_choices(call, newest, venues)},
            {"groups", json::array()}};
  city["any_swap"] = !city["swaps"].empty();
  city["any_history"] = !city["history"].empty();
  city["may_keep"] = newest.staffing.has_value();
  city["may_edit"] = newest.staffing.has_value();
  city["levels"] = newest.staffing ? describe_levels(call.site.pages(), newest.rows, call.language) : json(false);
  for (const DutyShortage& shortage : newest.rows.report.shortages) {
    if (city["groups"].size() == most_shown_groups) break;
    city["groups"].push_back({{"words", shortage.words.in(call.language)}});
  }
  city["any_group"] = !city["groups"].empty();
  for (const char* name : {"person", "with", "room", "reason"}) city["typed_" + std::string(name)] = field_of(call.form, name);
  city["chose_" + field_of(call.form, "action")] = true;
  city["of_" + field_of(call.form, "role")] = true;
  return city;
}

json describe_files_of(const DutyCall& of) {
  const std::string api = fmt::format("/api/v1/exams/{}", encode_percent(of.code.text()));
  const auto formats = [&](const char* name) {
    const std::string file = api + name;
    return json{{"pdf", file + ".pdf"}, {"csv", file + ".csv"}, {"xlsx", file + ".xlsx"}};
  };
  json files = formats("/duties");
  if (of.part.rooms) files["rooms"] = formats("/room-assignments");
  return files;
}

// A chief has no people to call.
bool calls_substitutes(const DutyCall& of) {
  return is_city(of) || !of.part.district.empty();
}

// A fault of what was typed on the page stands in no file; a rule that is broken is named.
std::string refusal_in_words(const Fault& fault, Language language) {
  if (fault.file != "edits.csv") return fault.format(language);
  return fmt::format("{}; {}", fault.what.in(language), fault.fix.in(language));
}

// Where a fault of what was typed can be mended. An exchange is not typed, it stands in its table.
std::string place_of_fault(const Call& call, const std::string& column) {
  if (!field_of(call.form, "swap").empty()) return "#swaps";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> fields{{{"action", "#action"},
                                                                                {"invigilator_id", "#edit-person"},
                                                                                {"with_invigilator_id", "#edit-with"},
                                                                                {"venue_code", "#edit-venue"},
                                                                                {"room_no", "#edit-room"}}};
  for (const auto& [name, address] : fields) {
    if (column == name) return std::string(address);
  }
  return "#edit";
}

void add_duty_faults(const Call& call, const InvalidInput& refused, FormView& form) {
  for (const Fault& fault : refused.faults().kept())
    form.add_fault_at(place_of_fault(call, fault.column), refusal_in_words(fault, call.language));
  if (refused.faults().empty()) form.add_fault_at(place_of_fault(call, {}), refused.message().in(call.language));
}

// What the address says was done; nothing for another word.
json describe_done(const Call& call) {
  const std::string word = field_of(call.query, "done");
  const Pages& pages = call.site.pages();
  if (word == "exchange") return {{"words", pages.text(call.language, "duties.done_exchange")}};
  if (word == "refused") return {{"words", pages.text(call.language, "duties.done_refused")}};
  for (const DutyEditKind kind : {DutyEditKind::move, DutyEditKind::swap, DutyEditKind::take_off, DutyEditKind::lock,
                                  DutyEditKind::unlock, DutyEditKind::undo}) {
    if (word != hanjari::spell(kind)) continue;
    return {{"words", pages.text(call.language, "duties.done", {{"what", pages.text(call.language, word_of_kind(kind))}})}};
  }
  return false;
}

// Numbers alone; whose duty of another exam is told is recorded there.
json describe_other_duties(const Call& call, const DutyCall& of, const NewestDuties& newest) {
  const auto others = services::find_other_duties(of.invigilators, of.exams, of.code, of.head, newest.rows);
  if (others.empty()) return false;
  PeopleOfExams whose;
  std::string people;
  for (std::size_t at = 0; at < others.size(); ++at) {
    const services::OtherDuty& other = others[at];
    whose[other.exam].push_back(other.person);
    if (at == most_shown_groups) people += ", …";
    if (at < most_shown_groups) people += fmt::format("{}{} ({})", at == 0 ? "" : ", ", other.person.text(), other.exam_name.in(call.language));
  }
  record_people_of_others(call, of, "duties.read", whose);
  return {{"words", call.site.pages().text(call.language, "duties.elsewhere",
                                           {{"count", group_digits(static_cast<long long>(others.size()))}, {"people", people}})}};
}

Response show_duties_again(const Call& call, const InvalidInput* refused) {
  const Pages& pages = call.site.pages();
  const DutyCall of = duties_of_call(call);
  const NewestDuties newest = services::load_newest_duties(of.invigilators, of.code);
  const auto venues = name_own_venues(call, of);
  Page page{.name = "duties", .title = pages.text(call.language, "duties.title")};
  page.data = {{"exam",
                {{"name", call.language == Language::korean ? of.head.name_ko : of.head.name_en},
                 {"on", write_day(of.head.exam_on, call.language)}}},
               {"way_back", describe_way_back(call, of)},
               {"address", address_of_duties(call, of.code)},
               {"people", address_of_people(call, of.code)},
               {"substitutes_at", calls_substitutes(of) ? json(address_of_substitutes(call, of.code)) : json(false)},
               {"rooms", of.part.rooms},
               {"files", describe_files_of(of)},
               {"done", describe_done(call)},
               {"edit_first", refused != nullptr && field_of(call.form, "swap").empty()},
               {"none", !newest.staffing.has_value()}};
  if (of.board.rooms_open_at && !of.part.rooms && call.site.now() < *of.board.rooms_open_at)
    page.data["opens"] = {{"at", write_moment(*of.board.rooms_open_at, of.head.time_zone)}};
  if (newest.staffing) {
    page.data["newest"] = {{"version", std::to_string(newest.staffing->version)},
                           {"at", write_moment(newest.staffing->at, of.head.time_zone)},
                           {"replaced", services::is_plan_replaced(of.exams, of.code, *newest.staffing)}};
  }
  std::vector<services::PersonOutline> people = of.invigilators.list_outlines(of.code);
  // A coordinator or chief changes nothing by hand, and is told of no locks.
  const DutyHistory history = is_city(of) ? history_of(of, newest) : DutyHistory{};
  describe_duties(call, of, newest, venues, people, find_locked(history), page.data);
  describe_gaps(call, of, newest, services::outlines_who_come(people), venues, page.data);
  describe_substitutes(call, of, newest, std::move(people), history, page.data);
  if (is_city(of)) page.data["city"] = describe_city(call, of, newest, history, venues);
  page.data["elsewhere"] = is_city(of) ? describe_other_duties(call, of, newest) : json(false);
  FormView form;
  if (refused != nullptr) {
    add_duty_faults(call, *refused, form);
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  if (call.request.method == Method::post) page.repost = without_token(call.form);
  return show(call, page);
}

}  // namespace

Response show_duties_page(const Call& call) {
  return show_duties_again(call, nullptr);
}

Response order_shown_staffing(const Call& call) {
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), order_sent_staffing(call, call.form).id));
}

Response edit_shown_duties(const Call& call) {
  try {
    edit_sent_duties(call, call.form);
    const std::string done = field_of(call.form, "swap").empty() ? field_of(call.form, "action") : "exchange";
    return redirect(address_of_duties(call, ExamCode(call.path.at("code"))) + "?done=" + done);
  } catch (const InvalidInput& refused) {
    return show_duties_again(call, &refused);
  } catch (const Conflict& late) {
    // Somebody else was faster: what was typed stays, above the duties of now.
    const InvalidInput refused(late.code(), late.message());
    Response shown = show_duties_again(call, &refused);
    shown.status = 409;
    return shown;
  }
}

Response refuse_shown_swap(const Call& call) {
  try {
    refuse_sent_swap(call, call.form);
    return redirect(address_of_duties(call, ExamCode(call.path.at("code"))) + "?done=refused");
  } catch (const InvalidInput& refused) {
    return show_duties_again(call, &refused);
  }
}

}  // namespace hanjari::web
