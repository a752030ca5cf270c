// What pages and API of publications share: the repositories behind a call, and the orders and steps that both take.
#pragma once

#include <string>

#include "hanjari/accounts/security_keys.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/plans/exams.h"
#include "hanjari/publications/final_stage.h"
#include "hanjari/publications/publication_job.h"
#include "hanjari/publications/publications.h"
#include "hanjari/publications/release_desk.h"
#include "hanjari/results/results.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct PublicationsCall {
  services::ExamRepository& exams;
  services::JobRepository& jobs;
  services::ResultRepository& results;
  services::PublicationRepository& publications;
  services::ReleaseDesk& desk;
  ExamCode code;
};

// Throws NotFound (no_publications) where this program publishes nothing, (exam_not_found).
PublicationsCall publications_of(const Call& call);
// Throws NotFound (no_results) where this program keeps no interviews.
services::FinalStage final_stage_of(const Call& call, const PublicationsCall& of);
// Name and day of the exam, as the head of every page of publications shows them.
nlohmann::json exam_of_page(const services::ExamHead& head, Language language);
// Of {publication} in the path. Throws NotFound (unknown_publication).
services::Publication publication_of(const Call& call, const PublicationsCall& of);
// The minute of a release as a person or a program writes it: with its distance from UTC, or by the clock of the zone in every
// spelling of files and forms. What is none gives Instant{}, which the order refuses at the field.
Instant release_minute_in(const std::string& typed, const std::string& time_zone);
services::Change change_of_publication(const Call& call, const std::string& reason);

// What somebody asks to be done with one version.
struct SentStep {
  std::string step;        // propose, approve, arm, withdraw
  std::string digest;      // of the set that was seen
  services::StepFactor factor;  // for approve and arm
  std::string passphrase;  // of the own release key, for arm
  std::string reason;
  std::string basis{};  // of a version on hold that is released all the same, for arm
};
// What a security key signs for the step `approve` or `arm` of a version whose digest was seen.
std::string what_is_released(const ExamCode& code, const services::Publication& publication, const std::string& step);
// Throws InvalidInput (bad_request) and as the use cases; NotAllowed (wrong_code, too_many_attempts).
services::Publication take_publication_step(const Call& call, const SentStep& sent);

// Makes the own release key. An earlier one gives way only to somebody who says so: an officer who means to give a share must not
// close it by the form of a new key. Throws InvalidInput (key_is_there).
void make_sent_release_key(const Call& call, const std::string& passphrase, bool replaces);

// The summary, recorded before it is given: it shows pages of people. Empty object while nothing is sealed.
nlohmann::json open_summary(const Call& call, const PublicationsCall& of, const services::Publication& publication);

}  // namespace hanjari::web
