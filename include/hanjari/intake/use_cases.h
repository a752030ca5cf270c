// The use cases of applying, from the set-up of the notice to the frozen list of applicants. Each holds what it needs and
// shows none of it: pages, API and commands can do what the use cases do, and nothing past them.
#pragma once

#include "hanjari/intake/attachments.h"
#include "hanjari/intake/form_filling.h"
#include "hanjari/intake/notice_board.h"
#include "hanjari/intake/office_table.h"
#include "hanjari/intake/notice_setup.h"
#include "hanjari/intake/officers_work.h"
#include "hanjari/intake/own_applications.h"
#include "hanjari/intake/paying.h"
#include "hanjari/intake/submitting.h"

namespace hanjari::services {

// Put together where a program opens its repositories.
struct UseCases {
  // Everybody and applicants.
  NoticeBoard notices;
  FormFilling forms;
  OwnAttachments attachments;
  Submitting submitting;
  OwnApplications own;
  Paying paying;
  SelfReporting self_reports;
  PortalTexts texts;
  // Officers.
  OfficersWork officers;
  HealthDecisions health;
  Claims claims;
  ApplicationCloser closing;
  ApplicantExport exports;
  OfficeTable table;
  NoticeSetup setup;
  // Papers.
  Portraits portraits;
};

}  // namespace hanjari::services
