// How an exam gets its schools: the city asks its districts for seats, districts offer schools with their rooms, schools
// confirm, and the city accepts or asks back.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"
#include "hanjari/messages/messages.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/sheet_tables.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// What seats are counted by: the policy's distance and cap, as far as the capacity of a room depends on it.
struct SeatRule {
  int min_gap_cm = 0;
  std::optional<int> people_cap{};
  bool operator==(const SeatRule&) const = default;
};

// What is asked of one district.
struct DistrictWish {
  DistrictCode district;
  std::int64_t seats = 0;
  std::string email{};  // of the office of the district; kept sealed; empty: it is told nothing by mail
};

struct VenueRequest {
  ExamCode exam;
  SeatRule rule;
  Instant due_at{};
  std::string note{};                     // to all districts
  std::vector<DistrictWish> districts{};  // by code
  std::int64_t version = 0;
  std::string author{};
  Instant changed_at{};
  std::string city_email{};  // where the city is told that something waits for it; kept sealed; empty: it is told nothing

  // Null for a district of which nothing is asked.
  const DistrictWish* find(const DistrictCode& district) const;
};

// Those of the request that no district of Korea has as its code. An office may have codes of its own; a mistyped one asks nobody.
std::vector<DistrictCode> list_unknown_districts(const VenueRequest& request);

class VenueOfferRepository;
// Whether something of the exam is asked of the district that the actor coordinates: seats, or, for 0 seats, a part in letters.
bool is_asked(VenueOfferRepository&, const Actor&, const ExamCode& exam);

// draft: the district works on it. proposed: the school is asked. confirmed: the school said yes. accepted: the city did.
// asked_back: the city wants something else. withdrawn: it is not to be had.
enum class OfferState { draft, proposed, confirmed, accepted, asked_back, withdrawn };
std::string_view spell(OfferState state);
std::optional<OfferState> parse_offer_state(std::string_view word);
Text name_of(OfferState state);

// Whom one asks at the school; kept sealed.
struct SchoolContact {
  std::string name{};
  std::string email{};
  std::string phone{};
  bool operator==(const SchoolContact&) const = default;
};

struct VenueOffer {
  std::string id{};
  ExamCode exam;
  DistrictCode district;
  VenueCode code;
  std::string name{};
  std::string address{};
  Point at{};
  VenueKind kind = VenueKind::regular;
  std::string phone{};        // of the school, for papers
  std::string access_note{};  // lifts, ramps, toilets, parking
  std::optional<int> opens_at{};   // minutes after midnight
  std::optional<int> closes_at{};
  std::string note{};         // of the district to the city
  SchoolContact contact{};
  std::vector<Room> rooms{};  // by number; of no exam, so that their venue is none
  OfferState state = OfferState::draft;
  std::string told{};  // what the city said with the last step, or the school
  std::int64_t version = 0;
  std::string author{};
  Instant changed_at{};
};

// Whether both offer the very same, whatever their states are.
bool same_offer(const VenueOffer& one, const VenueOffer& other);

// A step that an offer took.
struct OfferStep {
  std::int64_t version = 0;
  OfferState state = OfferState::draft;
  std::string told{};
  std::int64_t seats = 0;  // by the rule of that moment
  std::string author{};
  Instant at{};
};

// A question to a school whether it confirms one version of an offer.
struct SchoolQuestion {
  std::string ticket_hash{};
  std::string offer{};  // id
  std::int64_t offer_version = 0;
  std::string code_hash{};  // keyed, 16 bytes
  int misses = 0;
  bool used = false;
  Instant expires_at{};
};
inline constexpr std::chrono::hours question_length{24 * 7};
struct ExamWords;
// Until when the link is good of a school that was asked then: seven days, and no longer than until the exam day begins; of one that
// is asked on the day itself until it is over.
Instant end_of_link(Instant asked_at, const ExamWords& exam);
inline constexpr int most_question_misses = 5;
// How often a school is asked about one offer within 24 hours: whoever may propose cannot flood anybody with mail.
inline constexpr int most_questions_a_day = 10;
inline constexpr std::size_t most_offers_of_district = 200;  // for an exam
// Throws Conflict (too_many_offers).
[[noreturn]] void throw_too_many_offers();

// What goes with the saving of an offer, in its transaction.
struct OfferSaving {
  std::optional<SchoolQuestion> question{};  // takes the place of earlier ones of the offer
  std::string answered{};                    // ticket hash of the question that was answered; refused when it is used
  std::int64_t seats = 0;                    // for the history
  std::vector<Message> messages{};
};

class VenueOfferRepository {
 public:
  virtual ~VenueOfferRepository() = default;
  virtual std::optional<VenueRequest> find_request(const ExamCode& exam) = 0;
  // Those of all exams, the newest change first.
  virtual std::vector<VenueRequest> list_requests() = 0;
  // Compare-and-set: `next.version` is one more than what is stored. Throws Conflict (request_changed, exam_destroyed).
  virtual void save_request(const VenueRequest& next, const std::vector<Message>& messages, const Change& change) = 0;

  // With their rooms, by code; `district`: of this one only.
  virtual std::vector<VenueOffer> list_offers(const ExamCode& exam, const std::optional<DistrictCode>& district) = 0;
  virtual std::optional<VenueOffer> find_offer(const ExamCode& exam, const VenueCode& code) = 0;
  virtual std::optional<VenueOffer> find_offer_by_id(const std::string& id) = 0;
  // Oldest first.
  virtual std::vector<OfferStep> list_steps(const std::string& offer) = 0;
  // Compare-and-set: `next.version` is one more than what is stored. Throws Conflict (offer_changed, code_taken: another
  // offer of the exam has the code; too_many_offers; question_answered; exam_destroyed).
  virtual void save_offer(const VenueOffer& next, const OfferSaving& saving, const Change& change) = 0;

  // Nothing when it is unknown or past its time.
  virtual std::optional<SchoolQuestion> find_question(const std::string& ticket_hash, Instant now) = 0;
  // Counts a try before it is made; false when there were too many, or the question was answered.
  virtual bool reserve_question_try(const std::string& ticket_hash) = 0;
  // The keyed hash under which a code is kept.
  virtual std::string hash_question_code(const std::string& ticket_hash, const std::string& code) = 0;
  // Ids of offers of the exam whose question bears no further try at its code and was not answered.
  virtual std::set<std::string> list_spent_links(const ExamCode& exam) = 0;
  // Takes away what is past its time, in portions; true when there may be more.
  virtual bool remove_expired_questions(Instant now) = 0;
  // If it is of this district: of a venue of another one no more is read than of one that is not there.
  virtual std::optional<VenueOffer> find_own_offer(const ExamCode& exam, const VenueCode& code,
                                                   const DistrictCode& district) = 0;
};

// --- Counting ---------------------------------------------------------------------------------------------------

// What keeps a room from holding more: its desks at the distance of the rule, the rule's cap, the room's own.
enum class SeatLimit { desks, rule, room };
std::string_view spell(SeatLimit limit);
Text name_of(SeatLimit limit);

struct RoomSeats {
  int people = 0;
  int desks = 0;  // at the distance of the rule
  SeatLimit limit = SeatLimit::desks;
};
// Throws InvalidInput (room_too_large).
RoomSeats count_seats(const Room& room, const SeatRule& rule);

struct OfferSeats {
  std::int64_t rooms = 0;
  std::int64_t seats = 0;  // of rooms for the exam, as the rule counts them
  // Rooms whose capacity is given by the desks at this distance, by the rule's cap, by the room's own.
  std::int64_t bound_by_desks = 0;
  std::int64_t bound_by_rule = 0;
  std::int64_t bound_by_room = 0;
  std::int64_t uncounted = 0;  // rooms so large that their desks cannot be counted at this distance: no seats
};
OfferSeats count_seats(const std::vector<Room>& rooms, const SeatRule& rule);
// Whether seats can be counted by it: a distance from 0 to 10,000 cm, a cap from 1 to 10,000 people or none.
bool is_countable(const SeatRule& rule);

// One line of the city's table.
struct DistrictCount {
  DistrictCode district;
  std::int64_t wanted = 0;
  std::int64_t offers = 0;         // that are not withdrawn
  std::int64_t offered_seats = 0;  // proposed and beyond
  std::int64_t confirmed_seats = 0;  // confirmed and accepted
  std::int64_t accepted_seats = 0;
  std::int64_t waiting = 0;  // offers that wait for the city: confirmed, not accepted
  bool answered = false;     // something was proposed
  std::int64_t missing() const { return wanted > accepted_seats ? wanted - accepted_seats : 0; }
};
// Every district that is asked or offers something, by code.
std::vector<DistrictCount> count_districts(const VenueRequest& request, const std::vector<VenueOffer>& offers);

// What messages say of an exam.
struct ExamWords {
  Text name;
  std::string zone;  // IANA name, by which moments are written
  std::optional<Date> on{};  // the exam day; nothing while the exam itself is not stored
};

// How the links of schools that were asked stand.
struct SchoolLinks {
  ExamWords exam;
  Instant now{};
  std::set<std::string> spent{};  // as list_spent_links
  // The school was asked and can answer no more: the time is over, or too many wrong codes were typed behind its link, by whomever.
  bool is_over(const VenueOffer& offer) const;
};
SchoolLinks read_school_links(VenueOfferRepository&, const ExamCode&, const ExamWords&, Instant now);

// --- Rooms ------------------------------------------------------------------------------------------------------

// The longest list of rooms that is taken at once, in bytes.
inline constexpr std::size_t longest_room_list = 1'000'000;
// What a workbook is called that was sent as a list of rooms, in messages and for its marks.
inline constexpr const char* room_workbook_name = "rooms.xlsx";
// Rooms as rows of rooms.csv without the venue's code: a workbook (.xlsx) or a CSV file of the school, or rows pasted from a
// spreadsheet with their headings. Of a workbook the sheet called like a table of rooms is read, else the first that one sees; its
// wrong cells are added to `bad`, which may be null. Throws InvalidInput with every fault by line or cell, (workbook_not_read) for an
// older workbook, one with a password and other ZIP files.
std::vector<Room> read_room_list(std::string_view bytes, package::Encoding encoding, package::BadCells* bad = nullptr);
// The workbook that was sent, with its wrong cells marked and in each what is to be done; empty where no cell is wrong, and where it
// cannot be marked (written in UTF-16): its faults are told by their cells all the same. Throws Unavailable when memory is short.
std::string mark_room_list(std::string_view bytes, const package::BadCells& bad, Language language);
// An address that holds a file itself (data:), so that it can be taken from a page and is kept nowhere.
std::string address_with_content(std::string_view media_type, std::string_view bytes);
// The same, to be changed and sent again.
std::string write_room_list(const std::vector<Room>& rooms);
// Gives rooms with these numbers the shape of the room `like`: rows, columns, distances, blocked desks. Numbers that are
// not there are made. `numbers`: "2-10, 12". Throws InvalidInput (bad_room_numbers), NotFound (no_such_room).
void reuse_shape(std::vector<Room>& rooms, int like, const std::string& numbers);

// --- Use cases --------------------------------------------------------------------------------------------------

// Throws NotFound (no_request) for an exam of which nothing is asked.
VenueRequest load_request(VenueOfferRepository&, const ExamCode& exam);

// Asks, or asks for something else: every district with an address is told of what changed for it. Only for the city.
// Throws InvalidInput with every fault, Conflict (request_changed).
VenueRequest save_wishes(VenueOfferRepository&, const Actor&, VenueRequest wanted, const ExamWords& exam, Instant now);

// Those whom the actor may see: all for the city, of the own district for its coordinator. Throws NotAllowed
// (not_your_venue).
std::vector<VenueOffer> list_own_offers(VenueOfferRepository&, const Actor&, const ExamCode& exam);
// Of a coordinator those of the own district only: of another one nothing is read. Throws NotAllowed (not_your_venue) for
// who has no district.
std::optional<VenueOffer> find_reached_offer(VenueOfferRepository&, const Actor&, const ExamCode& exam, const VenueCode& code);
// A coordinator is told the same of an offer of another district and of one that does not exist. Throws NotFound
// (no_such_offer) to the city, NotAllowed (not_your_venue).
VenueOffer open_offer(VenueOfferRepository&, const Actor&, const ExamCode& exam, const VenueCode& code);

// Whether the actor may give a new offer this code. A coordinator's begin with the district's code and a hyphen
// (11110-01), so that trying codes tells nothing of what other districts offer.
bool may_name_offer(const Actor&, const VenueCode& code);

// Keeps what the district filled in: a new offer (version 0) or the next version of one. What was proposed, confirmed or
// accepted is a draft again once anything of it differs, because nobody has said yes to that; where nothing differs
// nothing is saved. Throws InvalidInput with every fault, Conflict (offer_changed, code_taken), NotAllowed.
VenueOffer save_own_offer(VenueOfferRepository&, const Actor&, VenueOffer filled, Instant now);

// Offers of this district that another exam had, or the venues of that exam's package where it had none, as drafts of this
// exam; codes that are there already are passed over. Returns how many were made. A coordinator's come from exams that the
// own district offered venues for, and from those with a live plan. Throws as save_own_offer, with every fault of every
// school before anything is stored, NotFound (exam_not_found).
std::int64_t copy_offers(VenueOfferRepository&, ExamRepository&, const Actor&, const ExamCode& from, const ExamCode& to,
                         const DistrictCode& district, Instant now);

// Sends the school a link with a code. Throws InvalidInput (offer_incomplete: no rooms, nobody to ask), Conflict
// (offer_changed, wrong_state, no_portal_address, too_many_questions). `portal`: address of the portal, https://seats.example.kr, for the link.
VenueOffer propose_offer(VenueOfferRepository&, const Actor&, const ExamCode& exam, const VenueCode& code,
                         std::int64_t version, const std::string& portal, const ExamWords& words, Instant now);

// `told`: why. Throws InvalidInput (told_missing).
VenueOffer withdraw_offer(VenueOfferRepository&, const Actor&, const ExamCode& exam, const VenueCode& code,
                          std::int64_t version, const std::string& told, Instant now);

// Only for the city. accept: what the school has confirmed. Otherwise it is asked back, with `told`. Throws Conflict
// (offer_changed, wrong_state), InvalidInput (told_missing).
enum class CityAnswer { accept, ask_back };
VenueOffer answer_offer(VenueOfferRepository&, const Actor&, const ExamCode& exam, const VenueCode& code,
                        std::int64_t version, CityAnswer answer, const std::string& told, const ExamWords& about, Instant now);

// What a school sees of the offer behind a link before it types the code: nothing about people, and opening it changes
// nothing, because mail programs open links by themselves. Throws NotFound (question_over) for a link that is unknown,
// too old, answered, or of an earlier version of the offer.
struct SchoolView {
  VenueOffer offer;  // without its contact
  SchoolContact contact;  // masked: the school knows its own people again, and the link alone names nobody
  std::int64_t seats = 0;
  Instant expires_at{};
};
SchoolView open_question(VenueOfferRepository&, const std::string& ticket, Instant now);

// The school's answer. Limited as sent codes: five tries at one link, thirty wrong ones of one source in an hour. Throws
// NotAllowed (wrong_code, too_many_attempts), NotFound (question_over), InvalidInput (told_missing: a no without a word).
enum class SchoolAnswer { yes, no };
VenueOffer answer_question(VenueOfferRepository&, AttemptLimit&, const std::string& ticket, const std::string& code,
                           SchoolAnswer answer, const std::string& told, const std::string& source, Instant now);

// --- Reminders --------------------------------------------------------------------------------------------------

// Tells districts that have proposed fewer seats than are asked of them: seven, three and one days before the day on
// which they are due, on that day, and every day for a week afterwards. Each day's message is one, whoever sends it.
// Returns how many were due.
std::int64_t remind_districts(VenueOfferRepository&, MessageOutbox&,
                              const std::function<ExamWords(const ExamCode&)>& words_of, Instant now);

// Tells schools: one that has not answered, three and six days after it was asked; one that the city accepted, of another
// exam day than it was told of, and fourteen, three and one days before the day. From nine o'clock by the exam's clock. Of an acceptance
// the step itself tells; one of which nothing was told within two days is told of here. Each message is one, whoever sends it.
// Returns how many were due.
std::int64_t remind_schools(VenueOfferRepository&, MessageOutbox&,
                            const std::function<ExamWords(const ExamCode&)>& words_of, Instant now);

// Tells a district's office once that the link of a school which it asked is over without an answer, or bears no further try at its
// code. Returns how many were due.
std::int64_t tell_of_silent_schools(VenueOfferRepository&, MessageOutbox&,
                                    const std::function<ExamWords(const ExamCode&)>& words_of, Instant now);

// Tells the city, once a day, how many offers wait for it. Returns how many messages were due.
std::int64_t remind_city(VenueOfferRepository&, MessageOutbox&,
                         const std::function<ExamWords(const ExamCode&)>& words_of, Instant now);

}  // namespace hanjari::services
