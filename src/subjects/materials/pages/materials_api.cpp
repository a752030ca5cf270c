#include "materials/pages/materials_api.h"

#include <algorithm>
#include <cstdint>

#include "hanjari/base/error.h"
#include "materials/pages/ledger_view.h"
#include "materials/pages/material_calls.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Response answer_ledger(const services::MaterialDesk& desk, const std::optional<VenueCode>& venue) {
  const auto entries = services::list_own_entries(desk, venue);
  return answer_json(ledger_json(entries, services::own_balance(desk, entries, venue)));
}

services::MaterialDesk desk_of_body(const Call& call, const json& body) {
  return material_desk(call, flag_in(body, "dry_run"));
}

std::vector<std::int64_t> counts_in(const json& body) {
  std::vector<std::int64_t> counts;
  const auto found = body.find("counts");
  if (found == body.end()) return counts;
  const bool listed = found->is_array();
  for (std::size_t at = 0; listed && at < found->size(); ++at) {
    if (!(*found)[at].is_number_unsigned()) break;
    counts.push_back((*found)[at].get<std::int64_t>());
  }
  if (!listed || counts.size() != found->size()) {
    throw InvalidInput("bad_request", {"'counts' is a list of whole numbers from 0, one for each item of the handover.",
                                       "'counts' 값은 인계한 품목마다 0 이상의 정수를 하나씩 적은 목록이어야 합니다."});
  }
  return counts;
}

ordered_json settings_json(const services::BookSettings& settings) {
  return {{"version", settings.version},
          {"sheets", settings.packing.spare_sheets_per_room},
          {"seals", settings.packing.seals_per_envelope},
          {"reserve", settings.packing.reserve_booklets_per_venue},
          {"envelopes", settings.packing.envelopes_per_box}};
}

}  // namespace

Response describe_ledger_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  std::optional<VenueCode> venue;
  if (!field_of(call.query, "venue").empty()) {
    venue = VenueCode(field_of(call.query, "venue"));
    services::open_packing(desk, *venue);
  }
  return answer_ledger(desk, venue);
}

Response hand_over_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = desk_of_body(call, body);
  const std::string act = services::hand_over(desk, text_in(body, "from"), text_in(body, "to"), items_in_body(body),
                                              text_in(body, "parcel"), text_in(body, "code"));
  return answer_json({{"act", act}});
}

Response receive_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = desk_of_body(call, body);
  const std::string act = text_in(body, "act");
  if (act.empty()) {
    throw InvalidInput("bad_request", {"'act' names the handover that is confirmed.", "'act'에 확인할 인계 내역을 적으십시오."});
  }
  services::receive(desk, act, counts_in(body), text_in(body, "code"));
  return answer_json({{"act", act}});
}

Response count_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = desk_of_body(call, body);
  services::count_stock(desk, text_in(body, "station"), items_in_body(body));
  return answer_ledger(desk, std::nullopt);
}

Response correct_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = desk_of_body(call, body);
  const auto number = count_in(body, "entry");
  const auto count = count_in(body, "count");
  if (!number || !count) {
    throw InvalidInput("bad_request", {"Name the 'entry' and the 'count' that is right.", "'entry'와 올바른 'count'를 적으십시오."});
  }
  services::correct(desk, *number, *count, text_in(body, "reason"), count_in(body, "seen"));
  return answer_ledger(desk, std::nullopt);
}

Response issue_signer_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = desk_of_body(call, body);
  return answer_json({{"code", services::issue_signer(desk, text_in(body, "station"), text_in(body, "name"))}});
}

Response read_parcel_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call);
  const services::ReadParcel read = services::read_typed_parcel(desk, field_of(call.query, "parcel"));
  const services::Packing packing = services::open_packing(desk, read.venue);
  const std::string code = services::parcel_code(desk.book.exam, read.venue, read.kind, read.number);
  return answer_json({{"code", code},
                      {"venue", read.venue.text()},
                      {"kind", std::string(1, services::letter_of(read.kind))},
                      {"number", read.number},
                      {"packed", packing.find(code) != nullptr}});
}

Response describe_settings_by_api(const Call& call) {
  const services::MaterialDesk desk = material_desk(call, false);
  return answer_json(settings_json(desk.materials.find_settings(desk.book)));
}

Response save_settings_by_api(const Call& call) {
  const json body = read_json(call);
  const services::MaterialDesk desk = material_desk(call, false);
  // What is not sent stays as it is.
  services::PackingSettings wanted = desk.materials.find_settings(desk.book).packing;
  const auto take = [&](const char* name, int& into) {
    if (const auto count = count_in(body, name)) into = static_cast<int>(std::min<std::int64_t>(*count, services::most_of_an_item));
  };
  take("sheets", wanted.spare_sheets_per_room);
  take("seals", wanted.seals_per_envelope);
  take("reserve", wanted.reserve_booklets_per_venue);
  take("envelopes", wanted.envelopes_per_box);
  services::save_packing_settings(desk, wanted, count_in(body, "version").value_or(0));
  return describe_settings_by_api(call);
}

Response step_dry_run_by_api(const Call& call) {
  const std::string step = text_in(read_json(call), "step");
  services::MaterialDesk desk = material_desk(call, false);
  desk.book.run = call.actor().account;
  if (step == "end") {
    services::end_dry_run(desk);
    return answer_json({{"running", false}});
  }
  if (step != "begin") throw InvalidInput("bad_request", {"'step' is begin or end.", "'step' 값은 begin 또는 end입니다."});
  services::begin_dry_run(desk);
  ordered_json answer{{"running", true}, {"signers", ordered_json::array()}};
  for (const services::InventedSigner& one : services::invent_signers(desk.now))
    answer["signers"].push_back({{"name", one.signer.name}, {"station", services::spell(one.signer.station)}, {"code", one.code}});
  return answer_json(answer);
}

}  // namespace hanjari::web
