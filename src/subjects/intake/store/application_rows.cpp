#include "intake/store/application_rows.h"

namespace hanjari::storage {

std::string changed_fields(const ApplicationForm& before, const ApplicationForm& after) {
  std::string names;
  const auto note = [&](const char* name, bool differs) {
    if (differs) names += (names.empty() ? "" : ";") + std::string(name);
  };
  note("unit", before.unit != after.unit);
  note("name", before.name != after.name);
  note("identity", before.identity_hash != after.identity_hash);
  note("phone", before.phone != after.phone);
  note("email", before.email != after.email);
  note("address", before.address != after.address || before.area != after.area || before.home != after.home);
  note("residence", before.residence != after.residence);
  note("licence", before.licence != after.licence || before.licence_number != after.licence_number);
  note("quota_proof", before.quota_proof != after.quota_proof);
  note("waiver_proof", before.waiver_proof != after.waiver_proof);
  note("electives", before.electives != after.electives);
  note("bonuses", before.bonuses != after.bonuses);
  note("accommodations", before.accommodations != after.accommodations);
  note("photo", before.photo != after.photo);
  return names;
}

}  // namespace hanjari::storage
