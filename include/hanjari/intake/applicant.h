// Who applies: the account that asks, and what a resident registration number says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/date.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/application.h"

namespace hanjari::services {

// The applicant who asks, as signed in.
struct Applicant {
  std::string account;
  Language language = Language::korean;
  std::string source{};   // network address, for the record
  std::string request{};  // id of the HTTP request
};

// Makes the hash by which a person is recognised; the number itself is forgotten. 32 hex digits.
class IdentityHash {
 public:
  virtual ~IdentityHash() = default;
  virtual std::string hash_identity(std::string_view number) const = 0;
};

// What a resident registration number says: NNNNNN-NNNNNNN. Nothing when it has another form or names no day.
struct ResidentNumber {
  Date birth_on;
  Sex sex = Sex::female;
  std::string digits;  // 13
};
std::optional<ResidentNumber> parse_resident_number(std::string_view text);

}  // namespace hanjari::services
