#include "venues/pages/chiefs/chiefs_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/venues/venue_chiefs.h"
#include "site/pages/form_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::GivenVenue;
using services::VenueChief;

services::VenueChiefRepository& chiefs_of(const Call& call) {
  if (call.site.venue_chiefs() != nullptr) return *call.site.venue_chiefs();
  throw NotFound("no_venue_chiefs", {"This program knows no venue chiefs.", "이 프로그램은 시험장 책임관을 관리하지 않습니다."});
}

std::string address_of_chiefs(const Call& call) {
  return fmt::format("/{}/exams/{}/venue-chiefs", code_of(call.language), encode_percent(call.path.at("code")));
}

std::string name_of_given(const std::vector<GivenVenue>& venues, const VenueCode& code) {
  const auto found = std::find_if(venues.begin(), venues.end(), [&](const GivenVenue& venue) { return venue.code == code; });
  return found == venues.end() ? code.text() : found->name;
}

Response show_chiefs_page(const Call& call, const Error* refused) {
  const Pages& pages = call.site.pages();
  const OffersCall of = asked_of(call);
  const auto venues = services::list_venues_to_give(call.site.plans(), call.site.venue_offers(), call.actor(), of.exam);
  Page page{.name = "venue_chiefs", .title = pages.text(call.language, "chiefs.title")};
  page.data = {{"exam", {{"name", of.words.name.in(call.language)}}},
               {"back", address_of_offers(call, of.exam)},
               {"action", address_of_chiefs(call)},
               {"form_token", call.form_token},
               {"typed", field_of(call.form, "account")},
               {"chiefs", json::array()},
               {"venues", json::array()}};
  for (const VenueChief& chief : services::list_own_chiefs(chiefs_of(call), call.actor(), of.exam)) {
    page.data["chiefs"].push_back({{"venue", name_of_given(venues, chief.venue)},
                                   {"code", chief.venue.text()},
                                   {"account", chief.account},
                                   {"district", name_of_district(chief.district.text()).in(call.language)},
                                   {"given_by", chief.given_by},
                                   {"at", write_moment(chief.given_at, of.words.zone)}});
  }
  for (const GivenVenue& venue : venues)
    page.data["venues"].push_back({{"code", venue.code.text()},
                                   {"label", fmt::format("{} ({})", venue.name, venue.code.text())},
                                   {"chosen", field_of(call.form, "venue") == venue.code.text()}});
  page.data["any_chief"] = !page.data["chiefs"].empty();
  page.data["any_venue"] = !page.data["venues"].empty();
  FormView form;
  if (refused != nullptr) {
    form.add_fault("", refused->message().in(call.language));
    page.status = 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

void give_named(const Call& call, const std::string& venue, const std::string& account) {
  services::give_venue(chiefs_of(call), call.site.plans(), call.site.venue_offers(), call.actor(),
                       ExamCode(call.path.at("code")), VenueCode(venue), account, call.site.now());
}

}  // namespace

std::optional<VenueCode> own_venue_of(const Call& call, const ExamCode& exam) {
  std::optional<VenueCode> venue;
  if (call.site.venue_chiefs() != nullptr) venue = services::find_own_venue(*call.site.venue_chiefs(), call.actor(), exam);
  return venue;
}

Response show_chiefs(const Call& call) {
  return show_chiefs_page(call, nullptr);
}

Response give_shown_venue(const Call& call) {
  try {
    give_named(call, field_of(call.form, "venue"), field_of(call.form, "account"));
  } catch (const InvalidInput& refused) {
    return show_chiefs_page(call, &refused);
  } catch (const Conflict& refused) {
    return show_chiefs_page(call, &refused);
  }
  return redirect(address_of_chiefs(call));
}

Response take_shown_venue(const Call& call) {
  services::take_venue_back(chiefs_of(call), call.actor(), ExamCode(call.path.at("code")),
                            field_of(call.form, "account"), call.site.now());
  return redirect(address_of_chiefs(call));
}

Response list_chiefs_by_api(const Call& call) {
  asked_of(call);
  nlohmann::ordered_json answer{{"chiefs", nlohmann::ordered_json::array()}};
  for (const VenueChief& chief : services::list_own_chiefs(chiefs_of(call), call.actor(), ExamCode(call.path.at("code")))) {
    answer["chiefs"].push_back({{"venue_code", chief.venue.text()},
                                {"district", chief.district.text()},
                                {"account", chief.account},
                                {"given_by", chief.given_by},
                                {"given_at", format_instant(chief.given_at)}});
  }
  return answer_json(answer);
}

Response give_venue_by_api(const Call& call) {
  asked_of(call);
  const json body = read_json(call);
  give_named(call, text_in(body, "venue_code"), text_in(body, "account"));
  return list_chiefs_by_api(call);
}

Response take_venue_by_api(const Call& call) {
  asked_of(call);
  const json body = read_json(call);
  services::take_venue_back(chiefs_of(call), call.actor(), ExamCode(call.path.at("code")), text_in(body, "account"),
                            call.site.now());
  return list_chiefs_by_api(call);
}

Response show_own_venues(const Call& call) {
  const Pages& pages = call.site.pages();
  Page page{.name = "own_venues", .title = pages.text(call.language, "chiefs.own_title")};
  page.data["venues"] = json::array();
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) {
    const auto own = own_venue_of(call, exam.code);
    if (!own) continue;
    for (const services::VenueSummary& venue : call.site.plans().list_venues(exam.code, std::nullopt)) {
      if (venue.code != *own) continue;
      const std::string roster = fmt::format("/api/v1/exams/{}/venues/{}/rosters", encode_percent(exam.code.text()),
                                             encode_percent(venue.code.text()));
      page.data["venues"].push_back({{"exam", call.language == Language::korean ? exam.name_ko : exam.name_en},
                                     {"on", write_day(exam.exam_on, call.language)},
                                     {"name", venue.name},
                                     {"address", venue.address},
                                     {"materials", fmt::format("/{}/exams/{}/venues/{}/materials", code_of(call.language),
                                                               encode_percent(exam.code.text()), encode_percent(venue.code.text()))},
                                     {"papers", fmt::format("/{}/exams/{}/own-papers", code_of(call.language),
                                                            encode_percent(exam.code.text()))},
                                     {"day", fmt::format("/{}/exams/{}/venues/{}/briefing", code_of(call.language),
                                                         encode_percent(exam.code.text()), encode_percent(venue.code.text()))},
                                     {"rooms", group_digits(static_cast<long long>(venue.rooms))},
                                     {"people", group_digits(static_cast<long long>(venue.people))},
                                     {"pdf", fmt::format("{}.pdf?language={}", roster, code_of(call.language))},
                                     {"xlsx", fmt::format("{}.xlsx?language={}", roster, code_of(call.language))},
                                     {"csv", fmt::format("{}.csv?language={}", roster, code_of(call.language))}});
    }
  }
  page.data["any"] = !page.data["venues"].empty();
  return show(call, page);
}

}  // namespace hanjari::web
