// Whose a resident number is: proofs, and what officers do where two people name the same.
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {

void prove_claim(Intake& intake, const ApplicationId& id, const Change& change) {
  const Application application = load_application(intake, id);
  require_alive(application);
  intake.applications.prove_claim(application, change);
}

std::vector<Claimant> list_claimants(Intake& intake, const Actor& actor, const ApplicationId& id) {
  require_officer(actor);
  const Application application = load_application(intake, id);
  auto claimants = intake.applications.list_claimants(id);
  AuditNote note{"applications.claimants", id.text()};
  note.exam = application.exam.text();
  for (const Claimant& claimant : claimants) note.whose.push_back(claimant.id.text());
  // Nobody sees what is not recorded: this throws before anything is handed out.
  intake.accesses.record_access(change_of(actor, "", intake.clock.now()), note);
  return claimants;
}

void release_claim(Intake& intake, const Actor& actor, const ApplicationId& id, const std::string& told,
                   const Change& change) {
  require_officer(actor);
  const Application application = load_application(intake, id);
  require_alive(application);
  if (told.find_first_not_of(' ') == std::string::npos) {
    throw InvalidInput("reason_missing",
                       {"Give a reason that the applicant can read.", "응시자에게 알릴 사유가 필요합니다."});
  }
  const auto stored = load_notice(intake.recruitments, application.exam);
  intake.applications.release_claim(application, {released_message(stored->notice, application, told)}, change);
}

}  // namespace hanjari::services
