#include "program/opening/officer_call.h"

#include "hanjari/plans/exams.h"

namespace hanjari::cli {

OfficerCall::OfficerCall(const Arguments& arguments, const Terminal& terminal)
    : database_(open_database(arguments, terminal)), reason_(arguments.find("reason").value_or("")) {
  const Configuration configuration = configuration_of(arguments);
  opened_ = std::make_unique<OpenIntake>(*database_, database_settings(arguments, configuration), configuration);
  actor_.account = author_of(arguments);
  actor_.role = services::Role::exam_officer;
  actor_.source = operating_account();
}

void OfficerCall::require_not_destroyed(const ExamCode& exam) {
  services::require_not_destroyed(database_->exams(), exam);
}

services::Change OfficerCall::change() const {
  return {actor_.account, reason_, system_clock().now(), "exam_officer", actor_.source, ""};
}

std::vector<Option> officer_options(std::vector<Option> own) {
  own.push_back(data_option());
  own.push_back(config_option());
  own.push_back(author_option());
  own.push_back({"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}});
  return own;
}

}  // namespace hanjari::cli
