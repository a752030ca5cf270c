// The files that tell what a change of a plan means for people and places, from the published plan on; and its figures on
// the terminal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/cli/command.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/plans/change_lists.h"
#include "hanjari/replanning/notices.h"
#include "hanjari/replanning/replan.h"

namespace hanjari::cli {

using Contacts = services::NoticeContacts;

// What people were told: the published plan, and the exam it was made of where that is at hand.
struct Told {
  PlanRows plan;
  std::optional<Exam> exam;
  Contacts contacts;
  bool asked_for_contacts = false;
  // Whether the folder itself was named or taken for the published plan, and not what it carries along.
  bool is_base = true;
};

// --published, --published-exam and --contacts.
std::vector<Option> told_options();
// The published plan: --published if it is given, else what the folder carries along, else the plan of the folder
// itself. `rows`: that plan. What is wrong with contacts, or who is nobody of it or of the exam, is said.
Told find_told(const Arguments& arguments, const Exam& exam, const std::string& folder, const PlanRows& rows,
               const Terminal& terminal);

// The notices and the counts of places: notices.csv and change_counts.csv for programs that send letters, by applicant_id;
// notices.xlsx for Excel, in the order in which an officer wants to read them (replanning::list_notices).
struct ChangeFiles {
  package::PlanFiles files;
  std::vector<replanning::Notice> notices;
};
ChangeFiles change_files(const Exam& exam, const Told& told, const Plan& to, Language language);

// With changes.csv from the plan that the step began with, and the published plan to be carried along.
ChangeFiles step_files(const Exam& exam, const Told& told, const PlanRows& from, const Plan& to, Language language);

void say_figures(const ChangeFigures& figures, const Terminal& terminal);
// Who is told what, and who travels how much farther.
void say_notices(const Exam& exam, const Told& told, const std::vector<replanning::Notice>& notices,
                 const Terminal& terminal);

}  // namespace hanjari::cli
