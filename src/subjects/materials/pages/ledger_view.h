// The ledger as rows of a page and of the API.
#pragma once

#include <nlohmann/json.hpp>

#include "materials/pages/material_calls.h"

namespace hanjari::web {

struct LedgerWords {
  const Call& call;
  const services::MaterialDesk& desk;
  const VenueNames& names;
  std::string zone;
  services::SetNames sets;  // what sets of questions are called
};
nlohmann::json describe_findings(const LedgerWords& words, const services::Balance& balance);
nlohmann::json describe_stocks(const LedgerWords& words, const services::Balance& balance);
// What was given and nobody has received, one row for each act with its items.
nlohmann::json describe_open_acts(const LedgerWords& words, const std::vector<services::Entry>& entries);
// The newest first, at most this many.
nlohmann::json describe_entries(const LedgerWords& words, const std::vector<services::Entry>& entries, std::size_t most);

nlohmann::ordered_json ledger_json(const std::vector<services::Entry>& entries, const services::Balance& balance);

}  // namespace hanjari::web
