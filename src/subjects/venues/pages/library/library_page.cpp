#include "venues/pages/library/library_page.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/venues/venue_library.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::LibrarySchool;

services::VenueLibraryRepository& library_of(const Call& call) {
  if (call.site.venue_library() != nullptr) return *call.site.venue_library();
  throw NotFound("no_venue_requests", {"This program asks for no venues.", "이 프로그램은 시험장을 요청하지 않습니다."});
}

std::string address_of_library(const Call& call) {
  return fmt::format("/{}/schools", code_of(call.language));
}

// "11110/V1": district and code of a school, as a form sends its choice.
struct NamedSchool {
  DistrictCode district;
  VenueCode code;
};

NamedSchool school_in(const std::string& named) {
  const std::size_t slash = named.find('/');
  NamedSchool school;
  if (slash == std::string::npos) return school;
  school.district = DistrictCode(named.substr(0, slash));
  school.code = VenueCode(named.substr(slash + 1));
  return school;
}

std::string word_of_school(const LibrarySchool& school) {
  return school.district.text() + "/" + school.code.text();
}

services::VenueOffer offer_named(const Call& call, const OffersCall& of, const NamedSchool& school) {
  services::VenueOffer made = services::offer_from_library(of.offers, library_of(call), call.actor(), of.exam, school.district,
                                                           school.code, call.site.now());
  if (call.site.venue_files() != nullptr)
    services::bring_files(of.offers, library_of(call), *call.site.venue_files(), call.actor(), made, call.site.now());
  return made;
}

LibrarySchool keep_named(const Call& call, const OffersCall& of) {
  return services::keep_in_library(of.offers, library_of(call), call.actor(), of.exam, VenueCode(call.path.at("venue_code")),
                                   call.site.now());
}

}  // namespace

json describe_library_choices(const Call& call) {
  json choices = json::array();
  if (call.site.venue_library() == nullptr) return choices;
  for (const LibrarySchool& school : services::list_own_schools(library_of(call), call.actor())) {
    choices.push_back({{"code", word_of_school(school)},
                       {"label", fmt::format("{} ({}, {})", school.name, school.code.text(),
                                             name_of_district(school.district.text()).in(call.language))}});
  }
  return choices;
}

Response show_library(const Call& call) {
  Page page{.name = "venue_library", .title = call.site.pages().text(call.language, "library.title")};
  page.data = {{"exams", fmt::format("/{}/exams", code_of(call.language))},
               {"action", address_of_library(call)}, {"form_token", call.form_token}, {"schools", json::array()}};
  for (const LibrarySchool& school : services::list_own_schools(library_of(call), call.actor())) {
    json row{{"name", school.name},
             {"code", school.code.text()},
             {"word", word_of_school(school)},
             {"district", name_of_district(school.district.text()).in(call.language)},
             {"rooms", group_digits(static_cast<long long>(school.rooms.size()))},
             {"from", school.from.text()},
             {"author", school.author},
             {"at", write_moment(school.changed_at, machine_time_zone())}};
    // What is not set would be looked for in the page around the row.
    row["access"] = school.access_note.empty() ? json(false) : json{{"words", school.access_note}};
    row["note"] = school.note.empty() ? json(false) : json{{"words", school.note}};
    page.data["schools"].push_back(std::move(row));
  }
  page.data["any"] = !page.data["schools"].empty();
  return show(call, page);
}

Response remove_shown_school(const Call& call) {
  const NamedSchool school = school_in(field_of(call.form, "school"));
  services::remove_from_library(library_of(call), call.actor(), school.district, school.code, call.site.now());
  return redirect(address_of_library(call));
}

Response keep_shown_offer(const Call& call) {
  const OffersCall of = asked_of(call);
  keep_named(call, of);
  return redirect(address_of_library(call));
}

Response offer_shown_school(const Call& call) {
  const OffersCall of = asked_of(call);
  return redirect(address_of_offer(call, offer_named(call, of, school_in(field_of(call.form, "school")))));
}

Response list_library_by_api(const Call& call) {
  nlohmann::ordered_json answer{{"schools", nlohmann::ordered_json::array()}};
  for (const LibrarySchool& school : services::list_own_schools(library_of(call), call.actor())) {
    answer["schools"].push_back({{"district", school.district.text()},
                                 {"school_code", school.code.text()},
                                 {"name", school.name},
                                 {"address", school.address},
                                 {"lat", school.at.lat},
                                 {"lon", school.at.lon},
                                 {"access_note", school.access_note},
                                 {"note", school.note},
                                 {"rooms_csv", services::write_room_list(school.rooms)},
                                 {"from_exam", school.from.text()},
                                 {"version", school.version},
                                 {"changed_by", school.author},
                                 {"changed_at", format_instant(school.changed_at)}});
  }
  return answer_json(answer);
}

Response keep_offer_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  read_json(call);
  const LibrarySchool school = keep_named(call, of);
  return answer_json({{"district", school.district.text()}, {"school_code", school.code.text()}, {"version", school.version}});
}

Response offer_school_by_api(const Call& call) {
  const OffersCall of = asked_of(call);
  const json body = read_json(call);
  const services::VenueOffer offer =
      offer_named(call, of, {district_in(text_in(body, "district")), VenueCode(clean_signs(text_in(body, "school_code")))});
  return answer_json({{"venue_code", offer.code.text()}, {"version", offer.version}});
}

Response remove_school_by_api(const Call& call) {
  const json body = read_json(call);
  services::remove_from_library(library_of(call), call.actor(), district_in(text_in(body, "district")),
                                VenueCode(clean_signs(text_in(body, "school_code"))), call.site.now());
  return list_library_by_api(call);
}

}  // namespace hanjari::web
