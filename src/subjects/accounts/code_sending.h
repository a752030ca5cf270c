// How many codes may be sent, and what becomes of the count when they arrive.
#pragma once

#include <optional>
#include <string>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"

namespace hanjari::services {

// Codes cost money and annoy whoever did not ask for them; whole schools and networks of telephones share an address. So
//   a mailbox or telephone gets 5 an hour from one source and 15 from all, however it is spelt; a device that was in with its account has 5 of its
//   own, all of an account 15
//   a source is borne 30 an hour of each channel that nobody has entered: a code that is entered is taken back, and each
//   account that it made bears one more, up to 500, so that a class that begins at once is through in minutes while
//   whoever sends codes to strangers, who enter none, gets no further than 30
//   a source makes at most 1,000 accounts of each channel an hour
// Counted before the code is sent, under a word that comes of its ticket. Throws TooManyAttempts, SignInBusy.
struct CodeSending {
  const std::string& ticket;
  CodePurpose purpose = CodePurpose::sign_up;
  const Contact& contact;
  const std::optional<ApplicantAccount>& account;
};
void count_sending(AccountRepository& accounts, AttemptLimit& attempts, const CodeSending& sending, const Visitor& visitor,
                   Instant now);

// The code of this ticket was entered: whoever asked for it reads what is sent to the contact.
void prove_sending(AttemptLimit& attempts, const std::string& ticket, const SentCode& sent, const Visitor& visitor, Instant now);

}  // namespace hanjari::services
