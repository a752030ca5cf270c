// Whose signature an entry bears, and what two of them must not have in common.
#pragma once

#include <optional>
#include <string>

#include "hanjari/materials/materials.h"

namespace hanjari::services {

struct Signature {
  std::string signer{};     // as entries have it
  std::string issued_by{};  // account that issued the code; empty for an account's own
};

// One refusal for what is another district's and for what is not there.
[[noreturn]] void throw_not_own_station();
// By the account where no code is given, else by the code, whose person must sign for the station. Throws NotAllowed
// (not_your_venue, wrong_code, too_many_attempts).
Signature sign_for(const MaterialDesk& desk, const Station& station, const std::string& code);
// The signature of an entry that is there.
Signature signature_of(const MaterialDesk& desk, const Entry& entry);
// Throws NotAllowed (same_person).
void require_two_people(const Signature& giver, const Signature& receiver);

}  // namespace hanjari::services
