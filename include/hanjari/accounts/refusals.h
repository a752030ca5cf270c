// Refusals of sign-in that pages tell apart: each leads back to its own form.
#pragma once

#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {

// Account and password do not belong together (wrong_credentials).
class WrongCredentials : public NotAllowed {
 public:
  explicit WrongCredentials(Text message) : NotAllowed("wrong_credentials", std::move(message)) {}
};

// The code of the second factor is asked for together with the password (code_needed).
class CodeNeeded : public NotAllowed {
 public:
  explicit CodeNeeded(Text message) : NotAllowed("code_needed", std::move(message)) {}
};

// The code is another one (wrong_code).
class WrongCode : public NotAllowed {
 public:
  explicit WrongCode(Text message) : NotAllowed("wrong_code", std::move(message)) {}
};

// A code that was sent is too old, used up, or was tried too often (code_expired).
class CodeExpired : public NotAllowed {
 public:
  explicit CodeExpired(Text message) : NotAllowed("code_expired", std::move(message)) {}
};

}  // namespace hanjari::services
