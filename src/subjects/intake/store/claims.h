// Several applications may name the same resident number for the same day. One counts; which one, their claims decide.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "audit/store.h"
#include "database/connection.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/recruitment.h"
#include "hanjari/intake/applications.h"

namespace hanjari::storage {

// How well an application stands for its number: anybody can type one, few pay for somebody else, nobody proves it.
enum class ClaimStrength { typed, money, proven };

struct ClaimHolder {
  ApplicationId id;
  std::string account;
  std::int64_t version = 0;
  bool counts = false;
  ClaimStrength strength = ClaimStrength::typed;
};

// By number (16 bytes): the applications that stand and name it for the day. Read without locks, because locks between
// rows would make everybody wait who applies at the same moment; the UNIQUE key on what counts decides.
std::map<std::string, std::vector<ClaimHolder>> find_claims(Connection& connection, const std::string& day,
                                                            const std::vector<std::string>& claims);
// Of one number, but for `own`.
std::vector<ClaimHolder> find_other_claims(Connection& connection, const std::string& day, const std::string& claim,
                                           const ApplicationId& own);

// Another program changed a claim between the look and the change: the transaction is to be done again.
struct ClaimMoved {};

// Runs `work`, a whole transaction, again when a claim moved or the UNIQUE key refused it: looking again sees the
// other. Throws Unavailable (database_busy) when that goes on.
template <class Work>
auto again_when_moved(Work work) {
  constexpr int tries = 5;
  for (int left = tries; left > 0; --left) {
    try {
      return work();
    } catch (const ClaimMoved&) {
    } catch (const AlreadyStored&) {
    }
  }
  throw DatabaseUnavailable("database_busy", {"please try again", "다시 시도해 주십시오"});
}

// Whether an application of this strength may count beside the others, and which of them yield to it then.
struct ClaimVerdict {
  bool may_count = true;
  std::vector<ClaimHolder> yield;
};
ClaimVerdict judge_claim(ClaimStrength own, const std::vector<ClaimHolder>& others);

// Throws NoticeContradicts (days_meet) with the number of people of whom two applications would count on one day if the exam days
// were those of the notice. The UNIQUE key could say it of one of them only.
void refuse_meeting_days(Connection& connection, const Recruitment& notice);
// The applications of the notice name the days of its calendars from now on, so that a day that was moved is judged as if it had
// been so from the start. Throws the same.
void follow_exam_days(Connection& connection, const Recruitment& notice);

// Ends the application for the sake of another claim: a fee goes back, and its applicant is told. Throws ClaimMoved.
void yield_claim(Connection& connection, const Store& store, const ClaimHolder& holder, const services::Change& change);

// Ends an application of this version: state, claim, orders and half-made edits; a fee that was paid goes back. `kind`:
// of the event. False when it has another version or is over.
bool end_application(Connection& connection, const ApplicationId& id, std::int64_t version, std::string_view kind,
                     const std::string& detail, const services::Change& change);

}  // namespace hanjari::storage
