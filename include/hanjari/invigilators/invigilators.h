// People who may invigilate an exam, what the exam has set for them, and their duties in versions, as the service keeps
// them: names, contacts, reasons and rooms sealed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/duties.h"
#include "hanjari/domain/exam.h"
#include "hanjari/messages/messages.h"
#include "hanjari/package/packed_exam.h"

namespace hanjari::services {

// listed: known to the office, not asked. invited: asked, with a code that is good until `invited_until`. consented: may
// be used. declined: said no. withdrawn: said yes and cannot come any more.
enum class PersonState { listed, invited, consented, declined, withdrawn };
std::string_view spell(PersonState state);
std::optional<PersonState> parse_person_state(std::string_view word);
Text name_of(PersonState state);

// A call to take the place of somebody who cannot come: at a venue in a role; which room stays with the duties. taken_back: by the
// office, before there was an answer. filled: was accepted, but no such place is free any more.
enum class CallAnswer { open, accepted, declined, taken_back, filled };
std::string_view spell(CallAnswer answer);
std::optional<CallAnswer> parse_call_answer(std::string_view word);
struct SubstituteCall {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  Instant called_at{};
  Instant until{};
  std::string by;  // account of who called
  CallAnswer answer = CallAnswer::open;
};

// Whether somebody came on the day of the exam, as it was noted there.
enum class Attendance { came, absent };
std::string_view spell(Attendance attendance);
std::optional<Attendance> parse_attendance(std::string_view word);
// With the place where the person stood then: whoever is moved on the day has done both duties. The venue of an absent person who
// stood nowhere is empty.
struct DayNote {
  Attendance attendance = Attendance::came;
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  Instant at{};
};

struct ListedPerson {
  Invigilator facts;  // `consent` follows the state
  std::string email;  // may be empty
  std::string phone;  // may be empty
  PersonState state = PersonState::listed;
  std::optional<Instant> invited_until;
  std::optional<Instant> answered_at;
  std::string reason;  // in the person's own words, of a decline or a withdrawal
  std::int64_t read_instruction = 0;  // number of the instructions whose receipt was given; 0: none
  std::optional<Instant> read_at;
  std::optional<Instant> briefed_at;  // attended the briefing
  std::string told_place;                // venue, role and day of which the last message told; empty: of none
  std::optional<Instant> reminded_for;   // the end of the invitation of which a reminder was sent
  std::vector<PastDuty> history;         // as imported, newest first; `facts.past_duties` may count more
  std::vector<SubstituteCall> calls;     // oldest first
  std::vector<DayNote> day{};            // oldest first
  std::vector<Instant> asked_at{};        // when invitations and codes were sent: the newest, at most as many as a day bears
  std::int64_t version = 0;           // counts the changes from 1
  // To be saved with the person as a keyed hash; empty: the code stays what it is. Never read back.
  std::string new_code;
};

// What lists of people are searched, filtered and counted by: nothing that names or reaches anybody.
struct PersonOutline {
  InvigilatorId id;
  std::string organisation;
  std::string district_code;
  DutyRoles roles;
  std::int64_t past_duties = 0;
  bool consent = false;
  PersonState state = PersonState::listed;
  bool briefed = false;               // attended the briefing
  std::int64_t read_instruction = 0;  // as of the person
  bool reachable = false;             // an e-mail address or a phone is known; which, is not kept
  bool noted = false;                 // whether the person came was noted on the day
};
PersonOutline outline_of(const ListedPerson& person);

// An invitation that nobody has answered in time.
bool has_expired(const ListedPerson& person, Instant now);

// The call that awaits an answer now; null: none does. Whoever cannot come any more awaits none.
const SubstituteCall* find_open_call(const ListedPerson& person, Instant now);

// What whoever did several duties on the day is paid: the highest amount of them, or all of them together.
enum class SeveralDuties { highest, sum };
std::string_view spell(SeveralDuties rule);
std::optional<SeveralDuties> parse_several_duties(std::string_view word);

// What an exam has set for its invigilators. `version` 0: nothing yet.
struct DutyBoard {
  std::int64_t version = 0;
  // From this moment, on the day of the exam, rooms are shown to others than exam officers; nothing: never.
  std::optional<Instant> rooms_open_at;
  std::optional<Instant> briefing_at;
  std::string briefing_place;
  std::string instructions;
  std::int64_t instruction_no = 0;       // grows with every change of the instructions
  std::int64_t invitation_days = 7;      // for an answer
  std::map<DutyRole, std::int64_t> pay;  // in won; a role without pay is absent
  SeveralDuties pay_several = SeveralDuties::highest;
  // Whose venue: accounts of venue chiefs.
  std::map<std::string, VenueCode> chiefs;
};

// The definition of the board as text, and back; the version and the opening stand beside it.
std::string write_board(const DutyBoard& board);
DutyBoard read_board(const std::string& text);
// What is sealed of a person, and back: everything but id, state, invited_until and version.
std::string write_person(const ListedPerson& person);
void read_person(const std::string& text, ListedPerson& person);

// One version of an exam's duties.
struct Staffing {
  std::string id;  // nobody guesses it
  ExamCode exam;
  std::int64_t version = 0;  // from 1, in the exam
  std::int64_t before = 0;   // the newest version when it was begun: compared with when it is stored
  bool by_hand = false;
  std::string plan_digest;
  std::string duties_sha256;
  std::int64_t places = 0;
  std::int64_t unfilled = 0;
  std::string job;  // that made it; empty: by hand
  std::string author;
  Instant at{};
};

enum class SwapState { asked, agreed, done, refused };
std::string_view spell(SwapState state);
std::optional<SwapState> parse_swap_state(std::string_view word);
Text name_of(SwapState state);

// Two people who want to change places. It counts once both have recorded it.
struct DutySwap {
  std::string id;
  ExamCode exam;
  InvigilatorId first;   // who asked
  InvigilatorId second;  // who is asked
  SwapState state = SwapState::asked;
  Instant asked_at{};
  std::optional<Instant> agreed_at;
  std::int64_t version = 0;
};

// Changes of people that happen together or not at all.
struct PeopleStep {
  std::vector<ListedPerson> people;             // each with the version that it is to have: the one before plus 1
  std::optional<package::PackedFiles> beside{};  // those of conflicts.csv, past_pairs.csv, staffing.json that take the place of old ones
  std::vector<Message> messages{};
  AuditNote note;
  // The mark_of_people under which the step was thought out; nothing: whatever it is by now. With another one nobody is
  // changed: Conflict (invigilators_changed).
  std::optional<std::string> seen_mark{};
};

struct CodeOwner {
  ExamCode exam;
  InvigilatorId person;
};

class InvigilatorRepository {
 public:
  virtual ~InvigilatorRepository() = default;
  virtual DutyBoard find_board(const ExamCode& exam) = 0;
  // Compare-and-set: throws Conflict (duty_board_changed) unless the board has the version before `next.version`.
  virtual void save_board(const ExamCode& exam, const DutyBoard& next, const Change& change) = 0;
  // By id.
  virtual std::vector<ListedPerson> list_people(const ExamCode& exam) = 0;
  // By id. Whoever has not changed since the last time is not opened again.
  virtual std::vector<PersonOutline> list_outlines(const ExamCode& exam) = 0;
  // Those of these people who are there, in this order; nobody else is opened.
  virtual std::vector<ListedPerson> find_people(const ExamCode& exam, const std::vector<InvigilatorId>& ids) = 0;
  // Changes with whatever list_people and load_beside give; equal marks, equal people. Cheap: nothing is opened for it.
  virtual std::string mark_of_people(const ExamCode& exam) = 0;
  virtual std::optional<ListedPerson> find_person(const ExamCode& exam, const InvigilatorId& id) = 0;
  // Exams in whose lists this number stands, whoever it is there.
  virtual std::vector<ExamCode> list_exams_of(const InvigilatorId& id) = 0;
  // Whose code it is, in whatever exam.
  virtual std::optional<CodeOwner> find_code(const std::string& code) = 0;
  // Compare-and-set of every person: throws Conflict (invigilators_changed) and changes nobody when one has another
  // version. Throws Conflict (exam_destroyed), NotFound (exam_not_found).
  virtual void save_people(const ExamCode& exam, const PeopleStep& step, const Change& change) = 0;
  // conflicts.csv, past_pairs.csv and staffing.json, as far as they were imported.
  virtual package::PackedFiles load_beside(const ExamCode& exam) = 0;
  // Gives it its version. A staffing of a job that has stored one already gives that one back. Throws Conflict
  // (staffings_changed) when `staffing.before` is not the newest version any more. `swap`: ends with it, may be null.
  virtual Staffing add_staffing(const Staffing& staffing, const package::PackedFiles& files, const DutySwap* swap,
                                const Change& change) = 0;
  // Newest first.
  virtual std::vector<Staffing> list_staffings(const ExamCode& exam) = 0;
  // duties.csv, unfilled.csv, report.json and, of one by hand, history.json.
  virtual package::PackedFiles load_staffing(const Staffing& staffing) = 0;
  // Oldest first.
  virtual std::vector<DutySwap> list_swaps(const ExamCode& exam) = 0;
  // Compare-and-set as save_board (duty_swap_changed). Throws Conflict (wrong_swap) for a new one while another of who asks
  // is not settled.
  virtual void save_swap(const DutySwap& next, const Change& change) = 0;
};

}  // namespace hanjari::services
