#include "site/pages/pages.h"

#include <array>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "hanjari/base/local_time.h"
#include "hanjari/site/site.h"
#include "site/pages/asset_pack.h"
#include "site/pages/korean_pieces.h"
#include "site/pages/own_name.h"

namespace hanjari::web {
namespace {

namespace mustache = kainjow::mustache;
using nlohmann::json;

mustache::data to_mustache(const json& value) {
  switch (value.type()) {
    case json::value_t::object: {
      mustache::data object(mustache::data::type::object);
      for (const auto& [name, member] : value.items()) object.set(name, to_mustache(member));
      return object;
    }
    case json::value_t::array: {
      mustache::data list(mustache::data::type::list);
      for (const json& element : value) list.push_back(to_mustache(element));
      return list;
    }
    case json::value_t::boolean:
      return mustache::data(value.get<bool>());
    case json::value_t::string:
      return mustache::data(value.get<std::string>());
    case json::value_t::null:
      return mustache::data(false);
    default:
      return mustache::data(value.dump());
  }
}

// The template, parsed when a thread uses it first. The library keeps a message of its last rendering in the parsed
// template, so that no two threads may share one.
mustache::mustache& parsed_template(const Asset& source, const std::string& name) {
  thread_local std::map<const char*, mustache::mustache> kept;  // by their bytes inside the program
  const auto found = kept.find(source.plain.data());
  if (found != kept.end()) return found->second;
  mustache::mustache parsed{std::string(source.plain)};
  if (!parsed.is_valid()) throw std::logic_error(fmt::format("template {}: {}", name, parsed.error_message()));
  return kept.emplace(source.plain.data(), std::move(parsed)).first->second;
}

// The messages of one language.
struct Catalogue {
  json by_name;
  mustache::data slots;  // as templates name them: {{t.office.title}}
};

// Read when somebody needs it first, and the same for every site of the program: it never changes, and is far larger than what a page
// says of its own.
const Catalogue& catalogue_of(const Asset& source) {
  static std::mutex one_at_a_time;
  static std::map<const char*, Catalogue> kept;  // by their bytes inside the program
  const std::lock_guard lock(one_at_a_time);
  const auto found = kept.find(source.plain.data());
  if (found != kept.end()) return found->second;
  Catalogue read{json::parse(source.plain), {}};
  read.slots.set("t", to_mustache(read.by_name));
  return kept.emplace(source.plain.data(), std::move(read)).first->second;
}

// What a template finds for its slots: the page's own, then the messages, which are looked at where they are; as a part of the page's data
// the library would copy them for every page.
std::string fill(const AssetPack& assets, const std::string& name, const mustache::data& data, const Catalogue& catalogue) {
  const Asset* source = assets.find("template/" + name);
  if (source == nullptr) throw std::logic_error("no template named " + name);
  mustache::mustache& parsed = parsed_template(*source, name);
  mustache::context<std::string> slots(&catalogue.slots);
  slots.push(&data);
  std::string filled = parsed.render(slots);
  if (!parsed.is_valid()) throw std::logic_error(fmt::format("template {}: {}", name, parsed.error_message()));
  return filled;
}

// The same page under the other language's address.
std::string path_in(Language language, const Frame& frame) {
  const std::string head = fmt::format("/{}", code_of(frame.language));
  const bool has_language = frame.path == head || frame.path.starts_with(head + "/");
  if (!has_language) return fmt::format("/{}", code_of(language));
  const std::string path = fmt::format("/{}{}", code_of(language), frame.path.substr(head.size()));
  return frame.query.empty() ? path : path + "?" + frame.query;
}

}  // namespace

struct Pages::Catalogues {
  const Catalogue& english;
  const Catalogue& korean;

  const Catalogue& in(Language language) const { return language == Language::korean ? korean : english; }
};

std::string_view code_of(Language language) {
  return language == Language::korean ? "ko" : "en";
}

Language other_than(Language language) {
  return language == Language::korean ? Language::english : Language::korean;
}

Frame frame_of(const Call& call) {
  return {call.language,  call.listener, call.request.path, call.request.query, call.session ? &*call.session : nullptr,
          call.form_token};
}

Pages::Pages(const AssetPack& assets, Institution institution)
    : institution_(std::move(institution)), assets_(assets) {
  const auto load = [&](const char* name) -> const Catalogue& {
    const Asset* source = assets.find(name);
    if (source == nullptr) throw std::logic_error(std::string("no catalogue named ") + name);
    return catalogue_of(*source);
  };
  catalogues_ = std::make_unique<Catalogues>(Catalogues{load("message/en"), load("message/ko")});
}

Pages::~Pages() = default;

std::string Pages::text(Language language, std::string_view name, Replacements replacements) const {
  const json* at = &catalogues_->in(language).by_name;
  std::string_view rest = name;
  while (!rest.empty()) {
    const auto dot = rest.find('.');
    const auto found = at->find(rest.substr(0, dot));
    if (found == at->end()) throw std::logic_error("no message named " + std::string(name));
    at = &*found;
    rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  }
  std::string message = at->get<std::string>();
  for (const auto& [key, value] : replacements) {
    const std::string slot = fmt::format("{{{}}}", key);
    for (auto place = message.find(slot); place != std::string::npos;
         place = message.find(slot, place + value.size())) {
      message.replace(place, slot.size(), value);
    }
  }
  return message;
}

namespace {

// Where somebody of the office may go from every page, by role.
std::vector<std::pair<const char*, const char*>> office_links(services::Role role) {
  switch (role) {
    case services::Role::exam_officer:
      return {{"exams", "office.exams"},
              {"searches", "desk_search.title"},
              {"duties", "invigilators.title"},
              {"imports", "office.imports"},
              {"recruitments", "office.recruitments"},
              {"about", "about.list_title"},
              {"jobs", "jobs.title"}};
    case services::Role::district_coordinator:
      return {{"exams", "office.exams"}, {"duties", "invigilators.title"}};
    case services::Role::administrator:
      return {{"keys", "keys.title"}, {"jobs", "jobs.title"}, {"staff", "staff.title"}};
    case services::Role::auditor:
      return {{"audit", "office.audit_title"}, {"recruitments", "office.recruitments"}};
    case services::Role::venue_chief:
      return {{"own-venues", "chiefs.own_title"}, {"duties", "invigilators.title"}};
    case services::Role::applicant:
      break;
  }
  return {};
}

// Where the name of the site and the way out of a refusal lead: to the first page that this role may open.
std::string first_page(const Frame& frame) {
  const std::string start = fmt::format("/{}", code_of(frame.language));
  if (frame.listener != Listener::office || frame.session == nullptr) return start;
  if (frame.session->stage != services::SessionStage::full) return start;
  switch (frame.session->actor.role) {
    case services::Role::exam_officer:
    case services::Role::district_coordinator:
      return start;
    default:
      break;
  }
  const auto links = office_links(frame.session->actor.role);
  return fmt::format("{}/{}", start, links.empty() ? "account" : links.front().first);
}

// Who stands behind the pages: above and below all of them.
void describe_operator(const Institution& institution, Language language, mustache::data& data) {
  data.set("official", institution.official);
  const auto add = [&](const char* slot, const std::string& words) {
    if (!words.empty()) data.set(slot, words);
  };
  add("operator_name", institution.name.in(language));
  add("operator_department", institution.department.in(language));
  add("operator_telephone", institution.telephone);
  if (!institution.emblem.empty()) data.set("operator_emblem", "/assets/" + institution.emblem_name);
}

}  // namespace

void Pages::add_menu(const Frame& frame, json& data) const {
  if (frame.listener != Listener::office || frame.session == nullptr) return;
  if (frame.session->stage != services::SessionStage::full) return;
  json links = json::array();
  for (const auto& [place, name] : office_links(frame.session->actor.role)) {
    links.push_back({{"address", fmt::format("/{}/{}", code_of(frame.language), place)}, {"name", text(frame.language, name)}});
  }
  links.push_back({{"address", fmt::format("/{}/account", code_of(frame.language))}, {"name", text(frame.language, "office.account_title")}});
  data["menu"] = {{"links", std::move(links)}};
}

Response Pages::show(const Frame& frame, const Page& page) const {
  const Language other = other_than(frame.language);
  const std::string home = fmt::format("/{}", code_of(frame.language));
  mustache::data data = to_mustache(page.data);
  data.set("home", first_page(frame));
  data.set("my_address", home + "/my");
  // Parts that several pages have in common.
  for (const char* part : {"form_fields", "error_summary", "apply_steps", "second_factor", "others_changes", "field_conflicts", "rates_tables", "duty_edit"}) {
    const Asset* source = assets_.find(std::string("template/") + part);
    if (source == nullptr) throw std::logic_error(std::string("no template named ") + part);
    data.set(part, mustache::data(mustache::partial([source] { return std::string(source->plain); })));
  }
  data.set("form_token", frame.form_token);
  const bool office = frame.listener == Listener::office;
  // In the office nearly everything that is Korean is a name in a table, and tables are long.
  const bool marked = !office && frame.language == Language::english;
  const Catalogue& words = catalogues_->in(frame.language);
  const std::string body = fill(assets_, page.name, data, words);
  data.set("body", marked ? mark_korean(body) : body);

  data.set("language", std::string(code_of(frame.language)));
  data.set("other_language", std::string(code_of(other)));
  Frame answering = frame;
  if (!page.repost_to.empty()) {
    answering.path = page.repost_to;
    answering.query.clear();
  }
  data.set("other_address", path_in(other, answering));
  data.set("switch_by_post", page.repost.has_value());
  if (page.repost) {
    mustache::data fields(mustache::data::type::list);
    for (const auto& [name, value] : *page.repost) {
      mustache::data field;
      field.set("name", name);
      field.set("value", value);
      fields.push_back(field);
    }
    data.set("repost", fields);
  }
  json menu = json::object();
  add_menu(frame, menu);
  if (menu.contains("menu")) data.set("menu", to_mustache(menu["menu"]));
  describe_operator(institution_, frame.language, data);
  data.set("about_address", home + "/about");
  data.set("account_address", home + "/account");
  data.set("office", office);
  data.set("portal", !office);
  data.set("signed_in", frame.session != nullptr);
  // A page that is kept for everybody is made without a session and has no form. Its header names nobody, whoever asked
  // first; the reader's own browser asks for the name afterwards (site.js), by an answer that nobody keeps.
  data.set("same_for_all", frame.session == nullptr && frame.form_token.empty());
  if (frame.session != nullptr) data.set("account", frame.session->actor.account);
  const std::string site_name = text(frame.language, office ? "site.office_name" : "site.portal_name");
  data.set("site_name", site_name);
  data.set("window_title", page.title.empty() ? site_name : fmt::format("{} | {}", page.title, site_name));
  for (const auto& [slot, source] : std::initializer_list<std::pair<const char*, const char*>>{
           {"style", "site.css"}, {"fonts", "fonts.css"}, {"script", "site.js"}, {"icon", "icon.svg"},
           {"first_font", "latin.woff2"}}) {
    data.set(slot, assets_.address_of(source));
  }
  // An English page needs no more than the letters; what nobody uses would hold up what is.
  if (frame.language == Language::korean) data.set("second_font", assets_.address_of("syllables.woff2"));
  Response response;
  response.status = page.status;
  response.body = fill(assets_, "layout", data, words);
  response.set_header("Content-Language", std::string(code_of(frame.language)));
  return response;
}

Response show(const Call& call, const Page& page) {
  const std::string name = own_name_of(call);
  if (name.empty()) return call.site.pages().show(frame_of(call), page);
  Page named = page;
  named.data["header_name"] = name;
  return call.site.pages().show(frame_of(call), named);
}

namespace {

std::string write_local(const LocalTime& there, Language language) {
  return fmt::format("{}{} {}", write_day(there.day, language), language == Language::korean ? "" : ",", write_time(there.minute));
}

}  // namespace

std::string write_moment(Instant at, const std::string& zone) {
  const std::string text = format_local(at, zone);
  return fmt::format("{} {} ({})", text.substr(0, 10), text.substr(11, 5), zone);
}

std::string write_day(Date date, Language language) {
  constexpr std::array korean_days{"일", "월", "화", "수", "목", "금", "토"};
  constexpr std::array english_days{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  const CalendarDay day = calendar_day(date);
  // Day 0 of the count, 1970-01-01, was a Thursday.
  const auto weekday = static_cast<std::size_t>(((date.days + 4) % 7 + 7) % 7);
  if (language == Language::korean) {
    return fmt::format("{}년 {}월 {}일 {}요일", day.year, day.month, day.day, korean_days.at(weekday));
  }
  return fmt::format("{} {} {} {}", english_days.at(weekday), day.day,
                     months.at(static_cast<std::size_t>(day.month - 1)), day.year);
}

std::string write_moment(Instant at, const std::string& zone, Language language) {
  return fmt::format("{} ({})", write_day_and_time(at, zone, language), name_time_zone(at, zone).in(language));
}

std::string write_day_and_time(Instant at, const std::string& zone, Language language) {
  return write_local(local_time(at, zone), language);
}

std::string write_deadline(Instant at, const std::string& zone) {
  const LocalTime there = local_deadline(at, zone);
  return fmt::format("{} {} ({})", format_date(there.day), write_time(there.minute), zone);
}

std::string write_deadline(Instant at, const std::string& zone, Language language) {
  return fmt::format("{} ({})", write_local(local_deadline(at, zone), language), name_time_zone(at, zone).in(language));
}

std::string write_floor(const Pages& pages, const std::string& floor, Language language) {
  const auto is_count = [](std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (is_count(floor)) return pages.text(language, "seat.floor", {{"floor", floor}});
  if (floor.size() > 1 && (floor[0] == 'B' || floor[0] == 'b') && is_count(std::string_view(floor).substr(1)))
    return pages.text(language, "seat.basement", {{"floor", floor.substr(1)}});
  return floor;
}

std::string write_time(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace hanjari::web
