// The seat look-up: a form, the seat behind number and birth date, and the admission slip.
//
// Nothing is kept between the pages: the form posts number and date, the page with the seat carries them in hidden
// fields for the slip and the other language. So nothing personal ever stands in an address.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/plans/refusals.h"
#include "hanjari/site/site.h"
#include "intake/pages/portal_call.h"
#include "seats/pages/portal_seat.h"
#include "seats/pages/seat_view.h"
#include "seats/pages/slip_response.h"
#include "seats/pages/venue_map.h"
#include "site/pages/birth_date_field.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t longest_number = 40;

struct SeatForm {
  std::string number;  // as typed
  std::string birth;
  std::string name;  // where it was asked for
};

// What is wrong, by field; message names of the catalogue.
struct FormErrors {
  std::string number;
  std::string birth;
  std::string name;
  std::string whole;  // number and date do not belong together: said about neither
  bool needs_name = false;  // many wrong entries were made
  bool any() const { return needs_name || !number.empty() || !birth.empty() || !name.empty() || !whole.empty(); }
};

SeatForm read_form(const Call& call) {
  const auto field = [&](const char* name) {
    const auto found = call.form.find(name);
    return found == call.form.end() ? std::string{} : found->second;
  };
  return {field("number"), field("birth"), field("name")};
}

// Numbers are compared as bytes; they hold no blanks, which keyboards add without being asked.
std::string plain_number(const std::string& typed) {
  std::string number = clean_signs(typed);
  std::erase(number, ' ');
  return number;
}

// The latest day anywhere on earth at this moment.
Date latest_today(Instant now) {
  const auto days = std::chrono::floor<std::chrono::days>(now + std::chrono::hours(14));
  return Date{static_cast<std::int32_t>(days.time_since_epoch().count())};
}

nlohmann::json exam_data(const services::LiveExam& exam, Language language) {
  return {{"name", language == Language::korean ? exam.name_ko : exam.name_en},
          {"on", write_day(exam.exam_on, language)}};
}

// What a form holds that asks for the same seat once more.
Values values_of(const SeatForm& form) {
  Values values{{"number", form.number}, {"birth", form.birth}};
  if (!form.name.empty()) values.emplace("name", form.name);
  return values;
}

Response show_form(const Call& call, const services::LiveExam& exam, const SeatForm& form, const FormErrors& errors) {
  const Pages& pages = call.site.pages();
  Page page{.name = "seat_form", .title = pages.text(call.language, "seat_form.title")};
  page.data = {{"exam", exam_data(exam, call.language)},
               {"action", call.request.path},
               {"number", form.number},
               {"birth", form.birth},
               {"any_error", errors.any()},
               {"clean", !errors.any()}};
  link_fairness(exam, call.language, page.data);
  const auto say = [&](const char* slot, const std::string& message) {
    if (!message.empty()) page.data[slot] = pages.text(call.language, message);
  };
  say("number_error", errors.number);
  say("birth_error", errors.birth);
  say("name_error", errors.name);
  say("whole_error", errors.whole);
  if (errors.needs_name || !form.name.empty()) page.data["asked_name"] = {{"name", form.name}};
  if (errors.any()) {
    page.status = errors.needs_name ? 429 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
    page.repost = values_of(form);
  }
  return show(call, page);
}

struct Found {
  services::LiveExam exam;
  SeatForm form;
  FormErrors errors;
  std::optional<PlannedExam> seat;
};

Found find_by_form(const Call& call) {
  Found found{call.live_exam(), read_form(call), {}, std::nullopt};
  const std::string number = plain_number(found.form.number);
  if (number.empty()) {
    found.errors.number = "seat_form.number_missing";
  } else if (number.size() > longest_number) {
    found.errors.number = "seat_form.number_too_long";
  }
  const auto birth_on = read_birth_date(found.form.birth, latest_today(call.site.now()));
  if (!birth_on)
    found.errors.birth = found.form.birth.empty() ? "seat_form.birth_missing" : "seat_form.birth_unreadable";
  if (found.errors.any()) return found;
  try {
    found.seat = services::look_up_seat(call.site.plans(), call.site.attempts(), found.exam.code,
                                        ApplicantNumber(number), *birth_on, call.request.source, call.site.now(),
                                        found.form.name);
  } catch (const services::NameNeeded&) {
    found.errors.needs_name = true;
    found.errors.name = "seat_form.name_needed";
    return found;
  }
  if (!found.seat) found.errors.whole = "seat_form.not_found";
  return found;
}

}  // namespace

Response show_seat_form(const Call& call) {
  return show_form(call, call.live_exam(), {}, {});
}

Response look_up(const Call& call) {
  const Found found = find_by_form(call);
  if (!found.seat) return show_form(call, found.exam, found.form, found.errors);
  Page page{.name = "seat", .title = call.site.pages().text(call.language, "seat.title")};
  page.data = describe_seat(call.site.pages(), *call.site.shown_templates(), *found.seat, call.language);
  const auto stored = services::find_notice_of_exam(call.site.intake(), found.exam.code);
  if (const auto day = find_moved_day(stored.get(), *found.seat))
    tell_moved_day(call.site.pages(), *day, *found.seat, call.language, page.data);
  page.data["slip_action"] =
      fmt::format("/{}/exams/{}/slip", code_of(call.language), encode_percent(found.exam.code.text()));
  page.data["way_address"] =
      fmt::format("/{}/exams/{}/seat", code_of(call.language), encode_percent(found.exam.code.text()));
  page.data["way_name"] = call.site.pages().text(call.language, "seat.another");
  link_fairness(found.exam, call.language, page.data);
  page.data["lookup"] = {{"number", found.form.number}, {"birth", found.form.birth}};
  if (!found.form.name.empty()) page.data["lookup"]["asked_name"] = {{"name", found.form.name}};
  const Venue& venue = found.seat->exam[found.seat->plan.placements.front().venue];
  page.data["map"] = render_venue_map(call.site.pages(), {{venue.at, venue.name}, std::nullopt, {}}, call.language);
  page.repost = values_of(found.form);
  return show(call, page);
}

Response download_slip(const Call& call) {
  const Found found = find_by_form(call);
  if (!found.seat) return show_form(call, found.exam, found.form, found.errors);
  const auto stored = services::find_notice_of_exam(call.site.intake(), found.exam.code);
  require_day_of_notice(stored.get(), *found.seat);
  return answer_slip(call, *found.seat, stored == nullptr ? nullptr : &stored->notice, found.exam.plan_digest);
}

}  // namespace hanjari::web
