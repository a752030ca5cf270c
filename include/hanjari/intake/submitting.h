// Submitting a form: stored once, however often it is sent, with a signed receipt.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/intake/applicant.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/receipts.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

class SubmissionQueue;

// Requests that were complete before closing are stored until this much later; until then nothing lapses and nothing is
// counted for good.
constexpr std::chrono::seconds in_flight_grace{60};

struct Submitted {
  Application application;
  std::string receipt;
  bool again = false;  // this key was answered before; the same receipt
};

struct SubmitRequest {
  std::string key;           // Idempotency-Key; the draft's submission_key from a form
  std::int64_t version = 0;  // of the draft that the person reviewed; 0: whatever stands there
  Instant received_at{};     // when the server had the whole request
  std::string ticket{};      // of an earlier try that had to wait in the queue
  std::string draft{};       // id of the draft that the page showed; empty where none was shown
};

// Steps with a deadline that an applicant takes after applying.
enum class TimedStep { withdrawal, self_report };

// When a request came that has no form of its own, and the ticket of an earlier try.
struct SentMoment {
  Instant received_at{};  // when the server had the whole request
  std::string ticket{};
};

// Not taken yet because too many submit: the place in the queue is kept under the key, and so is the moment of the
// first attempt, which is what counts at closing.
class InQueue : public Unavailable {
 public:
  InQueue(std::int64_t place, std::chrono::seconds retry_after, Instant first_received);
  std::int64_t place() const { return place_; }  // from 1
  std::chrono::seconds retry_after() const { return retry_after_; }
  Instant first_received() const { return first_received_; }
  // Signed: who brings it with the next try has the moment of the first one, also from another program or after this
  // one was started again. Of this key only.
  const std::string& ticket() const { return ticket_; }
  void give_ticket(std::string ticket) { ticket_ = std::move(ticket); }

 private:
  std::int64_t place_;
  std::chrono::seconds retry_after_;
  Instant first_received_;
  std::string ticket_;
};

class Submitting {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    const ReceiptSigner& signer;
    SubmissionQueue& queue;
  };
  explicit Submitting(const Needs& needs) : needs_(needs) {}

  // Stores the draft as application, or the edit of one, and returns only after the commit. The same key gives the same
  // application and receipt however often it comes. The notice is loaded once. Throws FormIncomplete, NotOpen,
  // DraftChanged, Conflict (one_per_day, claim_held, application_changed, key_of_another, no_draft), InQueue when too
  // many submit at this moment, Unavailable (outcome_unknown, ...) when it may be sent again with the same key.
  Submitted submit(const Applicant&, const ExamCode&, const SubmitRequest&);
  // A ticket, as in InQueue, for who is asked to send again for another reason.
  std::string keep_moment(const ExamCode&, const SubmitRequest&);
  // The same of another step that has a deadline: a ticket of this application and step only, and the moment of the first
  // try of whoever brings it.
  std::string keep_moment(const ApplicationId&, TimedStep, const SentMoment&);
  Instant first_moment(const ApplicationId&, TimedStep, const SentMoment&);
  // With which everybody checks receipts: 64 hex digits.
  const std::string& receipt_key() const { return needs_.signer.public_key(); }

 private:
  Needs needs_;
};

}  // namespace hanjari::services
