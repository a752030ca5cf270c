// What the pages of applications in the office have in common: addresses, codes and words.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/intake/use_cases.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

ExamCode notice_of(const Call& call);
ApplicationId application_of(const Call& call);
// "/ko/recruitments/CODE", and of one application "/ko/recruitments/CODE/applications/ID".
std::string recruitment_address(const Call& call, const ExamCode& exam);
std::string person_address(const Call& call, const ExamCode& exam, const ApplicationId& id);

// Districts of the notice's areas by their codes, and outside as the empty code, which comes last.
std::vector<DistrictCode> list_districts(const Recruitment& notice);
std::string write_district(const Call& call, const DistrictCode& district);
std::string write_stage(const Call& call, services::AccommodationStage stage);
// The unit in words, or its code when the notice has it no more.
std::string write_unit_of(const Call& call, const Recruitment& notice, const UnitCode& unit);
std::string write_payment_state(const Call& call, services::PaymentState state);
// "1,234", or "more than 40,000".
std::string write_count(const Call& call, const services::TableCount& count);
// One choice of a list.
nlohmann::json choice_of(const std::string& value, const std::string& label, bool chosen);
// Applications that wait and do not open, by their numbers; adds nothing when there are none.
void describe_unreadable(const Call& call, const ExamCode& exam, const std::vector<ApplicationId>& people, nlohmann::json& data);
// A number from 0 that was sent; -1 for anything else.
std::int64_t whole_number(const std::string& text);

}  // namespace hanjari::web
