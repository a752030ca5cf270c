// What fuzzers feed with any bytes: the readers of what services of others answer and send, which are reached over the network and may
// be taken over by somebody. As fuzz_files.h: a refusal has words in both languages, anything else aborts.
#pragma once

#include <string_view>

namespace hanjari::web::testing {

// An identity provider: its description, its keys, its answer with a token and what the token says, file by file as fuzz_exam ("== NAME")
// or the same bytes for all of them. It vouches for nobody, whatever it says, because it signs no answer to our question.
void fuzz_identity(std::string_view bytes);
// A payment provider: its answers about an order, and its callbacks under any signature.
void fuzz_payment(std::string_view bytes);
// The bytes with which a service answers a call over HTTP: any, and an SMS gateway.
void fuzz_reply(std::string_view bytes);

}  // namespace hanjari::web::testing
