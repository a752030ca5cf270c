// Whose a resident number is: proofs, and what officers do where two people name the same.
#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/officers_work.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {

void Claims::prove_claim(const ApplicationId& id, const Change& change) {
  const Application application = load_application(needs_.applications, id);
  require_alive(application);
  needs_.applications.prove_claim(application, change);
}

std::vector<Claimant> Claims::list_claimants(const Actor& actor, const ApplicationId& id) {
  require_officer(actor);
  const Application application = load_as_listed(needs_.applications, id);
  auto claimants = needs_.applications.list_claimants(id);
  AuditNote note{"applications.claimants", id.text()};
  note.exam = application.exam.text();
  for (const Claimant& claimant : claimants) note.whose.push_back(claimant.id.text());
  // Nobody sees what is not recorded: this throws before anything is handed out.
  needs_.accesses.record_access(change_of(actor, "", needs_.clock.now()), note);
  return claimants;
}

void Claims::release_claim(const Actor& actor, const ApplicationId& id, const std::string& told, const Change& change) {
  require_officer(actor);
  // One that does not open too: nobody else could end it, and it would be in everybody's way.
  const Application application = load_as_listed(needs_.applications, id);
  require_alive(application);
  if (is_blank_text(told)) {
    throw InvalidInput("reason_missing",
                       {"Give a reason that the applicant can read.", "응시자에게 알릴 사유가 필요합니다."});
  }
  const auto stored = load_recruitment(needs_.recruitments, application.exam);
  needs_.applications.release_claim(application, {released_message(stored->notice, application, clean_lines(told))}, change);
}

}  // namespace hanjari::services
