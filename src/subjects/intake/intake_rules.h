// What the use cases of applying share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/intake/applicant.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

Change change_of(const Applicant& who, const std::string& reason, Instant at);
// Throws NotFound (unknown_application) for one of another account, which is not told apart from none.
Application load_own(ApplicationRepository& applications, const Applicant& who, const ApplicationId& id);
Application load_application(ApplicationRepository& applications, const ApplicationId& id);
// Also one whose form does not open (find_as_listed).
Application load_as_listed(ApplicationRepository& applications, const ApplicationId& id);
// The person's newest in the exam unless it is over: one that is over keeps nobody from another one, whether or not it opens.
std::optional<Application> find_counting(ApplicationRepository& applications, const Applicant& who, const ExamCode& exam);
// Throws NotAllowed (role_not_allowed).
void require_officer(const Actor& actor);
// Throws Conflict (application_over).
void require_alive(const Application& application);
// The calendar that the application follows.
const Calendar& calendar_of(const Recruitment& notice, const Application& application);
// Whether it can be the number of an application or a payment: plain characters of ASCII. Everything else comes from a
// changed address, and the database refuses even to compare its columns with it.
bool is_plain_number(std::string_view text);
// Units whose calendar closed long enough ago that nothing of them is in flight any more.
struct ClosedUnits {
  std::vector<UnitCode> units;
  int still_open = 0;  // calendars that have not
};
ClosedUnits list_closed_units(const Recruitment& notice, Instant now);

}  // namespace hanjari::services
