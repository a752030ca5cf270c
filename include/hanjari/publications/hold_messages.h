// A letter to every officer for whose share a version on hold waits: a page that nobody looks at tells nobody.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"
#include "hanjari/messages/messages.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

// Addresses of officers by the names of their accounts.
using OfficerMail = std::map<std::string, std::string>;
// "kim = kim@example.kr, lee = lee@example.kr"; empty: nobody is written to. Throws InvalidInput (bad_configuration) naming what is no
// such pair.
OfficerMail parse_officer_mail(std::string_view setting);

struct HoldLetters {
  PublicationRepository& publications;
  MessageOutbox& outbox;
  const OfficerMail& mail;
  std::function<Text(const ExamCode&)> name_of_exam;
  std::function<std::string(const ExamCode&)> zone_of_exam;
};

// Of every version of the exam that is on hold, to each holder of a share who has an address and has not given the share again. Nothing
// is said of anybody's result. May be repeated at any time: a hold is told once. Gives how many letters were written anew.
std::int64_t tell_of_holds(const HoldLetters& letters, const ExamCode& exam, Instant now);

}  // namespace hanjari::services
