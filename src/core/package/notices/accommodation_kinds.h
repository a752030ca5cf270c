// The accommodations that a notice offers, in recruitment.json and as a table.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/domain/recruitment.h"
#include "hanjari/package/csv.h"
#include "package/json_reader.h"

namespace hanjari::package {

// The key `accommodation_kinds`. Empty where all are offered as they are without a word of the notice.
std::vector<OfferedAccommodation> read_accommodation_kinds(JsonObject& root);
// null where the list is empty.
nlohmann::json accommodation_kinds_as_json(const std::vector<OfferedAccommodation>& kinds);

// A notice that says nothing of it has every kind in its table: what applicants are offered then.
std::string write_accommodations_table(const Recruitment& notice);
std::vector<OfferedAccommodation> read_accommodations_table(const std::string& text, Faults& faults,
                                                            std::vector<Fault>& warnings);

}  // namespace hanjari::package
