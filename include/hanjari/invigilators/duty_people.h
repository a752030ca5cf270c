// What the office and the people themselves do about invitations, answers, receipts and the briefing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/invigilators/duty_views.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/package/csv.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// People with conflicts and contacts: some megabytes at most.
constexpr std::size_t longest_packed_people = 16 * 1000 * 1000;

struct PeopleImported {
  std::int64_t people = 0;  // in the list
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::vector<Fault> warnings;
};
// The folder of people as a ZIP, judged against the stored exam. People who are there already keep their state unless the
// list says something else of their consent; a no with a reason stays one, with a warning; nobody is removed. Throws InvalidInput with every fault, and as
// load_stored_exam.
PeopleImported import_people(InvigilatorRepository&, ExamRepository&, const ExamCode&, std::string_view zip,
                             package::Encoding, const Change&);

// One person as an officer types it; the same fields as a row of invigilators.csv and contacts.csv.
struct TypedPerson {
  std::string id;
  std::string name;
  std::string organisation;
  std::string district;
  std::string lat;
  std::string lon;
  std::string roles;  // chief;invigilator
  std::string past_duties;
  std::string email;
  std::string phone;
  std::int64_t version = 0;  // of the person from whom fields were filled that nobody typed; 0: nobody was in the list
};
// Adds a person or changes the facts of one; the state stays. Throws InvalidInput with every fault, Conflict
// (invigilators_changed) when the person has another version by now.
void save_typed_person(InvigilatorRepository&, const ExamCode&, const TypedPerson&, const Change&);

// Sets everything but version and instruction_no. Throws InvalidInput (rooms_on_another_day) unless the rooms are opened
// on the day of the exam, (bad_duty_board); Conflict (duty_board_changed) when `board.version` is not the stored one.
DutyBoard set_board(InvigilatorRepository&, ExamRepository&, const ExamCode&, DutyBoard board, const Change&);

struct Invited {
  std::int64_t invited = 0;      // were sent a code
  std::int64_t consented = 0;    // of these: had consented, and were asked for nothing
  std::int64_t unreachable = 0;  // without address and number
  std::int64_t too_often = 0;    // were sent as many within a day as nobody is sent more
};
constexpr std::size_t most_asked_a_day = 10;
// Asks people with a message that holds a code: those named, or everybody who is listed or whose invitation expired.
// Whoever has consented is not asked again: they get a code for their own page instead, if they are named or with
// `consented_too`, because a list may bring consents that were given elsewhere. `part`: only the reader's own people. No answer is awaited when
// the day of the exam has begun. `page`: address of the own page, empty where it is not known. Nobody is sent more than
// `most_asked_a_day`, whoever asks. Throws InvalidInput (numbers_not_listed) with every number that is unknown.
Invited invite_people(InvigilatorRepository&, const ExamCode&, const std::vector<InvigilatorId>& named,
                      bool consented_too, const DutyPart& part, const Text& exam_name, const std::string& time_zone,
                      Date exam_on, const std::string& page, const Change&);

// People of the own part who were invited and have not answered in time for now, by number; `named`: of these alone, empty: all.
// Whoever was asked by a call for a substitute too keeps the call and is left out: that is taken back by itself.
std::vector<ListedPerson> list_invited(InvigilatorRepository&, const ExamCode&, const std::vector<InvigilatorId>& named,
                                       const DutyPart& part, Instant now);
// Takes these invitations back and tells the people: they are listed as if they had not been asked. Whoever answers at the same
// moment keeps the answer and is left out. Gives back who was freed, by number; nobody where nobody's answer is awaited, and then
// nothing is changed, told or recorded. Throws Conflict (invigilators_changed), and as save_people.
std::vector<InvigilatorId> take_back_invitations(InvigilatorRepository&, ExamRepository&, const ExamCode&,
                                                 const std::vector<InvigilatorId>& named, const DutyPart& part,
                                                 const std::string& page, const Change&);

// attended: was at the briefing; withdrawn: cannot come, as somebody told the office; consented: agreed on paper.
enum class OfficeStep { attended, withdrawn, consented };
// For people of the own part. Throws NotFound (invigilator_not_found), InvalidInput (reason_missing) for a withdrawal, or
// a consent of somebody who said no, without a reason, Conflict (wrong_invigilator_state).
void take_office_step(InvigilatorRepository&, const ExamCode&, const InvigilatorId&, OfficeStep, const DutyPart& part,
                      const Change&);

// A duty of before as its owner is shown it, with the name of its exam in both languages.
struct KnownDuty {
  PastDuty duty;
  Text exam;
};
// What the person did before, newest first: as imported, and what this program knows from earlier exams of the same number
// and name, whose day is over, where the person stood in the newest duties and came.
std::vector<KnownDuty> list_own_history(InvigilatorRepository&, ExamRepository&, const ExamCode&, const ListedPerson&,
                                        Instant now);

// Own page: whoever has the code. Throws InvalidInput (wrong_duty_code), TooManyAttempts.
struct OwnDuty {
  ExamCode exam;
  ListedPerson person;
  DutyBoard board;
  NewestDuties newest;
  bool rooms_open = false;        // are_rooms_open
  std::optional<ShownDuty> duty;  // with the room once they are
  bool other_plan_live = false;    // is_other_plan_live, of whoever has a duty
  bool accepted_in_vain = false;  // the place that was accepted has been filled by now, told by a message or not yet
  std::optional<LoadPlace> load;  // once somebody is placed, of whoever is asked or has consented
  std::vector<KnownDuty> history;
  std::vector<DutySwap> swaps;  // in which the person has a part
};
// Whether the code opens anybody's page; gives it back as it was made. Throws as open_own_duty.
std::string check_duty_code(InvigilatorRepository&, AttemptLimit&, const std::string& typed_code, const std::string& source,
                            Instant now);
OwnDuty open_own_duty(InvigilatorRepository&, ExamRepository&, AttemptLimit&, const std::string& typed_code,
                      const std::string& source, Instant now);

// take_call and decline_call answer a call to take somebody's place; whoever had not consented does so with the first and
// declines with the second.
enum class OwnStep { consent, decline, withdraw, read, take_call, decline_call };
// What is sent with a step.
struct OwnWords {
  std::string reason{};
  std::int64_t instruction = 0;  // number of the instructions that were on the page, for a receipt
};
// Gives back whose step it was. Throws as open_own_duty; Conflict (invitation_expired, wrong_invigilator_state, no_open_call,
// instructions_changed: the receipt is for other instructions than those of now), InvalidInput (reason_missing).
CodeOwner take_own_step(InvigilatorRepository&, AttemptLimit&, const std::string& typed_code, OwnStep, const OwnWords&,
                   const std::string& source, Instant now);

// Asks somebody to change places; the other one agrees or refuses. Throws as open_own_duty; NotFound
// (invigilator_not_found), Conflict (wrong_swap).
void ask_swap(InvigilatorRepository&, AttemptLimit&, const std::string& typed_code, const std::string& other,
              const std::string& source, Instant now);
void answer_swap(InvigilatorRepository&, AttemptLimit&, const std::string& typed_code, const std::string& swap,
                 bool agreed, const std::string& source, Instant now);
// Ends the exchanges that wait for somebody who does not come any more, as if they had been refused: nobody can carry them out, and
// the other one may ask somebody else. Whatever takes a consent away calls it.
void end_swaps_of_who_left(InvigilatorRepository&, const ExamCode&, const Change&);

}  // namespace hanjari::services
