#include "materials/pages/briefing_page.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_offers.h"
#include "http/sent_file.h"
#include "materials/pages/material_calls.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::Briefing;
using services::CheckPhase;

services::Briefing briefing_of(const Call& call, const services::MaterialDesk& desk) {
  const auto templates = call.site.shown_templates();
  return services::open_briefing(desk, briefings_of(call), call.site.venue_staff(), call.site.access(),
                                 templates.get(), VenueCode(call.path.at("venue_code")));
}

std::string name_of_phase(const Call& call, CheckPhase phase) {
  const Pages& pages = call.site.pages();
  switch (phase) {
    case CheckPhase::before:
      return pages.text(call.language, "briefing.before");
    case CheckPhase::morning:
      return pages.text(call.language, "briefing.morning");
    case CheckPhase::after:
      break;
  }
  return pages.text(call.language, "briefing.after");
}

const services::Check* newest_check(const std::vector<services::Check>& checks, const std::string& item) {
  for (const services::Check& check : checks) {
    if (check.item == item) return &check;
  }
  return nullptr;
}

// Where whoever ticks a line goes on: at the next one that is not done. A line that was taken back, or after which all are done, is
// where the reader stays.
std::string line_after(const std::vector<services::Check>& checks, const std::string& ticked, bool done) {
  if (!done) return ticked;
  bool is_passed = false;
  for (const services::CheckItem& item : services::check_items()) {
    const services::Check* check = newest_check(checks, item.key);
    if (is_passed && (check == nullptr || !check->done)) return item.key;
    if (item.key == ticked) is_passed = true;
  }
  return ticked;
}

json describe_checks(const Call& call, const Briefing& briefing, const std::string& zone) {
  json rows = json::array();
  for (const services::CheckItem& item : services::check_items()) {
    const services::Check* check = newest_check(briefing.checks, item.key);
    const bool done = check != nullptr && check->done;
    json row{{"key", item.key},
             {"phase", name_of_phase(call, item.phase)},
             {"words", item.words.in(call.language)},
             {"done", done},
             {"next", done ? "no" : "yes"}};
    row["last"] = json(false);
    if (check != nullptr) row["last"] = {{"by", check->author}, {"at", write_moment(check->at, zone)}};
    rows.push_back(std::move(row));
  }
  return rows;
}

// What the district entered of the school: whom to call, and plans and photos. Of the dry run there is nothing.
struct SchoolOfDay {
  std::optional<services::VenueOffer> offer;
  std::vector<services::VenueFile> files;
};

// Opening a contact is recorded.
SchoolOfDay open_school(const Call& call, const services::MaterialDesk& desk, const VenueCode& venue) {
  SchoolOfDay school;
  if (call.site.venue_offers() == nullptr || desk.book.is_dry_run()) return school;
  school.offer = call.site.venue_offers()->find_offer(desk.book.exam, venue);
  if (!school.offer) return school;
  if (!(school.offer->contact == services::SchoolContact{})) {
    services::AuditNote note{"venue_contacts.read", fmt::format("{}/{}", desk.book.exam.text(), venue.text())};
    note.exam = desk.book.exam.text();
    call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
  }
  if (call.site.venue_files() != nullptr) school.files = call.site.venue_files()->list_files(school.offer->id);
  return school;
}

// Pictures stand on the page itself, because it is printed and handed over.
void add_school(const Call& call, const services::MaterialDesk& desk, const VenueCode& venue, json& data) {
  const SchoolOfDay school = open_school(call, desk, venue);
  if (!school.offer) return;
  const services::VenueOffer& offer = *school.offer;
  if (!(offer.contact == services::SchoolContact{})) data["contact"] = {{"name", offer.contact.name}, {"phone", offer.contact.phone}};
  if (!offer.access_note.empty()) data["access"] = {{"words", offer.access_note}};
  if (offer.opens_at) data["opens"] = {{"at", format_time_of_day(*offer.opens_at)}};
  json files = json::array();
  for (const services::VenueFile& file : school.files) {
    files.push_back({{"name", file.name},
                     {"picture", file.media_type.starts_with("image/")},
                     {"address", fmt::format("/{}/exams/{}/venues/{}/briefing-files/{}", code_of(call.language),
                                             encode_percent(desk.book.exam.text()), encode_percent(venue.text()), file.id)}});
  }
  data["any_file"] = !files.empty();
  data["files"] = std::move(files);
}

ordered_json school_json(const SchoolOfDay& school) {
  ordered_json answer{{"contact", nullptr}, {"opens_at", nullptr}, {"access", ""}, {"files", ordered_json::array()}};
  if (!school.offer) return answer;
  const services::VenueOffer& offer = *school.offer;
  if (!(offer.contact == services::SchoolContact{})) answer["contact"] = {{"name", offer.contact.name}, {"phone", offer.contact.phone}};
  if (offer.opens_at) answer["opens_at"] = format_time_of_day(*offer.opens_at);
  answer["access"] = offer.access_note;
  for (const services::VenueFile& file : school.files)
    answer["files"].push_back({{"id", file.id}, {"name", file.name}, {"media_type", file.media_type}, {"bytes", file.size}});
  return answer;
}

json describe_rooms(const Briefing& briefing) {
  json rows = json::array();
  for (const services::PackedRoom& room : briefing.packing.rooms) {
    rows.push_back({{"room", std::to_string(room.room_no)},
                    {"building", room.building},
                    {"floor", room.floor},
                    {"people", group_digits(room.people)},
                    {"codes", room.questions.code + ", " + room.sheets.code}});
  }
  return rows;
}

void add_staff(const Call& call, const Briefing& briefing, json& data) {
  data["staff_known"] = briefing.staff.has_value() && !briefing.staff->empty();
  data["staff_of_earlier_plan"] = briefing.staff_of_earlier_plan;
  data["rooms_known"] = false;
  data["staff"] = json::array();
  if (!briefing.staff) return;
  for (const services::StaffPlace& place : *briefing.staff) {
    if (!place.room.empty()) data["rooms_known"] = true;
    data["staff"].push_back({{"room", place.room.empty() ? std::string("–") : place.room},
                             {"duty", hanjari::name_of(place.role).in(call.language)},
                             {"name", place.name}});
  }
}

json describe_notes(const Call& call, const Briefing& briefing) {
  json rows = json::array();
  for (const services::BriefingNote& note : briefing.notes) {
    rows.push_back({{"from", note.district.empty() ? services::name_of(services::StationKind::city).in(call.language)
                                                   : name_of_district(note.district.text()).in(call.language)},
                    {"words", note.words}});
  }
  return rows;
}

Response show_readiness_page(const Call& call, const InvalidInput* refused, Lateness lateness = Lateness::in_time) {
  const Pages& pages = call.site.pages();
  const services::MaterialDesk desk = material_desk(call);
  const services::LiveExam& exam = call.live_exam();
  Page page{.name = "briefings", .title = pages.text(call.language, "briefing.readiness")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? exam.name_ko : exam.name_en}, {"on", write_day(exam.exam_on, call.language)}}},
               {"back", address_of_materials(call, desk)},
               {"action", fmt::format("/{}/exams/{}/briefings", code_of(call.language), encode_percent(desk.book.exam.text()))},
               {"is_dry_run", desk.book.is_dry_run()},
               {"form_token", call.form_token},
               {"venues", json::array()}};
  const auto all = static_cast<std::int64_t>(services::check_items().size());
  for (const services::VenueReadiness& venue : services::list_readiness(desk, briefings_of(call))) {
    page.data["venues"].push_back({{"name", venue.name},
                                   {"code", venue.venue.text()},
                                   {"district", name_of_district(venue.district.text()).in(call.language)},
                                   {"done", group_digits(venue.done)},
                                   {"left", group_digits(all - venue.done)},
                                   {"last", venue.last ? write_moment(*venue.last, exam.time_zone) : std::string("–")},
                                   {"address", address_of_venue(call, desk, venue.venue, "briefing")}});
  }
  page.data["any"] = !page.data["venues"].empty();
  if (!desk.book.is_dry_run()) {
    const services::BriefingNote note = services::open_own_note(desk, briefings_of(call), call.site.access());
    const std::string words = refused == nullptr ? note.words : field_of(call.form, "words");
    page.data["note"] = {{"words", words}, {"version", version_again(call.form, lateness, note.version)}};
  }
  FormView form;
  if (refused != nullptr) {
    form.add_fault("", refused->message().in(call.language));
    page.status = lateness == Lateness::late ? 409 : 422;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  return show(call, page);
}

}  // namespace

Response download_briefing_file(const Call& call) {
  const services::MaterialDesk desk = material_desk(call, false);
  const VenueCode venue(call.path.at("venue_code"));
  if (!own_venue_names(desk).contains(venue)) {
    throw NotAllowed("not_your_venue", {"Your account may not open this venue. It is not yours, or is not there.",
                                        "이 시험장을 볼 권한이 없습니다. 담당 시험장이 아니거나 없는 시험장입니다."});
  }
  if (call.site.venue_offers() == nullptr || call.site.venue_files() == nullptr)
    throw NotFound("no_such_file", {"There is no such file.", "해당 파일이 없습니다."});
  services::VenueFile file =
      services::take_file_of_the_day(*call.site.venue_offers(), *call.site.venue_files(), call.site.access(), call.actor(),
                                     desk.book.exam, venue, call.path.at("file"), call.site.now());
  Response response;
  response.body = std::move(file.bytes);
  send_as_file(response, file.media_type, file.name);
  return response;
}

Response show_briefing(const Call& call) {
  const Pages& pages = call.site.pages();
  const services::MaterialDesk desk = material_desk(call);
  const services::LiveExam& exam = call.live_exam();
  const Briefing briefing = briefing_of(call, desk);
  const VenueCode& venue = briefing.packing.venue;
  Page page{.name = "briefing", .title = pages.text(call.language, "briefing.title")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? exam.name_ko : exam.name_en}, {"on", write_day(exam.exam_on, call.language)}}},
               {"venue", {{"name", briefing.packing.venue_name}, {"code", venue.text()}}},
               {"back", address_of_venue(call, desk, venue, "materials")},
               {"labels", address_of_venue(call, desk, venue, "material-labels")},
               {"checks_action", fmt::format("/{}/exams/{}/venues/{}/briefing-checks", code_of(call.language),
                                             encode_percent(desk.book.exam.text()), encode_percent(venue.text()))},
               {"run", desk.book.is_dry_run() ? "yes" : "no"},
               {"is_dry_run", desk.book.is_dry_run()},
               {"form_token", call.form_token},
               {"rooms", describe_rooms(briefing)},
               {"notes", describe_notes(call, briefing)},
               {"checks", describe_checks(call, briefing, exam.time_zone)},
               {"clock", json::array()},
               {"any_file", false}};
  if (!briefing.address.empty()) page.data["place"] = {{"words", briefing.address}};
  if (!briefing.phone.empty()) page.data["phone"] = {{"words", briefing.phone}};
  for (const services::ClockLine& line : briefing.clock)
    page.data["clock"].push_back({{"at", format_time_of_day(line.minute)}, {"what", line.what.in(call.language)}});
  page.data["any_clock"] = !page.data["clock"].empty();
  // The numbers of city and district stand in their words alone: whoever is to call them learns the evening before that there are none.
  page.data["no_notes"] = briefing.notes.empty() && !desk.book.is_dry_run();
  if (!desk.book.is_dry_run()) {
    // Those who are on duty and of whom nobody has said yet whether they came.
    page.data["attendance"] = {{"address", fmt::format("/{}/exams/{}/invigilators?lacking=day", code_of(call.language),
                                                       encode_percent(desk.book.exam.text()))}};
    page.data["papers"] = {{"address", fmt::format("/{}/exams/{}/own-papers", code_of(call.language), encode_percent(desk.book.exam.text()))}};
  }
  // A page with names that is printed says whose copy it is, as papers do.
  page.data["opened"] = pages.text(call.language, "briefing.opened",
                                   {{"account", call.actor().account}, {"at", write_moment(call.site.now(), exam.time_zone)}});
  add_staff(call, briefing, page.data);
  add_school(call, desk, venue, page.data);
  return show(call, page);
}

Response tick_shown(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const VenueCode venue(call.path.at("venue_code"));
  const std::string item = field_of(call.form, "item");
  const bool done = field_of(call.form, "done") == "yes";
  services::tick(desk, briefings_of(call), venue, item, done);
  // The button itself is named, so that the browser gives it the focus.
  const std::string next = line_after(briefings_of(call).list_checks(desk.book, venue), item, done);
  return redirect(fmt::format("{}#check-{}", address_of_venue(call, desk, venue, "briefing"), next));
}

Response show_readiness(const Call& call) {
  return show_readiness_page(call, nullptr);
}

Response save_shown_note(const Call& call) {
  const services::MaterialDesk desk = material_desk(call, false);
  try {
    services::save_own_note(desk, briefings_of(call), field_of(call.form, "words"), count_in_form(call.form, "version"));
  } catch (const InvalidInput& refused) {
    return show_readiness_page(call, &refused);
  } catch (const Conflict& late) {
    // Two of one district write the same words to their venues: the slower one keeps what was typed.
    const InvalidInput refused(late.code(), late.message());
    return show_readiness_page(call, &refused, Lateness::late);
  }
  return redirect(fmt::format("/{}/exams/{}/briefings", code_of(call.language), encode_percent(desk.book.exam.text())));
}

Response describe_briefing_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const Briefing briefing = briefing_of(call, desk);
  ordered_json answer{{"venue", briefing.packing.venue.text()},
                      {"plan", briefing.packing.plan_digest},
                      {"clock", ordered_json::array()},
                      {"rooms", ordered_json::array()},
                      {"checks", ordered_json::array()},
                      {"staff", nullptr}};
  for (const services::ClockLine& line : briefing.clock)
    answer["clock"].push_back({{"at", format_time_of_day(line.minute)}, {"what", line.what.in(call.language)}});
  for (const services::PackedRoom& room : briefing.packing.rooms)
    answer["rooms"].push_back({{"room_no", room.room_no}, {"people", room.people}});
  for (const services::CheckItem& item : services::check_items()) {
    const services::Check* check = newest_check(briefing.checks, item.key);
    ordered_json row{{"item", item.key}, {"done", check != nullptr && check->done}};
    row["at"] = check == nullptr ? ordered_json(nullptr) : ordered_json(format_instant(check->at));
    row["by"] = check == nullptr ? ordered_json(nullptr) : ordered_json(check->author);
    answer["checks"].push_back(std::move(row));
  }
  answer["staff_of_earlier_plan"] = briefing.staff_of_earlier_plan;
  answer["address"] = briefing.address;
  answer["phone"] = briefing.phone;
  answer["school"] = school_json(open_school(call, desk, briefing.packing.venue));
  answer["notes"] = ordered_json::array();
  for (const services::BriefingNote& note : briefing.notes)
    answer["notes"].push_back({{"district", note.district.text()}, {"words", note.words}});
  if (briefing.staff) {
    answer["staff"] = ordered_json::array();
    for (const services::StaffPlace& place : *briefing.staff)
      answer["staff"].push_back({{"room", place.room}, {"duty", hanjari::spell(place.role)}, {"name", place.name}});
  }
  return answer_json(answer);
}

Response tick_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = material_desk(call, flag_in(body, "dry_run"));
  services::tick(desk, briefings_of(call), VenueCode(call.path.at("venue_code")), text_in(body, "item"), flag_in(body, "done"));
  return answer_json({{"item", text_in(body, "item")}, {"done", flag_in(body, "done")}});
}

Response list_readiness_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  ordered_json answer{{"items", services::check_items().size()}, {"venues", ordered_json::array()}};
  for (const services::VenueReadiness& venue : services::list_readiness(desk, briefings_of(call))) {
    ordered_json row{{"venue", venue.venue.text()}, {"district", venue.district.text()}, {"done", venue.done}};
    row["last"] = venue.last ? ordered_json(format_instant(*venue.last)) : ordered_json(nullptr);
    answer["venues"].push_back(std::move(row));
  }
  return answer_json(answer);
}

Response describe_own_note_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call, false);
  const services::BriefingNote note = services::open_own_note(desk, briefings_of(call), call.site.access());
  return answer_json({{"district", note.district.text()}, {"words", note.words}, {"version", note.version}});
}

Response save_own_note_by_api(const Call& call) {
  const json body = read_json(call);
  // Words that were forgotten are not words that are to be taken away.
  if (!body.contains("words")) {
    throw InvalidInput("bad_request", {"'words' are what the venues are told; an empty text takes them away.",
                                       "'words'에 시험장에 전할 말을 적으십시오. 빈 글이면 지웁니다."});
  }
  const services::MaterialDesk desk = material_desk(call, false);
  services::save_own_note(desk, briefings_of(call), text_in(body, "words"), count_in(body, "version").value_or(0));
  return describe_own_note_by_api(call);
}

}  // namespace hanjari::web
