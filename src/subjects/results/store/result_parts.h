// The sealed files of packages and decisions, which only programs of the office open.
#pragma once

#include <string>
#include <string_view>

#include "audit/store.h"

namespace hanjari::storage {

// Inside the transaction that adds the owner: a package_id or a decision_id.
void insert_result_file(Connection& connection, const Store& store, const std::string& owner,
                        const std::string& exam, const std::string& name, std::string_view content);

// Throws NotFound (results_destroyed) when there is no such file (any more).
std::string read_result_file(Connection& connection, const Store& store, const std::string& owner,
                             const std::string& name);

}  // namespace hanjari::storage
