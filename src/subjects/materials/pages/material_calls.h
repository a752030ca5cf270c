// What pages and API of materials share: the desk of a call, and entries as the use cases want them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/materials/briefing.h"
#include "hanjari/materials/materials.h"
#include "hanjari/materials/set_names.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// `dry`: the dry run of the account. Throws NotFound (no_materials) where this program keeps none, Conflict (no_dry_run).
services::MaterialDesk material_desk(const Call& call, bool dry);
// Of a page by its query or form, "run".
services::MaterialDesk material_desk(const Call& call);
bool asks_dry_run(const Call& call);
services::BriefingRepository& briefings_of(const Call& call);

std::string address_of_materials(const Call& call, const services::MaterialDesk& desk);
// materials, briefing, ... of the venue.
std::string address_of_venue(const Call& call, const services::MaterialDesk& desk, const VenueCode& venue, const char* page);
// Where a form leads back to: the page of the venue that it names, else the one of the exam.
std::string address_after(const Call& call, const services::MaterialDesk& desk);

// Names of the venues of the live plan that may be shown.
using VenueNames = std::map<VenueCode, services::VenueSummary>;
VenueNames own_venue_names(const services::MaterialDesk& desk);
// Of the exam of the live plan; of a dry run those of the invented school.
services::SetNames set_names_of(const services::MaterialDesk& desk);
std::string name_of_station(const Call& call, const services::Station& station, const VenueNames& names);
std::string name_of_finding(const Call& call, services::FindingKind kind);

// item_0, count_0, ...; what has no count is left out. Throws InvalidInput (bad_count, bad_item).
std::vector<services::ItemCount> items_in_form(const Values& form);
// {"booklet/A/": 30, ...}. Throws InvalidInput (bad_request, bad_item).
std::vector<services::ItemCount> items_in_body(const nlohmann::json& body);
// A whole number from 0. Throws InvalidInput (bad_count).
std::int64_t count_in_form(const Values& form, const std::string& name);

// An officer's or a coordinator's names were opened: recorded before they are shown.
std::vector<services::MaterialSigner> open_signers(const Call& call, const services::MaterialDesk& desk);

}  // namespace hanjari::web
