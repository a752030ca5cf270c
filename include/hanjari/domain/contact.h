// Telephone numbers and addresses of e-mail as people write them: one rule for sign-up, form, file and interface.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari {

// What is wrong with a number or an address, as a sentence for whoever typed it.
struct ContactFault {
  std::string code;  // stable: missing, not_a_phone_number, digit_missing, digit_too_many, not_mobile, not_an_address, ...
  Text what;
};

struct Phone {
  std::string digits;   // "01012345678", or "+81312345678" of another country
  bool mobile = false;  // of this country, so that a message reaches it

  // "010-1234-5678"; a number of another country as its digits.
  std::string written() const;
};

// Every spelling that people use: blanks, hyphens and dashes, full stops, brackets, slashes, full-width digits, +82.
// Gives nothing and sets `fault` for what no telephone has.
std::optional<Phone> read_phone(std::string_view typed, ContactFault& fault);

// A number at which a person is told something, as sign-up and the form want it: text messages reach mobile numbers of
// this country and no other (not_mobile).
std::optional<Phone> read_mobile(std::string_view typed, ContactFault& fault);

// The number as it is written, where a spreadsheet took the 0 in front of it away: 02-720-1234 of 27201234. Nothing for what
// is a number already, or none with a 0 before it either. For numbers of offices, which may stand beside words. Eight digits
// may be a number of Seoul without its area code (2720-1234) as well, so whoever is told is to look.
std::optional<std::string> find_phone_with_its_zero(std::string_view typed);

// The address in lower case, without blanks around it. Gives nothing and sets `fault` where no letter would arrive.
std::optional<std::string> read_email(std::string_view typed, ContactFault& fault);

}  // namespace hanjari
