// Filling in the form, and submitting it.
#include <algorithm>
#include <charconv>
#include <set>
#include <string>

#include <fmt/format.h>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/people.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/application_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/intake/form_filling.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/intake/submitting.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/intake_rules.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_form = 60'000;  // bytes of JSON

[[noreturn]] void throw_not_open() {
  throw NotOpen({"Applications are not open at this time; see the dates in the notice.",
                 "지금은 원서 접수 기간이 아닙니다. 공고의 일정을 확인하십시오."});
}

bool any_open(const Recruitment& notice, Instant now) {
  return std::any_of(notice.calendars.begin(), notice.calendars.end(),
                     [&](const Calendar& calendar) { return calendar.applications.contains(now); });
}

// Each application tells its person of its beginning and its end: without a limit somebody who applies and withdraws
// without end would leave messages that are to be sent for years. An edit is none.
void require_room_for_another(ApplicationRepository& applications, const Applicant& who, const ExamCode& exam) {
  const auto all = applications.list_applications(who.account);
  const auto made = std::count_if(all.begin(), all.end(), [&](const Application& one) { return one.exam == exam; });
  if (made < most_applications_in_exam) return;
  throw Conflict("too_many_applications",
                 {"You have applied and withdrawn very often. Please call the exam office.",
                  "접수와 취소를 너무 많이 반복하였습니다. 시험 담당 부서에 문의하십시오."});
}

// The trail keeps what every change changed, so that somebody who changes without end would fill the disk.
void require_room_for_change(const Application& application) {
  if (application.version < most_versions) return;
  throw Conflict("too_many_changes", {"You have changed your application very often. Please call the exam office.",
                                      "원서를 너무 많이 수정하였습니다. 시험 담당 부서에 문의하십시오."});
}

bool is_key(const std::string& key) {
  return key.size() >= 16 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
         });
}

// An edit may not change what was paid: the unit with another fee is another application.
std::vector<FieldFault> judge_edit(const Application& edited, Won fee) {
  if (edited.state != ApplicationState::paid || edited.fee == fee) return {};
  return {{"unit",
           "other_fee",
           {"Your fee is paid, and this change has another fee. Withdraw (the fee is given back) and apply again.",
            "이미 결제한 수수료와 금액이 다릅니다. 접수를 취소(환불)한 뒤 다시 지원하십시오."}}};
}

// Once nobody withdraws any more, the list of a day is final: whoever is on it may have a number and a seat there, and does
// not go over to another day that is still open.
std::vector<FieldFault> judge_day(const Recruitment& notice, const Application& edited, const NoticeUnit& unit, Instant at) {
  const Calendar& before = calendar_of(notice, edited);
  if (before.exam_on == notice.calendar_of(unit).exam_on || at < before.cancel_until) return {};
  const bool any_left = std::any_of(notice.calendars.begin(), notice.calendars.end(), [&](const Calendar& one) {
    return one.exam_on == before.exam_on && one.applications.contains(at);
  });
  if (!any_left) {
    return {{"unit",
             "other_day",
             {"Your exam day is settled, and no unit of that day is open any more: the changes cannot be submitted. Your "
              "application remains as it was submitted.",
              "시험일이 확정되었고 같은 시험일의 모집단위도 접수가 마감되어 수정한 내용을 제출할 수 없습니다. 이전에 제출한 내용이 "
              "유효합니다."}}};
  }
  return {{"unit",
           "other_day",
           {"Your exam day is settled; this unit has its exam on another day. Choose a unit of your own exam day, or discard "
            "the changes.",
            "시험일이 확정되어 시험일이 다른 모집단위로 바꿀 수 없습니다. 같은 시험일의 모집단위를 선택하거나 수정을 취소하십시오."}}};
}

// A form may be begun while any unit of the notice is open; the one that it names may be closed before it is sent.
std::vector<FieldFault> judge_window(const StoredRecruitment& stored, const Draft& draft, Instant now) {
  const NoticeUnit* unit = stored.notice.find_unit(draft.form.unit);
  if (unit == nullptr) return {};
  const Calendar& calendar = stored.notice.calendar_of(*unit);
  if (takes_applications(stored, calendar, now)) return {};
  if (now < calendar.applications.opens) {
    return {{"unit",
             "unit_not_open",
             {"Applications for the unit you chose have not opened yet, so the form cannot be submitted for it now.",
              "선택한 모집단위는 아직 접수 기간이 아니어서 지금은 제출할 수 없습니다."}}};
  }
  if (draft.edits.empty()) {
    return {{"unit",
             "unit_closed",
             {"Applications for the unit you chose have closed, so the form cannot be submitted for it. Choose a unit that is "
              "still open.",
              "선택한 모집단위의 접수가 마감되어 이 모집단위로는 제출할 수 없습니다. 접수 중인 다른 모집단위를 선택하십시오."}}};
  }
  return {{"unit",
           "unit_closed",
           {"Applications for this unit have closed, so the changes cannot be submitted. Your application remains as it was "
            "submitted.",
            "이 모집단위의 접수가 마감되어 수정한 내용을 제출할 수 없습니다. 이전에 제출한 내용이 유효합니다."}}};
}

Submitted answer_again(ApplicationRepository& applications, const Applicant& who, const StoredSubmission& stored) {
  if (stored.account != who.account) {
    throw Conflict("key_of_another", {"This form belongs to somebody else's application. Open your form again.",
                                      "다른 사람의 원서에 쓰인 제출 번호입니다. 지원서를 다시 열어 주십시오."});
  }
  return {load_own(applications, who, stored.application), stored.receipt, true};
}

[[noreturn]] void throw_outcome(SubmissionOutcome outcome) {
  switch (outcome) {
    case SubmissionOutcome::draft_changed:
      throw DraftChanged({"The form was changed on another device after you reviewed it. Review it again.",
                          "검토하신 뒤 다른 기기에서 지원서가 변경되었습니다. 다시 검토해 주십시오."});
    case SubmissionOutcome::one_per_day:
      throw Conflict("one_per_day",
                     {"You have applied for an exam of the same day already. Only one application is possible.",
                      "같은 날 시행하는 시험에 이미 접수하셨습니다. 한 곳에만 접수할 수 있습니다."});
    case SubmissionOutcome::claim_held:
      throw Conflict("claim_held",
                     {"The resident number of a completed application cannot be changed here, and another exam day "
                      "may need your identity to be confirmed. Withdraw and apply again, or call the exam office.",
                      "접수가 완료된 원서의 주민등록번호는 여기서 바꿀 수 없으며, 시험일을 바꾸려면 본인 확인이 필요할 수 "
                      "있습니다. 접수를 취소하고 다시 지원하시거나 시험 담당 부서에 문의하십시오."});
    case SubmissionOutcome::application_changed:
      throw Conflict("application_changed",
                     {"Your application was changed after you began this edit. Discard your changes under \"My "
                      "applications\" and begin the edit again.",
                      "수정을 시작한 뒤 원서가 변경되었습니다. '내 원서'에서 수정을 취소하고 다시 수정하십시오."});
    case SubmissionOutcome::too_late:
      throw Conflict("too_late",
                     {"The application could not be stored in time.", "제한 시간 안에 저장하지 못했습니다."});
    case SubmissionOutcome::stored:
    case SubmissionOutcome::stored_before:
      break;
  }
  throw std::logic_error("a stored submission is no failure");
}

// MICROSECONDS.SIGNATURE of the moment in which a key first came.
std::string ticket_of(const ReceiptSigner& signer, const std::string& key, Instant first_received) {
  const std::string moment = fmt::format("{}", first_received.time_since_epoch() / std::chrono::microseconds(1));
  return fmt::format("{}.{}", moment, signer.sign_text(fmt::format("place in the line\n{}\n{}\n", key, moment)));
}

// Microseconds since 1970. An instant counts nanoseconds, which end in the year 2262; it is read before the signature is known to be ours.
constexpr std::int64_t last_moment_of_tickets = 9'000'000'000'000'000;

// A ticket that is not ours gives no place, and is no reason to refuse a form.
std::optional<Instant> read_ticket(const ReceiptSigner& signer, const std::string& key, const std::string& ticket) {
  const std::size_t dot = ticket.find('.');
  if (dot == std::string::npos || dot > 17) return std::nullopt;
  std::int64_t moment = 0;
  const auto [end, wrong] = std::from_chars(ticket.data(), ticket.data() + dot, moment);
  if (wrong != std::errc() || end != ticket.data() + dot || moment < 0 || moment > last_moment_of_tickets) return std::nullopt;
  const Instant first{std::chrono::duration_cast<Instant::duration>(std::chrono::microseconds(moment))};
  if (ticket_of(signer, key, first) != ticket) return std::nullopt;
  return first;
}

// A place of each person, whatever keys they send: by keys that are made up one account would fill the line, and everybody
// else would come after the closing.
std::string line_key(const ExamCode& exam, const Applicant& who) {
  return exam.text() + "/" + who.account;
}

// A ticket names the form by its key, which nobody else knows, and not the person: while the database is away nobody
// can be asked who that is.
std::string ticket_key(const ExamCode& exam, const SubmitRequest& request) {
  return exam.text() + "/" + request.key;
}

// No exam has such a code, so a ticket of a step is none of a submission.
std::string step_key(const ApplicationId& application, TimedStep step) {
  return (step == TimedStep::withdrawal ? "/withdrawal/" : "/self-report/") + application.text();
}

Instant first_try(const ReceiptSigner& signer, const ExamCode& exam, const SubmitRequest& request) {
  const auto first = read_ticket(signer, ticket_key(exam, request), request.ticket);
  return first ? std::min(*first, request.received_at) : request.received_at;
}

SubmissionQueue::Admission admit(const Submitting::Needs& needs, const Applicant& who, const ExamCode& exam,
                                 const SubmitRequest& request) {
  try {
    return needs.queue.admit(line_key(exam, who), first_try(needs.signer, exam, request));
  } catch (InQueue& waits) {
    waits.give_ticket(ticket_of(needs.signer, ticket_key(exam, request), waits.first_received()));
    throw;
  }
}

std::set<std::string> documents_of(const ApplicationForm& form) {
  std::set<std::string> ids;
  for (const AccommodationRequest& request : form.accommodations) {
    for (const AttachmentId& document : request.documents) ids.insert(document.text());
  }
  return ids;
}

// Each is looked at wherever the form is shown, so a form names no more of them than there may be, not even one many times.
void check_number_of_documents(const ApplicationForm& form) {
  std::size_t named = 0;
  for (const AccommodationRequest& request : form.accommodations) named += request.documents.size();
  if (named <= static_cast<std::size_t>(most_documents)) return;
  throw InvalidInput("too_many_documents", {"The form names too many documents.", "지원서에 첨부한 서류가 너무 많습니다."});
}

// What the form names anew must be the person's own and be there; what it named before stays as long as it does.
void check_files(AttachmentRepository& attachments, const Draft& draft, const ApplicationForm& form) {
  const auto check = [&](std::set<std::string> ids, const std::set<std::string>& before, AttachmentKind kind) {
    std::erase_if(ids, [&](const std::string& id) { return before.contains(id); });
    if (ids.empty()) return;
    const auto own = attachments.list_attachments(draft.account, draft.exam, kind);
    if (std::includes(own.begin(), own.end(), ids.begin(), ids.end())) return;
    throw InvalidInput("unknown_attachment",
                       {"The form names a photo or document that you have not sent. Send the file again.",
                        "지원서에 등록되지 않은 사진이나 서류가 들어 있습니다. 파일을 다시 올려 주십시오."});
  };
  if (!form.photo.empty()) check({form.photo.text()}, {draft.form.photo.text()}, AttachmentKind::photo);
  check(documents_of(form), documents_of(draft.form), AttachmentKind::document);
}

struct Prepared {
  Submission submission;
  Application application;
};

// What happened to an application beside the editing (its fee arrived, an item was decided) leaves the form as the edit
// knows it: the edit goes on from there. Only a form that somebody else has written meanwhile stays in its way.
// Gives the state of what is edited; of a new one submitted.
ApplicationState follow_application(ApplicationRepository& applications, Draft& draft) {
  if (draft.edits.empty()) return ApplicationState::submitted;
  const Application edited = load_application(applications, draft.edits);
  for (const ApplicationEvent& event : applications.list_events(draft.edits)) {
    if (event.version > draft.edits_version && (event.kind == "edited" || event.kind == "corrected"))
      return edited.state;
  }
  draft.edits_version = edited.version;
  return edited.state;
}

// The faults of the form by the notice as it was loaded.
std::vector<FieldFault> judge_draft(ApplicationRepository& applications, const Recruitment& notice, const Draft& draft,
                                    Instant at) {
  auto faults = judge_form(notice, draft.form);
  const NoticeUnit* unit = notice.find_unit(draft.form.unit);
  if (!draft.edits.empty() && unit != nullptr) {
    const Application edited = load_application(applications, draft.edits);
    for (FieldFault& fault : judge_edit(edited, fee_of(*unit, draft.form))) faults.push_back(std::move(fault));
    for (FieldFault& fault : judge_day(notice, edited, *unit, at)) faults.push_back(std::move(fault));
  }
  return faults;
}

// Up to which it may be sent. An edit that leaves an exam day also waits for nothing after the end of that day's withdrawals, whenever
// it was sent first: the list of the day is final then, and the other day may be open for weeks.
Instant last_moment(ApplicationRepository& applications, const Recruitment& notice, const Draft& draft, const Calendar& calendar) {
  if (draft.edits.empty()) return calendar.applications.closes;
  const Calendar& before = calendar_of(notice, load_application(applications, draft.edits));
  if (before.exam_on == calendar.exam_on) return calendar.applications.closes;
  return std::min(calendar.applications.closes, before.cancel_until);
}

// What was closed stays closed, whatever the clock says afterwards: it may have been set back.
bool is_closed(const StoredRecruitment& stored) {
  return stored.state == RecruitmentState::closed;
}

// `before`: what the application was until now; whoever has paid is not asked to pay again.
Prepared prepare(const Submitting::Needs& needs, const StoredRecruitment& stored, const Draft& draft,
                 const std::string& key, Instant received_at, ApplicationState before) {
  const Recruitment& notice = stored.notice;
  const NoticeUnit* unit = notice.find_unit(draft.form.unit);
  if (is_closed(stored)) throw_not_open();
  // Before the faults: nobody is sent to mend a form that is too late.
  if (unit == nullptr ? !any_open(notice, received_at)
                      : !notice.calendar_of(*unit).applications.contains(received_at)) {
    throw_not_open();
  }
  auto faults = judge_draft(needs.applications, notice, draft, received_at);
  if (!faults.empty() || unit == nullptr) {
    Faults told;
    for (const FieldFault& fault : faults) told.add({"form", 0, fault.field, fault.what, {"", ""}});
    throw FormIncomplete({fmt::format("{} of the form {} missing or wrong.", count_of(std::ssize(faults), "entry", "entries"),
                                      word_for(std::ssize(faults), "is", "are")),
                          fmt::format("지원서에 빠지거나 잘못된 항목이 {}개 있습니다.", faults.size())},
                         std::move(told));
  }
  const Calendar& calendar = notice.calendar_of(*unit);
  Application application;
  application.id = draft.edits.empty() ? ApplicationId(draft.id) : draft.edits;
  application.exam = draft.exam;
  application.account = draft.account;
  application.version = draft.edits_version + 1;
  application.form = draft.form;
  application.fee = fee_of(*unit, draft.form);
  const bool counts = application.fee == 0 || before == ApplicationState::paid;
  application.state = counts ? ApplicationState::paid : ApplicationState::submitted;
  application.submitted_at = received_at;

  Submission submission;
  submission.key = key;
  submission.draft = draft;
  submission.application = application.id;
  submission.exam_on = calendar.exam_on;
  if (const Area* area = notice.find_area(draft.form.area)) submission.district = area->district;
  submission.fee = application.fee;
  submission.received_at = received_at;
  submission.accept_until = last_moment(needs.applications, notice, draft, calendar) + in_flight_grace;
  submission.receipt = needs.signer.sign({draft.exam, application.id, application.version, draft.form.unit,
                                          digest_form(draft.form), application.fee, received_at, {}, draft.form.consent_text});
  submission.messages.push_back(receipt_message(notice, application, submission.receipt));
  if (application.fee == 0 && before != ApplicationState::paid) {
    Application waiting = application;
    waiting.state = ApplicationState::submitted;
    submission.messages_of_waiting.push_back(receipt_message(notice, waiting, submission.receipt));
  }
  return {std::move(submission), std::move(application)};
}

}  // namespace

std::optional<Draft> FormFilling::find_draft(const Applicant& who, const ExamCode& exam) {
  return needs_.applications.find_draft(who.account, exam);
}

Draft FormFilling::open_draft(const Applicant& who, const ExamCode& exam) {
  const auto stored = load_notice(needs_.recruitments, exam);
  const Instant now = needs_.clock.now();
  if (!takes_applications(*stored, now)) throw_not_open();
  if (auto there = needs_.applications.find_draft(who.account, exam)) return std::move(*there);
  Draft draft;
  draft.id = draw_token(8);
  draft.account = who.account;
  draft.exam = exam;
  draft.version = 0;
  draft.submission_key = draw_token(16);
  draft.form.language = who.language;
  if (const auto application = find_counting(needs_.applications, who, exam)) {
    require_room_for_change(*application);
    draft.form = application->form;
    draft.edits = application->id;
    draft.edits_version = application->version;
  } else {
    require_room_for_another(needs_.applications, who, exam);
  }
  return needs_.applications.save_draft(draft, now);
}

Draft FormFilling::save_draft(const Applicant& who, const ExamCode& exam, std::int64_t version,
                              const ApplicationForm& form) {
  const auto stored = load_notice(needs_.recruitments, exam);
  const Instant now = needs_.clock.now();
  if (!takes_applications(*stored, now)) throw_not_open();
  ApplicationForm clean = clean_form(form);
  if (package::render_form(clean).size() > longest_form) {
    throw ValueTooLong({"The form is too long.", "지원서의 내용이 너무 깁니다."});
  }
  auto draft = needs_.applications.find_draft(who.account, exam);
  if (!draft || draft->version != version) {
    throw DraftChanged({"The form was saved from another device meanwhile. Look at it again.",
                        "그사이 다른 기기에서 지원서가 저장되었습니다. 다시 확인하십시오."});
  }
  check_number_of_documents(clean);
  check_files(needs_.attachments, *draft, clean);
  draft->form = std::move(clean);
  return needs_.applications.save_draft(*draft, now);
}

void FormFilling::discard_draft(const Applicant& who, const ExamCode& exam, std::int64_t version) {
  auto draft = find_discardable(who, exam);
  if (!draft) return;
  draft->version = version;
  needs_.applications.remove_draft(*draft);
}

std::vector<FieldFault> FormFilling::review_draft(const Draft& draft) {
  const auto stored = load_notice(needs_.recruitments, draft.exam);
  const Instant now = needs_.clock.now();
  auto faults = judge_draft(needs_.applications, stored->notice, draft, now);
  for (FieldFault& fault : judge_window(*stored, draft, now)) faults.insert(faults.begin(), std::move(fault));
  return faults;
}

void FormFilling::identify(ApplicationForm& form, std::string_view resident_number) {
  const auto number = parse_resident_number(resident_number);
  if (!number) {
    throw InvalidInput("bad_resident_number",
                       {"Check the registration number again and write it as 900101-1234567.",
                        "주민등록번호를 다시 확인하여 주십시오. 900101-1234567처럼 13자리를 입력하십시오."});
  }
  // A wrong seventh digit puts the birth into another century, and nobody could correct it after closing.
  const auto today = std::chrono::floor<std::chrono::days>(needs_.clock.now()).time_since_epoch().count();
  if (find_birth_fault(number->birth_on, Date{static_cast<std::int32_t>(today + 2)})) {
    const int year = calendar_day(number->birth_on).year;
    throw InvalidInput(
        "impossible_birth",
        {fmt::format(
             "By the seventh digit of this number you were born in {}, which cannot be. Look at the number again.",
             year),
         fmt::format("뒷자리 첫 숫자대로라면 {}년생이 되어 맞지 않습니다. 주민등록번호를 다시 확인하십시오.", year)});
  }
  form.birth_on = number->birth_on;
  form.sex = number->sex;
  form.identity_hash = needs_.identity.hash_identity(number->digits);
}

std::optional<Attachment> OwnAttachments::find_attachment(const Applicant& who, const AttachmentId& id) {
  return attachments_.find_attachment(who.account, id);
}

std::map<std::string, std::string> OwnAttachments::list_document_names(const Applicant& who, const ExamCode& exam) {
  return attachments_.list_document_names(who.account, exam);
}

AttachmentId OwnAttachments::save_attachment(const Applicant& who, Attachment attachment) {
  attachment.account = who.account;
  return attachments_.save_attachment(attachment);
}

std::string Submitting::keep_moment(const ExamCode& exam, const SubmitRequest& request) {
  if (!is_key(request.key)) return {};
  return ticket_of(needs_.signer, ticket_key(exam, request), first_try(needs_.signer, exam, request));
}

std::string Submitting::keep_moment(const ApplicationId& application, TimedStep step, const SentMoment& sent) {
  return ticket_of(needs_.signer, step_key(application, step), first_moment(application, step, sent));
}

Instant Submitting::first_moment(const ApplicationId& application, TimedStep step, const SentMoment& sent) {
  const auto first = read_ticket(needs_.signer, step_key(application, step), sent.ticket);
  return first ? std::min(*first, sent.received_at) : sent.received_at;
}

Submitted Submitting::submit(const Applicant& who, const ExamCode& exam, const SubmitRequest& request) {
  if (!is_key(request.key)) {
    throw InvalidInput("bad_idempotency_key",
                       {"An Idempotency-Key has 16 to 64 letters, digits, hyphens or underscores.",
                        "Idempotency-Key는 영문자, 숫자, -, _ 16~64자입니다."});
  }
  const auto stored = load_notice(needs_.recruitments, exam);
  const auto place = admit(needs_, who, exam, request);
  const auto draft = needs_.applications.find_draft(who.account, exam);
  // A form's own key was never stored while its draft stands; any other key may have been.
  if (!draft || draft->submission_key != request.key) {
    if (const auto before = needs_.applications.find_submission(exam, request.key)) {
      return answer_again(needs_.applications, who, *before);
    }
  }
  if (!draft) {
    throw Conflict("no_draft", {"There is no form to submit. Open the form again.",
                                "제출할 지원서가 없습니다. 지원서를 다시 열어 주십시오."});
  }
  if (!request.draft.empty() && request.draft != draft->id) throw OtherForm();
  if (request.version != 0 && request.version != draft->version) throw_outcome(SubmissionOutcome::draft_changed);
  Draft followed = *draft;
  const ApplicationState before = follow_application(needs_.applications, followed);
  // The place may be of an earlier form of the person, which came after this one.
  const Instant first = std::min(first_try(needs_.signer, exam, request), place.first_received());
  Prepared prepared = prepare(needs_, *stored, followed, request.key, first, before);
  const std::string receipt = prepared.submission.receipt;
  const StoredSubmission answer = needs_.queue.store(std::move(prepared.submission));
  if (answer.outcome == SubmissionOutcome::stored_before || (answer.receipt != receipt && !answer.receipt.empty())) {
    return answer_again(needs_.applications, who, answer);
  }
  if (answer.outcome != SubmissionOutcome::stored) throw_outcome(answer.outcome);
  // An edit keeps what is known of the application; a new one is as it was prepared.
  if (!draft->edits.empty() || answer.waits)
    return {load_own(needs_.applications, who, prepared.application.id), receipt, false};
  return {std::move(prepared.application), receipt, false};
}

}  // namespace hanjari::services
