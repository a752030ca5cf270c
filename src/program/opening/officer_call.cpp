#include "program/opening/officer_call.h"

#include <fmt/format.h>

#include "cli/suggestion.h"
#include "hanjari/accounts/accounts.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/plans/exams.h"
#include "program/opening/named_exam.h"

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

ExamCode OfficerCall::exam(const std::string& typed) {
  return named_exam(*database_, typed);
}

services::Change OfficerCall::change() const {
  return {actor_.account, reason_, system_clock().now(), "exam_officer", actor_.source, "", actor_.source};
}

void OfficerCall::require_account(const Arguments& arguments) {
  require_officer_account(arguments, *database_);
}

void require_officer_account(const Arguments& arguments, storage::Database& database) {
  const std::string name = author_of(arguments);
  const auto account = database.accounts().find_account(name);
  if (account && !account->disabled && account->actor.role == services::Role::exam_officer) return;
  const std::string list = suggest(arguments, {"account", "list"});
  throw InvalidInput("not_an_officer",
                     {fmt::format("{} is not the account of an exam officer, or it is disabled; say with --author whose "
                                  "step this is. The accounts are told by: {}",
                                  name, list),
                      in_korean("{}[은/는] 사용할 수 있는 시험 담당자 계정이 아닙니다. 누구의 단계인지 --author로 알려 "
                                  "주십시오. 계정 보기: {}",
                                  name, list)});
}

std::vector<Option> officer_options(std::vector<Option> own) {
  own.push_back(data_option());
  own.push_back(config_option());
  own.push_back(author_option());
  own.push_back({"reason", "TEXT", {"why, for the record", "기록에 남길 사유"}});
  return own;
}

}  // namespace hanjari::cli
