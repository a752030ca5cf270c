// Questions and answers between the city and a district, or about one venue, and instructions that everybody confirms to
// have read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/messages/messages.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

// With whom, and about what.
struct Exchange {
  ExamCode exam;
  DistrictCode district;
  VenueCode venue{};  // empty: about the district
};

struct Letter {
  std::int64_t number = 0;  // within its exchange, from 1
  bool from_city = false;
  std::string author{};
  std::string words{};  // kept sealed
  Instant at{};
};

struct Instruction {
  std::int64_t number = 0;  // within the exam, from 1
  std::string title{};
  std::string words{};
  std::string author{};
  Instant at{};
};

struct InstructionReceipt {
  std::int64_t number = 0;
  std::string account{};
  DistrictCode district;
  Instant at{};
};

// By district and venue (empty: about the district).
using UnreadLetters = std::map<std::pair<DistrictCode, VenueCode>, std::int64_t>;

class VenueLetterRepository {
 public:
  virtual ~VenueLetterRepository() = default;
  // Oldest first.
  virtual std::vector<Letter> list_letters(const Exchange& exchange) = 0;
  // Gives the letter the next number.
  virtual void add_letter(const Exchange& exchange, const Letter& letter, const std::vector<Message>& messages,
                          const Change& change) = 0;
  // Never back: what was read stays read.
  virtual void mark_read(const Exchange& exchange, const std::string& account, std::int64_t number) = 0;
  // Letters of the other side that the account has not opened.
  virtual UnreadLetters count_unread(const ExamCode& exam, const std::string& account, bool of_city) = 0;

  // Newest first.
  virtual std::vector<Instruction> list_instructions(const ExamCode& exam) = 0;
  // Gives it the next number.
  virtual void add_instruction(const ExamCode& exam, const Instruction& instruction,
                               const std::vector<Message>& messages, const Change& change) = 0;
  // The first time counts. Throws NotFound (no_such_instruction).
  virtual void add_receipt(const ExamCode& exam, const InstructionReceipt& receipt, const Change& change) = 0;
  virtual std::vector<InstructionReceipt> list_receipts(const ExamCode& exam) = 0;
};

// The exchange of the actor: a coordinator's is with the own district, whatever is named; the city names one that is
// asked for venues. A venue must be offered by that district. Throws NotAllowed (not_your_venue), NotFound (no_request,
// no_such_offer, no_such_district).
Exchange choose_exchange(VenueOfferRepository&, const Actor&, const ExamCode& exam, const DistrictCode& district,
                         const VenueCode& venue);
// Reading is noted for the account.
std::vector<Letter> read_letters(VenueLetterRepository&, const Actor&, const Exchange& exchange);
// The district's office is told by mail that there is a letter of the city, without its words. Throws InvalidInput
// (told_missing, value_too_long).
void write_letter(VenueOfferRepository&, VenueLetterRepository&, const Actor&, const Exchange& exchange,
                  const std::string& words, const ExamWords& exam, Instant now);
// Of those that the actor may open.
UnreadLetters count_own_unread(VenueLetterRepository&, const Actor&, const ExamCode& exam);

// Only for the city; every asked district with an address is told. Throws InvalidInput (instruction_incomplete).
void publish_instruction(VenueOfferRepository&, VenueLetterRepository&, const Actor&, const ExamCode& exam,
                         const std::string& title, const std::string& words, const ExamWords& about, Instant now);
// Only for coordinators.
void confirm_reading(VenueLetterRepository&, const Actor&, const ExamCode& exam, std::int64_t number, Instant now);

}  // namespace hanjari::services
