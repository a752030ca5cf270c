#include "materials/pages/material_calls.h"

#include <memory>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/venues/venue_chiefs.h"

namespace hanjari::web {
namespace {

using services::Item;
using services::ItemCount;
using services::Station;
using services::StationKind;

constexpr std::size_t most_items_sent = 60;

Item read_item(const std::string& words) {
  const auto item = services::parse_item(clean_line(words));
  if (item) return *item;
  throw InvalidInput("bad_item", {fmt::format("'{}' is no item. Write booklet/A/SET, large_print/A/SET, answer_sheet or seal.", words.substr(0, 60)),
                                  fmt::format("품목을 알 수 없습니다: {}. booklet/A/과목, large_print/A/과목, answer_sheet, seal처럼 적으십시오.", words.substr(0, 60))});
}

[[noreturn]] void refuse_material_count(const std::string& typed) {
  throw InvalidInput("bad_count", {fmt::format("'{}' is no count. Write a whole number from 0.", typed.substr(0, 40)),
                                   fmt::format("수량을 0 이상의 정수로 적으십시오: {}", typed.substr(0, 40))});
}

std::int64_t read_material_count(const std::string& typed) {
  constexpr std::int64_t most = 1'000'000'000'000;  // as count_in takes
  const auto number = parse_typed_integer(typed, "sheets");
  if (number && *number >= 0 && *number <= most) return *number;
  refuse_material_count(typed);
}

// Of a chief the venue that was given to the account in this exam, of others those of the district.
class OwnVenuesOfAccounts : public services::OwnVenues {
 public:
  explicit OwnVenuesOfAccounts(std::optional<VenueCode> of_chief) : of_chief_(std::move(of_chief)) {}
  bool has(const services::Actor& actor, const ExamCode& exam, const VenueCode& venue, const DistrictCode& district) const override {
    if (actor.role != services::Role::venue_chief) return services::VenuesOfDistrict().has(actor, exam, venue, district);
    return of_chief_ && *of_chief_ == venue;
  }

 private:
  std::optional<VenueCode> of_chief_;
};

// Asked once for a call: pages look at many venues.
std::shared_ptr<const services::OwnVenues> own_venues_of(const Call& call) {
  std::optional<VenueCode> of_chief;
  if (call.site.venue_chiefs() != nullptr)
    of_chief = services::find_own_venue(*call.site.venue_chiefs(), call.actor(), ExamCode(call.path.at("code")));
  return std::make_shared<OwnVenuesOfAccounts>(std::move(of_chief));
}

}  // namespace

bool asks_dry_run(const Call& call) {
  return field_of(call.request.method == Method::post ? call.form : call.query, "run") == "yes";
}

services::MaterialDesk material_desk(const Call& call, bool dry) {
  if (call.site.materials() == nullptr) {
    throw NotFound("no_materials", {"This program keeps no ledger of materials.", "이 프로그램은 문답지 수불을 관리하지 않습니다."});
  }
  services::MaterialDesk desk{*call.site.materials(), call.site.plans(), call.site.attempts(), own_venues_of(call), call.actor(),
                              {ExamCode(call.path.at("code")), {}}, call.site.now()};
  if (!dry) return desk;
  desk.book.run = call.actor().account;
  if (!desk.materials.has_dry_run(desk.book))
    throw Conflict("no_dry_run", {"The dry run is over. Begin it again.", "연습이 끝났습니다. 다시 시작하십시오."});
  return desk;
}

services::MaterialDesk material_desk(const Call& call) {
  return material_desk(call, asks_dry_run(call));
}

services::BriefingRepository& briefings_of(const Call& call) {
  if (call.site.briefings() != nullptr) return *call.site.briefings();
  throw NotFound("no_materials", {"This program keeps no check lists.", "이 프로그램은 점검표를 관리하지 않습니다."});
}

std::string address_of_materials(const Call& call, const services::MaterialDesk& desk) {
  return fmt::format("/{}/exams/{}/materials{}", code_of(call.language), encode_percent(desk.book.exam.text()),
                     desk.book.is_dry_run() ? "?run=yes" : "");
}

std::string address_of_venue(const Call& call, const services::MaterialDesk& desk, const VenueCode& venue, const char* page) {
  return fmt::format("/{}/exams/{}/venues/{}/{}{}", code_of(call.language), encode_percent(desk.book.exam.text()),
                     encode_percent(venue.text()), page, desk.book.is_dry_run() ? "?run=yes" : "");
}

std::string address_after(const Call& call, const services::MaterialDesk& desk) {
  const VenueCode venue(field_of(call.form, "venue"));
  return venue.empty() ? address_of_materials(call, desk) : address_of_venue(call, desk, venue, "materials");
}

VenueNames own_venue_names(const services::MaterialDesk& desk) {
  VenueNames names;
  if (desk.book.is_dry_run()) {
    const PlannedExam invented = services::invent_venue(desk.book.exam);
    services::VenueSummary venue;
    venue.code = services::dry_run_venue;
    venue.name = invented.exam.venues.front().name;
    venue.district = services::dry_run_district;
    venue.rooms = static_cast<std::int64_t>(invented.exam.rooms.size());
    venue.people = static_cast<std::int64_t>(invented.exam.applicants.size());
    names[venue.code] = venue;
    return names;
  }
  for (services::VenueSummary& venue : desk.plans.list_venues(desk.book.exam, std::nullopt)) {
    Station place;
    place.kind = StationKind::venue;
    place.district = venue.district;
    place.venue = venue.code;
    if (venue.people > 0 && services::reaches(desk, place)) names[venue.code] = std::move(venue);
  }
  return names;
}

services::SetNames set_names_of(const services::MaterialDesk& desk) {
  if (desk.book.is_dry_run()) return services::name_sets(services::invent_venue(desk.book.exam).exam.units);
  return services::name_sets(desk.plans.list_units(desk.book.exam));
}

std::string name_of_station(const Call& call, const Station& station, const VenueNames& names) {
  const std::string kind = services::name_of(station.kind).in(call.language);
  if (station.kind < StationKind::district) return kind;
  if (station.kind == StationKind::district) {
    if (station.district == services::dry_run_district) return call.site.pages().text(call.language, "materials.dry_run_district");
    const std::string name = name_of_district(station.district.text()).in(call.language);
    return fmt::format("{} {}", kind, name.empty() ? station.district.text() : name);
  }
  const auto found = names.find(station.venue);
  const std::string venue = found == names.end() ? station.venue.text() : found->second.name;
  if (station.kind == StationKind::venue) return fmt::format("{} ({})", venue, station.venue.text());
  return fmt::format("{} ({}) · {} {}", venue, station.venue.text(), kind, station.room_no);
}

std::string name_of_finding(const Call& call, services::FindingKind kind) {
  const Pages& pages = call.site.pages();
  switch (kind) {
    case services::FindingKind::lost_on_way:
      return pages.text(call.language, "materials.lost_on_way");
    case services::FindingKind::too_many_on_way:
      return pages.text(call.language, "materials.too_many_on_way");
    case services::FindingKind::not_received:
      return pages.text(call.language, "materials.not_received");
    case services::FindingKind::overdrawn:
      return pages.text(call.language, "materials.overdrawn");
    case services::FindingKind::missing:
      return pages.text(call.language, "materials.missing");
    case services::FindingKind::surplus:
      break;
  }
  return pages.text(call.language, "materials.surplus");
}

std::int64_t count_in_form(const Values& form, const std::string& name) {
  return read_material_count(field_of(form, name.c_str()));
}

std::vector<ItemCount> items_in_form(const Values& form) {
  std::vector<ItemCount> items;
  for (std::size_t at = 0; at < most_items_sent; ++at) {
    const std::string count = field_of(form, fmt::format("count_{}", at).c_str());
    const std::string item = field_of(form, fmt::format("item_{}", at).c_str());
    if (is_blank_text(count) || is_blank_text(item)) continue;
    items.push_back({read_item(item), read_material_count(count)});
  }
  return items;
}

std::vector<ItemCount> items_in_body(const nlohmann::json& body) {
  std::vector<ItemCount> items;
  const auto found = body.find("items");
  if (found == body.end()) return items;
  if (!found->is_object() || found->size() > most_items_sent) {
    throw InvalidInput("bad_request", {"'items' is an object of counts by item.", "'items' 값은 품목별 수량의 객체여야 합니다."});
  }
  for (const auto& [item, count] : found->items()) {
    if (!count.is_number_unsigned()) refuse_material_count(count.dump());
    items.push_back({read_item(item), count_in(*found, item.c_str()).value_or(0)});
  }
  return items;
}

std::vector<services::MaterialSigner> open_signers(const Call& call, const services::MaterialDesk& desk) {
  std::vector<services::MaterialSigner> signers = services::list_own_signers(desk);
  if (signers.empty() || desk.book.is_dry_run()) return signers;
  services::AuditNote note{"material_signers.read", desk.book.exam.text(), fmt::format("{} names", signers.size())};
  note.exam = desk.book.exam.text();
  call.site.access().record_access(services::change_of(call.actor(), "", call.site.now()), note);
  return signers;
}

}  // namespace hanjari::web
