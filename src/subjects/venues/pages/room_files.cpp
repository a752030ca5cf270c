#include "venues/pages/room_files.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/site/site.h"
#include "intake/pages/files/attachment_view.h"
#include "venues/pages/offer_calls.h"

namespace hanjari::web {
namespace {

constexpr const char* type_of_room_workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t longest_marked = 1'400'000;

std::string_view sent_room_file(const Call& call) {
  for (const FormPart& part : call.files) {
    if (part.name == "file" && !part.content.empty()) return part.content;
  }
  return {};
}

package::Encoding encoding_of_rooms(const std::string& word) {
  return package::parse_encoding(word).value_or(package::Encoding::utf8);
}

// The headings are the names of the columns, so that the file is read again as it was written.
documents::Sheet sheet_of_rooms(const std::vector<Room>& rooms) {
  documents::Sheet sheet;
  sheet.name = "rooms";
  sheet.headings = {{"room_no", 10},       {"building", 18},        {"floor", 10},   {"row_count", 11},
                    {"column_count", 13},  {"row_pitch_cm", 13},    {"column_pitch_cm", 16}, {"blocked", 24},
                    {"people_cap", 11},    {"features", 12},        {"use", 10}};
  const auto whole = [](int number) { return documents::SheetCell(static_cast<std::int64_t>(number)); };
  const auto text = [](std::string words) {
    return words.empty() ? documents::SheetCell() : documents::SheetCell(std::move(words));
  };
  for (const Room& room : rooms) {
    sheet.rows.push_back({whole(room.room_no), text(room.building), text(room.floor), whole(room.row_count),
                          whole(room.column_count), whole(room.row_pitch_cm), whole(room.column_pitch_cm),
                          text(spell_desks(room.blocked)), room.people_cap ? whole(*room.people_cap) : documents::SheetCell(),
                          text(room.accessible ? "accessible" : ""), text(std::string(spell(room.use)))});
  }
  return sheet;
}

Response room_workbook(std::string bytes, int status, std::string_view name) {
  Response response;
  response.status = status;
  response.type = type_of_room_workbook;
  response.body = std::move(bytes);
  response.set_header("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

}  // namespace

std::vector<Room> rooms_of_form(const Call& call, package::BadCells& bad) {
  const std::string_view file = sent_room_file(call);
  if (!file.empty()) return services::read_room_list(file, encoding_of_rooms(field_of(call.form, "encoding")), &bad);
  return services::read_room_list(field_of(call.form, "rooms"), package::Encoding::utf8);
}

std::string name_of_sent_rooms(const Call& call) {
  for (const FormPart& part : call.files) {
    if (part.name == "file" && !part.content.empty()) return shown_name(part.file_name.value_or(""));
  }
  return call.site.pages().text(call.language, "offers.pasted_rows");
}

std::string address_of_marked(const Call& call, const package::BadCells& bad) {
  const std::string marked = services::mark_room_list(sent_room_file(call), bad, call.language);
  if (marked.empty() || marked.size() > longest_marked) return {};
  return services::address_with_content(type_of_room_workbook, marked);
}

Response download_room_workbook(const Call& call) {
  const OffersCall of = offers_of(call);
  const services::VenueOffer offer =
      services::open_offer(of.offers, call.actor(), of.exam, VenueCode(call.path.at("venue_code")));
  return room_workbook(documents::render_workbook({sheet_of_rooms(offer.rooms)}), 200, services::room_workbook_name);
}

Response send_rooms_by_api(const Call& call) {
  const OffersCall of = offers_of(call);
  services::VenueOffer offer =
      services::open_offer(of.offers, call.actor(), of.exam, VenueCode(call.path.at("venue_code")));
  offer.version = offer_version_in(field_of(call.query, "version"));
  package::BadCells bad;
  try {
    offer.rooms = services::read_room_list(call.request.body, package::Encoding::utf8, &bad);
  } catch (const InvalidInput&) {
    if (field_of(call.query, "marked") != "yes") throw;
    std::string marked = services::mark_room_list(call.request.body, bad, call.language);
    if (marked.empty()) throw;
    return room_workbook(std::move(marked), 422, "rooms-marked.xlsx");
  }
  const services::VenueOffer saved = services::save_own_offer(of.offers, call.actor(), std::move(offer), call.site.now());
  return answer_json({{"venue_code", saved.code.text()},
                      {"state", services::spell(saved.state)},
                      {"version", saved.version},
                      {"rooms", saved.rooms.size()}});
}

}  // namespace hanjari::web
