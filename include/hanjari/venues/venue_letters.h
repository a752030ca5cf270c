// Questions and answers between the city and a district, or about one venue, and instructions that everybody confirms to
// have read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/exam.h"
#include "hanjari/messages/messages.h"
#include "hanjari/plans/plans.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

// With whom, and about what.
struct Exchange {
  ExamCode exam;
  DistrictCode district;
  VenueCode venue{};  // empty: about the district
};

struct LetterFile {
  std::string id{};
  std::string media_type{};  // application/pdf, image/jpeg, image/png
  std::string name{};        // shown, never used as a path; kept sealed
  std::int64_t size = 0;     // bytes
  std::string bytes{};       // kept sealed; empty in lists
};
inline constexpr std::size_t longest_letter_file = 5 * 1000 * 1000;
inline constexpr std::size_t most_letter_files = 3;  // of one letter
// What one side of a district's exchanges about an exam may keep; the other side has as much of its own.
inline constexpr std::size_t most_bytes_of_side = 200 * 1000 * 1000;
inline constexpr std::int64_t most_letters_of_side = 2'000;

struct Letter {
  std::int64_t number = 0;  // within its exchange, from 1
  bool from_city = false;
  std::string author{};
  std::string words{};  // kept sealed
  Instant at{};
  std::vector<LetterFile> files{};
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
  // Oldest first; files without their bytes.
  virtual std::vector<Letter> list_letters(const Exchange& exchange) = 0;
  // Nothing when it goes with no letter of this exchange.
  virtual std::optional<LetterFile> find_letter_file(const Exchange& exchange, const std::string& id) = 0;
  // Gives the letter the next number, and its files their ids. Throws Conflict (too_many_letters, too_many_bytes) where its
  // side has written as much as a district's exchanges about an exam bear.
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

// Where it stands with which districts letters of an exam are exchanged: in its request, and in its live plan, whose schools may have
// come with the package. Made of the offers alone wherever they are given.
struct LetterGround {
  LetterGround(VenueOfferRepository& asked, PlanRepository* planned = nullptr) : offers(asked), plans(planned) {}
  VenueOfferRepository& offers;
  PlanRepository* plans;  // null: nobody is written to beside those of the request
};
// The request of the exam, which asks the other districts of the live plan for no seats and knows no addresses of theirs. Nothing where
// there is neither. Mail to those goes where the newest request of another exam names their office, and the city's.
std::optional<VenueRequest> find_letter_request(const LetterGround&, const ExamCode& exam);
// Those that get no mail of a letter, because no address of theirs is known. For the city. Throws NotAllowed (not_your_venue),
// NotFound (no_request).
std::vector<DistrictCode> list_districts_without_mail(const LetterGround&, const Actor&, const ExamCode& exam);
// Venues of the actor's that letters may be about: those that are offered, and those of the live plan, by code, name and district.
// Throws NotAllowed (not_your_venue).
std::vector<VenueOffer> list_letter_venues(const LetterGround&, const Actor&, const ExamCode& exam);

// The exchange of the actor: a coordinator's is with the own district, whatever is named; the city names one that
// letters go to. A venue must be one of that district. Throws NotAllowed (not_your_venue), NotFound (no_request,
// no_such_offer, no_such_district).
Exchange choose_exchange(const LetterGround&, const Actor&, const ExamCode& exam, const DistrictCode& district,
                         const VenueCode& venue);
// Reading is noted for the account.
std::vector<Letter> read_letters(VenueLetterRepository&, const Actor&, const Exchange& exchange);
// The other side is told by mail that there is a letter, without its words: the district's office of each letter of the
// city, the city of a district's first letter of a day. Throws InvalidInput (told_missing, value_too_long, file_missing,
// file_too_large, too_many_files).
void write_letter(const LetterGround&, VenueLetterRepository&, const Actor&, const Exchange& exchange,
                  const std::string& words, const ExamWords& exam, Instant now, std::vector<LetterFile> files = {});
// Recorded before it is given. Throws NotAllowed (not_your_venue), NotFound (no_such_file).
LetterFile take_letter_file(VenueLetterRepository&, AccessRecord&, const Actor&, const Exchange& exchange,
                            const std::string& id, Instant now);
// Of those that the actor may open.
UnreadLetters count_own_unread(VenueLetterRepository&, const Actor&, const ExamCode& exam);

// Only for the city; every asked district with an address is told. Throws InvalidInput (instruction_incomplete).
void publish_instruction(const LetterGround&, VenueLetterRepository&, const Actor&, const ExamCode& exam,
                         const std::string& title, const std::string& words, const ExamWords& about, Instant now);
// Of a coordinator only those of exams whose letters go to the own district. Throws NotFound (no_request, no_such_district).
std::vector<Instruction> read_instructions(const LetterGround&, VenueLetterRepository&, const Actor&, const ExamCode& exam);
// Only for coordinators to whose district letters go. Throws as read_instructions, and NotFound
// (no_such_instruction).
void confirm_reading(const LetterGround&, VenueLetterRepository&, const Actor&, const ExamCode& exam, std::int64_t number, Instant now);

}  // namespace hanjari::services
