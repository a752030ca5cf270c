// What commands of exam officers share: the open database, the services over it, and who does it and why.
#pragma once

#include <memory>
#include <vector>

#include "hanjari/cli/command.h"
#include "program/opening/open_intake.h"

namespace hanjari::cli {

class OfficerCall {
 public:
  OfficerCall(const Arguments& arguments, const Terminal& terminal);
  services::UseCases& intake() { return opened_->intake(); }
  // Throws Conflict (exam_destroyed) with the day: nobody is left of whom something could be said.
  void require_not_destroyed(const ExamCode& exam);
  // Throws as named_exam.
  ExamCode exam(const std::string& typed);
  // Whoever may open the data folder acts as an exam officer, under the name given for the record.
  const services::Actor& actor() const { return actor_; }
  services::Change change() const;
  // Throws as require_officer_account.
  void require_account(const Arguments& arguments);

 private:
  std::unique_ptr<storage::Database> database_;
  std::unique_ptr<OpenIntake> opened_;
  services::Actor actor_;
  std::string reason_;
};

// Two officers are two people only if both names are accounts: a name that somebody made up confirms nothing. Throws
// InvalidInput (not_an_officer) unless --author, or who runs the command, is the account of an exam officer.
void require_officer_account(const Arguments& arguments, storage::Database& database);

// The options of such a command before those that all have.
std::vector<Option> officer_options(std::vector<Option> own);

}  // namespace hanjari::cli
