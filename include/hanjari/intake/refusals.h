// Refusals of applying that callers tell apart: each leads to a page of its own.
#pragma once

#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {

// The form was saved from another device meanwhile (draft_changed).
class DraftChanged : public Conflict {
 public:
  explicit DraftChanged(Text message) : Conflict("draft_changed", std::move(message)) {}
};

// What was sent is of another form than the one that stands there: of another account, or one that was submitted or discarded
// since (form_of_another).
class OtherForm : public Conflict {
 public:
  OtherForm()
      : Conflict("form_of_another", {"What you sent belongs to another form. Look at the form of this account and submit it.",
                                     "다른 지원서에서 보낸 내용입니다. 이 계정의 지원서를 확인한 뒤 제출하십시오."}) {}
};

// Outside the window of applications (not_open).
class NotOpen : public Conflict {
 public:
  explicit NotOpen(Text message) : Conflict("not_open", std::move(message)) {}
};

// Somebody else saved this part of the set-up meanwhile: the notice (recruitment_changed) or another one
// (setup_changed).
class SetupChanged : public Conflict {
 public:
  using Conflict::Conflict;
};

// What was saved or proposed of a notice contradicts what is stored beside it: a unit with applications would go
// (unit_in_use), another notice has the code of one of its days (exam_code_taken), or people would have two applications that
// count on a day that was moved (days_meet).
class NoticeContradicts : public Conflict {
 public:
  using Conflict::Conflict;
};

// A change of the notice waits for another officer already, and nothing was said of what becomes of it
// (notice_change_pending).
class NoticeChangePending : public Conflict {
 public:
  explicit NoticeChangePending(Text message) : Conflict("notice_change_pending", std::move(message)) {}
};

// Entries of the form are missing or wrong (form_incomplete): one fault each, its column the field.
class FormIncomplete : public InvalidInput {
 public:
  FormIncomplete(Text message, Faults faults)
      : InvalidInput("form_incomplete", std::move(message), std::move(faults)) {}
};

// The payment provider answers with what no order can be (payments_bad_answer): it concerns this order only.
class BadProviderAnswer : public Unavailable {
 public:
  explicit BadProviderAnswer(Text message) : Unavailable("payments_bad_answer", std::move(message)) {}
};

}  // namespace hanjari::services
