// The first form of a notice that is copied from nothing.
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/site/site.h"
#include "intake/pages/setup/setup_forms.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;

// Names of fields are those of recruitment.json, behind the place where they stand.
constexpr const char* new_notice_fields[] = {"code",       "name_ko",      "name_en",   "exam_on",   "time_zone",
                                             "apply_from", "apply_until",  "unit_code", "series_ko", "grade",
                                             "posts",      "duration_min", "fee_won"};
constexpr std::string_view usual_time_zone = "Asia/Seoul";
constexpr std::string_view first_calendar = "regular";

std::string label_of_new(const Call& call, std::string_view field) {
  const std::string name = services::name_place(field).in(call.language);
  if (field != "unit_code" && field != "series_ko") return name;
  return call.site.pages().text(call.language, "setup.first_unit", {{"field", name}});
}

// What was typed as the file would say it; what is no moment or number stays as it is, and the reader says so.
std::string definition_typed(const Call& call) {
  const auto typed = [&](const char* name) { return clean_line(field_of(call.form, name)); };
  const std::string zone = typed("time_zone");
  const auto moment = [&](const char* name) {
    const auto at = package::read_local_moment(typed(name), zone);
    return at ? format_instant(*at) : typed(name);
  };
  const auto count = [&](const char* name) {
    const std::int64_t number = number_typed(digits_as_typed(clean_signs(field_of(call.form, name)), name));
    return number >= 0 ? json(number) : json(typed(name));
  };
  json unit{{"unit_code", typed("unit_code")}, {"series_ko", typed("series_ko")},
            {"grade", count("grade")},         {"posts", count("posts")},
            {"fee_won", count("fee_won")},     {"duration_min", count("duration_min")}};
  json calendar{{"name", first_calendar},
                {"exam_on", typed("exam_on")},
                {"apply_from", moment("apply_from")},
                {"apply_until", moment("apply_until")}};
  json root{{"code", typed("code")},
            {"name_ko", typed("name_ko")},
            {"name_en", typed("name_en")},
            {"exam_on", typed("exam_on")},
            {"time_zone", zone}};
  root["calendars"] = json::array({std::move(calendar)});
  root["units"] = json::array({std::move(unit)});
  return root.dump();
}

Response show_new_form(const Call& call, const Values* typed, const std::vector<Fault>& faults) {
  const Pages& pages = call.site.pages();
  Page page{.name = "simple_form", .title = pages.text(call.language, "setup.new_title")};
  page.data = {{"heading", page.title},
               {"lead", pages.text(call.language, "setup.new_lead")},
               {"back_address", fmt::format("/{}/recruitments", code_of(call.language))},
               {"back_name", pages.text(call.language, "recruitment.list_title")},
               {"action", call.request.path},
               {"facts_title", false},
               {"open", true},
               {"danger", false},
               {"aside", false},
               {"button", pages.text(call.language, "setup.new_button")}};
  FormView view;
  for (const char* name : new_notice_fields) {
    std::string value = typed != nullptr ? field_of(*typed, name) : std::string();
    if (typed == nullptr && std::string_view(name) == "time_zone") value = usual_time_zone;
    Field field{.kind = FieldKind::line, .id = name, .label = label_of_new(call, name), .value = std::move(value)};
    if (std::string_view(name) == "name_en") field.presence = Presence::optional;
    view.add(std::move(field));
  }
  std::set<std::string> empty_told;
  for (const Fault& fault : faults) {
    // units.1.posts is told at the field posts.
    const auto dot = fault.column.rfind('.');
    const std::string field = dot == std::string::npos ? fault.column : fault.column.substr(dot + 1);
    const bool left_empty = typed != nullptr && clean_line(field_of(*typed, field.c_str())).empty();
    if (left_empty && !empty_told.insert(field).second) continue;  // the day stands at two places of a notice
    const std::string label = label_of_new(call, field);
    view.add_fault(field, left_empty ? pages.text(call.language, "setup.left_empty", {{"field", label}})
                                     : say_fault(fault, label, call.language));
  }
  view.describe(page.data);
  if (view.any_fault()) {
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  if (typed != nullptr) page.repost = *typed;
  return show(call, page);
}

}  // namespace

Response show_new_notice(const Call& call) {
  return show_new_form(call, nullptr, {});
}

Response create_shown_notice(const Call& call) {
  try {
    std::vector<Fault> warnings;
    const Recruitment notice = package::parse_recruitment(definition_typed(call), "recruitment.json", warnings);
    setup_of(call).create_notice(call.actor(), notice, services::change_of(call.actor(), "", call.site.now()));
    return redirect(
        fmt::format("/{}/recruitments/{}/setup", code_of(call.language), encode_percent(notice.header.code.text())));
  } catch (const InvalidInput& refused) {
    return show_new_form(call, &call.form, refused.faults().kept());
  }
}

}  // namespace hanjari::web
