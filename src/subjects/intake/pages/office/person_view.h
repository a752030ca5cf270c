// One application in the words of the office.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/intake/office_table.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// facts: what the form says and where the application stands.
nlohmann::json describe_person_facts(const Call& call, const services::PersonFile& person);
// Of each item that was asked for: its word, name, reason, documents, and how it was decided.
nlohmann::json describe_items(const Call& call, const services::PersonFile& person);
// Of the photo and each document.
std::string file_address(const Call& call, const Application& application, const AttachmentId& file);

}  // namespace hanjari::web
