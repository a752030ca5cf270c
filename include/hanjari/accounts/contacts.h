// Where messages to an applicant go, as it is typed.
#pragma once

#include "hanjari/accounts/accounts.h"
#include "hanjari/domain/contact.h"

namespace hanjari::services {

// An address of e-mail or a mobile number; nothing when it is neither, and `fault` says what is wrong.
std::optional<Contact> read_contact(std::string_view typed, ContactFault& fault);

}  // namespace hanjari::services
