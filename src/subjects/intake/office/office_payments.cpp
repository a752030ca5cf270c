// Money that the payment provider took back after it had come: an officer decides whether the application counts on.
#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/office_table.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {

void OfficeTable::decide_taken_back(const Actor& actor, const ExamCode& exam, const ApplicationId& id,
                                    TakenBackDecision decision, const std::string& told, const Change& change) {
  // One that does not open too: its owner cannot be written to, and it must not stay undecided.
  require_person_of(actor, exam, id);
  const Application application = load_as_listed(needs_.applications, id);
  const auto payments = needs_.payments.list_payments(id);
  const auto found = std::find_if(payments.begin(), payments.end(), is_taken_back);
  if (found == payments.end()) throw_not_taken_back();
  if (is_blank_text(told)) {
    throw InvalidInput("reason_missing",
                       {"Give a reason that the applicant can read.", "응시자에게 알릴 사유가 필요합니다."});
  }
  std::vector<Message> messages;
  if (application.legible == Legible::yes) {
    const auto stored = load_stored(exam);
    messages.push_back(taken_back_decided_message(stored->notice, application, *found, decision, clean_lines(told)));
  }
  needs_.payments.decide_taken_back(found->id, decision, messages, change);
}

}  // namespace hanjari::services
