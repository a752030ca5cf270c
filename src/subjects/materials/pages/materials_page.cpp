#include "materials/pages/materials_page.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "materials/pages/ledger_view.h"
#include "materials/pages/material_calls.h"
#include "materials/pages/station_choice.h"
#include "site/pages/form_view.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::Item;
using services::Station;

constexpr std::size_t shown_entries = 300;

// What a page shows besides the ledger itself.
struct MaterialsView {
  std::optional<VenueCode> venue{};
  const InvalidInput* refused = nullptr;
  int status = 422;  // of a page that was refused
  std::string new_code{};  // of a person who signs; shown once
};

// Items with what is to be given: what the packing says, else those that the ledger knows and the own venues need, without
// counts.
std::map<Item, std::int64_t> offered_items(const std::vector<services::Entry>& entries, const services::Packing* packing,
                                           const services::PackedRoom* room, const std::map<Item, std::int64_t>& needs) {
  std::map<Item, std::int64_t> items;
  if (room != nullptr) {
    for (const services::Parcel* parcel : {&room->questions, &room->sheets}) {
      for (const services::PackedItem& item : parcel->items) items[item.item] += item.count();
    }
    return items;
  }
  if (packing != nullptr) return packing->totals();
  for (const services::Entry& entry : entries) items[entry.item] = 0;
  for (const auto& [item, count] : needs) items[item] = 0;
  // Papers of several sets have names of their own: a booklet of no set would never balance with what rooms are given.
  if (!needs.empty()) return items;
  for (const char* usual : {"booklet/A/", "booklet/B/", "answer_sheet", "seal"}) {
    if (const auto item = services::parse_item(usual)) items.try_emplace(*item, 0);
  }
  return items;
}

// What was typed for an item into a form that was refused; nothing when the form has no such item.
std::optional<std::string> typed_count_of(const Values& form, const std::string& item) {
  for (std::size_t at = 0; form.contains(fmt::format("item_{}", at)); ++at) {
    if (field_of(form, fmt::format("item_{}", at).c_str()) == item) return field_of(form, fmt::format("count_{}", at).c_str());
  }
  return std::nullopt;
}

// Which form of the page was sent and refused: only a handover says where it comes from, only a count has counts besides, only a
// correction names a line.
enum class SentForm { none, handover, count, correction, settings };

SentForm sent_form_of(const Values& form) {
  if (form.contains("from")) return SentForm::handover;
  if (form.contains("number")) return SentForm::correction;
  if (form.contains("version")) return SentForm::settings;
  return form.contains("station") && form.contains("count_0") ? SentForm::count : SentForm::none;
}

json describe_offered(const LedgerWords& words, const std::map<Item, std::int64_t>& items, SentForm own) {
  json rows = json::array();
  const Values& form = words.call.form;
  const bool again = sent_form_of(form) == own;
  for (const auto& [item, count] : items) {
    const std::size_t at = rows.size();
    json row{{"item", services::spell(item)},
             {"name", services::name_of(item, words.sets).in(words.call.language)},
             {"item_field", fmt::format("item_{}", at)},
             {"count_field", fmt::format("count_{}", at)}};
    row["value"] = own == SentForm::handover && count > 0 ? std::to_string(count) : std::string();
    if (again) row["value"] = typed_count_of(form, services::spell(item)).value_or(std::string());
    rows.push_back(std::move(row));
  }
  return rows;
}

// What has no field of its own: every kind of paper of every set that is offered.
json describe_free_items(const LedgerWords& of, const std::map<Item, std::int64_t>& offered, const std::string& chosen) {
  std::set<std::string> sets;
  for (const auto& [item, count] : offered) {
    if (item.booklet != ' ') sets.insert(item.set);
  }
  if (sets.empty()) sets.insert(std::string());
  std::vector<std::string> words{"answer_sheet", "seal"};
  for (const std::string& set : sets) {
    for (const char* kind : {"booklet", "large_print"}) {
      for (const char form : {'A', 'B', 'C', 'D'}) words.push_back(fmt::format("{}/{}/{}", kind, form, set));
    }
  }
  json rows = json::array();
  for (const std::string& word : words) {
    const auto item = services::parse_item(word);
    if (!item || offered.contains(*item)) continue;
    rows.push_back({{"item", word}, {"name", services::name_of(*item, of.sets).in(of.call.language)}, {"chosen", word == chosen}});
  }
  return rows;
}

// The room that a code or the query names.
const services::PackedRoom* room_wanted(const services::Packing& packing, const std::string& room, const std::string& code) {
  for (const services::PackedRoom& one : packing.rooms) {
    if (std::to_string(one.room_no) == room || (!code.empty() && (one.questions.code == code || one.sheets.code == code)))
      return &one;
  }
  return nullptr;
}

json describe_packing(const Call& call, const services::MaterialDesk& desk, const services::Packing& packing) {
  json rooms = json::array();
  for (const services::PackedRoom& room : packing.rooms) {
    std::int64_t booklets = 0;
    for (const services::PackedItem& item : room.questions.items) {
      if (item.item.kind != services::ItemKind::seal) booklets += item.count();
    }
    rooms.push_back({{"room", std::to_string(room.room_no)},
                     {"place", fmt::format("{} {}", room.building, room.floor)},
                     {"people", group_digits(room.people)},
                     {"booklets", group_digits(booklets)},
                     {"sheets", group_digits(room.sheets.items.front().count())},
                     {"codes", room.questions.code + ", " + room.sheets.code},
                     {"address", address_of_venue(call, desk, packing.venue, "materials") +
                                     (desk.book.is_dry_run() ? "&room=" : "?room=") + std::to_string(room.room_no)}});
  }
  json totals = json::array();
  for (const auto& [item, count] : packing.totals())
    totals.push_back({{"item", services::name_of(item, packing.sets).in(call.language)}, {"count", group_digits(count)}});
  const std::string files = fmt::format("/api/v1/exams/{}/venues/{}/packing", encode_percent(desk.book.exam.text()),
                                        encode_percent(packing.venue.text()));
  const std::string query = fmt::format("?language={}{}", code_of(call.language), desk.book.is_dry_run() ? "&run=yes" : "");
  return {{"rooms", std::move(rooms)},
          {"totals", std::move(totals)},
          {"boxes", group_digits(static_cast<long long>(packing.boxes.size()))},
          {"pdf", files + ".pdf" + query},
          {"xlsx", files + ".xlsx" + query},
          {"labels", address_of_venue(call, desk, packing.venue, "material-labels")},
          {"briefing", address_of_venue(call, desk, packing.venue, "briefing")}};
}

json describe_signers(const Call& call, const LedgerWords& words) {
  json rows = json::array();
  for (const services::MaterialSigner& signer : open_signers(call, words.desk)) {
    rows.push_back({{"id", signer.id},
                    {"name", signer.name},
                    {"where", name_of_station(call, signer.station, words.names)},
                    {"by", signer.issued_by},
                    {"at", write_moment(signer.at, words.zone)}});
  }
  return rows;
}

json describe_venues(const Call& call, const services::MaterialDesk& desk, const VenueNames& names) {
  json rows = json::array();
  for (const auto& [code, venue] : names) {
    rows.push_back({{"name", venue.name},
                    {"code", code.text()},
                    {"rooms", group_digits(venue.rooms)},
                    {"people", group_digits(venue.people)},
                    {"address", address_of_venue(call, desk, code, "materials")}});
  }
  return rows;
}

json describe_dry_run(const services::MaterialDesk& desk) {
  json codes = json::array();
  for (const services::InventedSigner& one : services::invent_signers(desk.now))
    codes.push_back({{"name", one.signer.name}, {"code", one.code}});
  return {{"codes", std::move(codes)}};
}

// What only the page of one venue has.
void add_venue_part(const Call& call, const LedgerWords& words, const services::Packing& packing,
                    const services::PackedRoom* room, json& data) {
  data["venue"] = {{"code", packing.venue.text()}, {"name", packing.venue_name}};
  data["packing"] = describe_packing(call, words.desk, packing);
  data["back"] = address_of_materials(call, words.desk);
  if (room != nullptr) data["room"] = {{"number", std::to_string(room->room_no)}};
}

// What only the page of the exam has.
void add_exam_part(const Call& call, const LedgerWords& words, const std::map<Item, std::int64_t>& needs, json& data) {
  const std::string exam = fmt::format("/{}/exams/{}", code_of(call.language), encode_percent(words.desk.book.exam.text()));
  const bool city = call.actor().role == services::Role::exam_officer;
  data["needs_address"] = exam + "/materials?need=yes" + (words.desk.book.is_dry_run() ? "&run=yes" : "");
  if (field_of(call.query, "need") == "yes") {
    json rows = json::array();
    for (const auto& [item, count] : needs)
      rows.push_back({{"item", services::name_of(item, words.sets).in(call.language)}, {"count", group_digits(count)}});
    data["needs"] = {{"any", !rows.empty()}, {"rows", std::move(rows)}};
  }
  data["venues"] = describe_venues(call, words.desk, words.names);
  // Whoever went to another page meanwhile finds the way back, instead of beginning anew.
  services::Book own_run = words.desk.book;
  own_run.run = call.actor().account;
  if (!words.desk.book.is_dry_run() && words.desk.materials.has_dry_run(own_run))
    data["running"] = {{"address", exam + "/materials?run=yes"}};
  if (call.actor().role != services::Role::venue_chief) {
    data["back"] = exam + "/venues";
    data["readiness"] = {{"address", exam + "/briefings" + (words.desk.book.is_dry_run() ? "?run=yes" : "")}};
  }
  if (city && !words.desk.book.is_dry_run()) {
    const services::BookSettings settings = words.desk.materials.find_settings(words.desk.book);
    data["settings"] = {{"version", std::to_string(settings.version)},
                        {"sheets", std::to_string(settings.packing.spare_sheets_per_room)},
                        {"seals", std::to_string(settings.packing.seals_per_envelope)},
                        {"reserve", std::to_string(settings.packing.reserve_booklets_per_venue)},
                        {"envelopes", std::to_string(settings.packing.envelopes_per_box)}};
  }
}

void add_ledger_part(const Call& call, const LedgerWords& words, const std::vector<services::Entry>& entries,
                     const std::optional<VenueCode>& venue, json& data) {
  const services::Balance balance = services::own_balance(words.desk, entries, venue);
  data["agrees"] = balance.agrees();
  data["findings"] = describe_findings(words, balance);
  data["any_finding"] = !data["findings"].empty();
  data["stocks"] = describe_stocks(words, balance);
  data["any_stock"] = !data["stocks"].empty();
  data["open"] = describe_open_acts(words, entries);
  data["any_open"] = !data["open"].empty();
  data["entries"] = describe_entries(words, entries, shown_entries);
  data["any_entry"] = !data["entries"].empty();
  data["signers"] = describe_signers(call, words);
  data["any_signer"] = !data["signers"].empty();
}

void add_handover_form(const Call& call, const LedgerWords& words, const std::vector<services::Entry>& entries,
                       const services::Packing* packing, const services::PackedRoom* room,
                       const std::map<Item, std::int64_t>& needs, json& data) {
  const std::vector<Station> stations = stations_of(words.desk, words.names, packing, entries);
  std::optional<Station> from;
  std::optional<Station> to;
  if (packing != nullptr && words.names.contains(packing->venue)) {
    const services::VenueSummary& venue = words.names.at(packing->venue);
    from = room != nullptr ? venue_station(venue) : district_station(venue.district);
    to = room != nullptr ? venue_station(venue, room->room_no) : venue_station(venue);
  }
  // A form that was refused stays as it was filled in.
  if (const auto typed = services::parse_station(field_of(call.form, "from"))) from = typed;
  if (const auto typed = services::parse_station(field_of(call.form, "to"))) to = typed;
  // Two fields that begin with the same place would be sent so: where nothing is known, a place is chosen.
  data["from_chosen"] = from.has_value();
  data["to_chosen"] = to.has_value();
  data["from_stations"] = describe_stations(call, stations, words.names, from);
  data["to_stations"] = describe_stations(call, stations, words.names, to);
  const std::map<Item, std::int64_t> items = offered_items(entries, packing, room, needs);
  data["offered"] = describe_offered(words, items, SentForm::handover);
  data["counted_items"] = describe_offered(words, items, SentForm::count);
  data["counting"] = sent_form_of(call.form) == SentForm::count;
  const std::string free_item = fmt::format("item_{}", items.size());
  const std::string free_count = fmt::format("count_{}", items.size());
  const bool again = sent_form_of(call.form) == SentForm::handover;
  data["free_item_field"] = free_item;
  data["free_count_field"] = free_count;
  data["free_count"] = again ? field_of(call.form, free_count.c_str()) : std::string();
  data["free_items"] = describe_free_items(words, items, again ? field_of(call.form, free_item.c_str()) : std::string());
}

// For the city, of a hundred venues, only when it asks; a district has few.
std::map<Item, std::int64_t> needs_to_show(const Call& call, const services::MaterialDesk& desk) {
  const bool few = desk.book.is_dry_run() || call.actor().role == services::Role::district_coordinator;
  if (few || field_of(call.query, "need") == "yes") return services::sum_own_needs(desk);
  return {};
}

// Corrections and settings that were refused come back as they were typed. They keep what their sender had looked at, so that a
// second try does not write over somebody else unawares; whoever was refused for that sees the newest state and may go on.
void give_back_typed(const LedgerWords& words, const std::vector<services::Entry>& entries, const MaterialsView& view, json& data) {
  const Values& form = words.call.form;
  const SentForm sent = view.refused == nullptr ? SentForm::none : sent_form_of(form);
  const bool late = view.status == 409;
  std::int64_t seen = entries.empty() ? 0 : entries.back().number;
  data["correction"] = {{"number", ""}, {"right", ""}, {"why", ""}};
  if (sent == SentForm::correction) {
    data["correction"] = {{"number", field_of(form, "number")}, {"right", field_of(form, "count")}, {"why", field_of(form, "reason")}};
    // A line of another venue may be named too: the page has all that is newer before its eyes only in the whole ledger.
    if (late) seen = services::list_own_entries(words.desk, std::nullopt).back().number;
  }
  const bool keeps = sent == SentForm::correction && !late && form.contains("seen");
  data["correction"]["seen"] = keeps ? field_of(form, "seen") : std::to_string(seen);
  if (sent != SentForm::settings || !data.contains("settings")) return;
  for (const char* name : {"sheets", "seals", "reserve", "envelopes"}) {
    if (form.contains(name)) data["settings"][name] = field_of(form, name);
  }
  if (!late) data["settings"]["version"] = field_of(form, "version");
}

Response show_ledger(const Call& call, const services::MaterialDesk& desk, const MaterialsView& view) {
  const Pages& pages = call.site.pages();
  const services::LiveExam& exam = call.live_exam();
  std::optional<services::Packing> packing;
  if (view.venue) packing = services::open_packing(desk, *view.venue);
  const VenueNames names = own_venue_names(desk);
  const LedgerWords words{call, desk, names, exam.time_zone, set_names_of(desk)};
  std::string parcel;
  if (packing && !field_of(call.query, "parcel").empty()) {
    const services::ReadParcel read = services::read_typed_parcel(desk, field_of(call.query, "parcel"));
    parcel = services::parcel_code(desk.book.exam, read.venue, read.kind, read.number);
  }
  const services::PackedRoom* room = packing ? room_wanted(*packing, field_of(call.query, "room"), parcel) : nullptr;
  const std::vector<services::Entry> entries = services::list_own_entries(desk, view.venue);
  Page page{.name = "materials", .title = pages.text(call.language, "materials.title")};
  page.data = {{"exam", {{"name", call.language == Language::korean ? exam.name_ko : exam.name_en}, {"on", write_day(exam.exam_on, call.language)}}},
               {"action", fmt::format("/{}/exams/{}/materials", code_of(call.language), encode_percent(desk.book.exam.text()))},
               {"city", call.actor().role == services::Role::exam_officer},
               {"run", desk.book.is_dry_run() ? "yes" : "no"},
               {"is_dry_run", desk.book.is_dry_run()},
               {"form_token", call.form_token}};
  if (desk.book.is_dry_run()) page.data["dry_run"] = describe_dry_run(desk);
  if (!parcel.empty()) page.data["parcel"] = {{"code", parcel}, {"known", packing->find(parcel) != nullptr}};
  if (!view.new_code.empty()) page.data["new_code"] = {{"code", view.new_code}};
  std::map<Item, std::int64_t> needs;
  if (!packing) needs = needs_to_show(call, desk);
  if (packing)
    add_venue_part(call, words, *packing, room, page.data);
  else
    add_exam_part(call, words, needs, page.data);
  add_ledger_part(call, words, entries, view.venue, page.data);
  add_handover_form(call, words, entries, packing ? &*packing : nullptr, room, needs, page.data);
  give_back_typed(words, entries, view, page.data);
  FormView form;
  if (view.refused != nullptr) {
    form.add_fault("", view.refused->message().in(call.language));
    page.status = view.status;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  form.describe(page.data);
  Response response = show(call, page);
  // Codes of envelopes are read by the camera of the own device.
  response.set_header("Permissions-Policy", "camera=(self), geolocation=(), microphone=()");
  return response;
}

// The page that the form stands on, with what was typed and why it was refused.
Response show_refused_ledger(const Call& call, const services::MaterialDesk& desk, const InvalidInput& refused, int status) {
  MaterialsView view;
  view.refused = &refused;
  view.status = status;
  if (!field_of(call.form, "venue").empty()) view.venue = VenueCode(field_of(call.form, "venue"));
  return show_ledger(call, desk, view);
}

// Does what a form asks, and leads back; shows the page again with what is wrong.
template <class Work>
Response work_on_ledger(const Call& call, Work work) {
  const services::MaterialDesk desk = material_desk(call);
  try {
    work(desk);
  } catch (const InvalidInput& refused) {
    return show_refused_ledger(call, desk, refused, 422);
  } catch (const NotAllowed& refused) {
    // Whoever mistypes a code, or signs both ends, does not count everything anew.
    return show_refused_ledger(call, desk, InvalidInput(refused.code(), refused.message()), 403);
  } catch (const services::LedgerChanged& late) {
    return show_refused_ledger(call, desk, InvalidInput(late.code(), late.message()), 409);
  }
  return redirect(address_after(call, desk));
}

}  // namespace

Response show_materials(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const std::string typed = field_of(call.query, "parcel");
  if (typed.empty()) return show_ledger(call, desk, {});
  try {
    // A code leads to the page of its venue.
    const services::ReadParcel read = services::read_typed_parcel(desk, typed);
    services::open_packing(desk, read.venue);
    return redirect(fmt::format("{}{}parcel={}", address_of_venue(call, desk, read.venue, "materials"),
                                desk.book.is_dry_run() ? "&" : "?",
                                encode_percent(services::parcel_code(desk.book.exam, read.venue, read.kind, read.number))));
  } catch (const InvalidInput& refused) {
    MaterialsView view;
    view.refused = &refused;
    return show_ledger(call, desk, view);
  }
}

Response show_venue_materials(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  MaterialsView view;
  view.venue = VenueCode(call.path.at("venue_code"));
  return show_ledger(call, desk, view);
}

Response save_shown_settings(const Call& call) {
  return work_on_ledger(call, [&](const services::MaterialDesk& desk) {
    // What is not sent stays as it is.
    services::PackingSettings wanted = desk.materials.find_settings(desk.book).packing;
    const auto take = [&](const char* name, int& into) {
      if (call.form.contains(name))
        into = static_cast<int>(std::min<std::int64_t>(count_in_form(call.form, name), 1'000'000));
    };
    take("sheets", wanted.spare_sheets_per_room);
    take("seals", wanted.seals_per_envelope);
    take("reserve", wanted.reserve_booklets_per_venue);
    take("envelopes", wanted.envelopes_per_box);
    services::save_packing_settings(desk, wanted, count_in_form(call.form, "version"));
  });
}

Response hand_over_shown(const Call& call) {
  return work_on_ledger(call, [&](const services::MaterialDesk& desk) {
    services::hand_over(desk, field_of(call.form, "from"), field_of(call.form, "to"), items_in_form(call.form),
                        field_of(call.form, "parcel"), field_of(call.form, "code"));
  });
}

Response receive_shown(const Call& call) {
  return work_on_ledger(call, [&](const services::MaterialDesk& desk) {
    const std::string act = field_of(call.form, "act");
    std::vector<std::int64_t> counts;
    for (std::size_t at = 0; call.form.contains(fmt::format("count_{}", at)); ++at)
      counts.push_back(count_in_form(call.form, fmt::format("count_{}", at)));
    if (act.empty()) {
      throw InvalidInput("bad_request", {"Choose the handover that you confirm.", "확인할 인계 내역을 고르십시오."});
    }
    services::receive(desk, act, counts, field_of(call.form, "code"));
  });
}

Response count_shown(const Call& call) {
  return work_on_ledger(call, [&](const services::MaterialDesk& desk) {
    services::count_stock(desk, field_of(call.form, "station"), items_in_form(call.form));
  });
}

Response correct_shown(const Call& call) {
  return work_on_ledger(call, [&](const services::MaterialDesk& desk) {
    const std::int64_t number = count_in_form(call.form, "number");
    std::optional<std::int64_t> seen;
    if (call.form.contains("seen")) seen = count_in_form(call.form, "seen");
    services::correct(desk, number, count_in_form(call.form, "count"), field_of(call.form, "reason"), seen);
  });
}

Response issue_shown_signer(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  MaterialsView view;
  if (!field_of(call.form, "venue").empty()) view.venue = VenueCode(field_of(call.form, "venue"));
  try {
    view.new_code = services::issue_signer(desk, field_of(call.form, "station"), field_of(call.form, "name"));
    return show_ledger(call, desk, view);
  } catch (const InvalidInput& refused) {
    view.refused = &refused;
    return show_ledger(call, desk, view);
  }
}

Response step_shown_dry_run(const Call& call) {
  services::MaterialDesk desk = material_desk(call, false);
  desk.book.run = call.actor().account;
  if (field_of(call.form, "step") == "begin") {
    services::begin_dry_run(desk);
    return redirect(address_of_materials(call, desk));
  }
  services::end_dry_run(desk);
  desk.book.run.clear();
  return redirect(address_of_materials(call, desk));
}

}  // namespace hanjari::web
