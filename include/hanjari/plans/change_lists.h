// What a plan changes for people and places since another one was told, as files: for programs, for Excel, and on paper.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/replanning/notices.h"

namespace hanjari::services {

struct NoticeContact {
  std::string phone;
  std::string email;
};
using NoticeContacts = std::map<ApplicantId, NoticeContact>;

// notices.csv and change_counts.csv for programs that send letters, by applicant_id; notices.xlsx for Excel, in the order
// in which an officer wants to read them (replanning::list_notices); changes.csv of the contract.
struct ChangeLists {
  std::map<std::string, std::string> files;  // bytes by name
  std::vector<replanning::Notice> notices;
};

// `from`: what people were told, `before` the exam it was made of (null where it is not at hand). `contacts`: empty, or
// phone and e-mail beside every notice.
ChangeLists render_change_lists(const Exam& exam, const PlanRows& from, const Plan& to, const Exam* before,
                                const NoticeContacts& contacts, Language language);

// The notices as a list on paper.
documents::Paper render_notices_pdf(const PlannedExam& planned, const std::vector<replanning::Notice>& notices,
                                    const documents::PaperContext& context);

}  // namespace hanjari::services
