// What pages and API of invigilators share: whose part of which exam is meant, and the steps that both take.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/duty_views.h"
#include "hanjari/invigilators/staffing_job.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/site/site.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// Of lists and of what is given to take along, as .xlsx.
constexpr const char* type_of_workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct DutyCall {
  services::InvigilatorRepository& invigilators;
  services::ExamRepository& exams;
  services::JobRepository& jobs;
  ExamCode code;
  services::ExamHead head;
  services::DutyBoard board;
  services::DutyPart part;  // of the caller, at this moment
};

// Throws NotFound (no_invigilators_kept) where this program keeps none, (exam_not_found).
DutyCall duties_of_call(const Call& call);
bool is_city(const DutyCall& of);
std::string address_of_people(const Call& call, const ExamCode& code);
std::string address_of_duties(const Call& call, const ExamCode& code);
// Where the pages of an exam's invigilators lead back to, `address` and `words`: an officer to the exam, others to the list of exams.
nlohmann::json describe_way_back(const Call& call, const DutyCall& of);
services::Change duty_change(const Call& call, const std::string& reason);
// Names of the venues of the live plan that are the caller's.
std::map<VenueCode, std::string> name_own_venues(const Call& call, const DutyCall& of);
// Recorded before anybody is shown.
void record_people_shown(const Call& call, const DutyCall& of, const std::string& action,
                         const std::vector<InvigilatorId>& people, const std::string& detail = {});
using PeopleOfExams = std::map<ExamCode, std::vector<InvigilatorId>>;
// Of whom something of another exam is told beside this one: recorded with that exam.
void record_people_of_others(const Call& call, const DutyCall& of, const std::string& action, const PeopleOfExams& people);

// Copies of plans that are kept from one call to the next, where plans are edited; else some for this call alone.
std::shared_ptr<services::PlanCopies> plan_copies_of(const Call& call);
// Of the invigilators' own page; empty where it is not known.
std::string own_page_address(const Call& call);

// What a form was sent with, to be sent again in the other language: that page has a token of its own.
Values without_token(Values form);

// Of a form or of the API; throws InvalidInput (bad_request) for another word.
DutyRole duty_role_in(const std::string& word);
// Numbers of people, separated by blanks, commas or lines.
std::vector<InvigilatorId> numbers_in(const std::string& typed);

// The entries of a JSON object as those of a form; null is an empty field.
Values fields_of_json(const Call& call);

// The steps, from the fields of a form or of the API. Of a person and of the settings a field that is not sent stays as it
// is, an empty one is cleared; they throw InvalidInput with what is missing, and as the use cases.
services::PeopleImported import_sent_people(const Call& call, std::string_view zip, const Values& fields);
void save_sent_person(const Call& call, const Values& fields);
services::DutyBoard set_sent_board(const Call& call, const Values& fields);
services::Invited invite_sent_people(const Call& call, const Values& fields);
void take_sent_step(const Call& call, const Values& fields);
services::Job order_sent_staffing(const Call& call, const Values& fields);
services::Staffing edit_sent_duties(const Call& call, const Values& fields);
void refuse_sent_swap(const Call& call, const Values& fields);

}  // namespace hanjari::web
