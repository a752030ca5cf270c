// People in every state that applying knows, in an exam that a test destroys or keeps.
#pragma once

#include <string>

#include <fmt/format.h>

#include "hanjari/base/random.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"

namespace hanjari::tests {

// Puts people into an exam, each in a state of its own.
class Crowd {
 public:
  Crowd(TestDatabase& database, std::string code, int first_person)
      : database_(database), code_(std::move(code)), person_(first_person) {
    Recruitment notice = sample_notice(code_);
    database_->recruitments().save_recruitment(notice, services::RecruitmentState::published, 0, change());
  }

  void draft() { save_draft(form()); }
  Application submit(const char* unit = "101") {
    ApplicationForm filled = form();
    filled.unit = UnitCode(unit);
    const services::Draft draft = save_draft(filled);
    services::Submission submission;
    submission.key = draft.submission_key;
    submission.draft = draft;
    submission.application = ApplicationId(draft.id);
    submission.exam_on = *parse_date("2021-06-05");
    submission.fee = 5'000;
    submission.receipt = "receipt of " + draft.submission_key;
    submission.received_at = now();
    submission.accept_until = now() + std::chrono::hours(1);
    submission.messages = {message("receipt/1", draft.id)};
    const auto stored = database_->applications().save_submissions(std::span(&submission, 1), [&] { return now(); });
    return *database_->applications().find_application(stored.front().application);
  }
  services::Payment begin_payment(const Application& application) {
    const services::OrderTerms terms{.provider = "test", .expires_at = now() + services::order_lifetime};
    return database_->payments().begin_payment(application, terms, change());
  }
  Application pay(const Application& application) {
    const auto payment = begin_payment(application);
    database_->payments().settle_paid(payment.id, now(), now() + std::chrono::hours(1),
                                      {message("paid", application.id.text()), {}}, change());
    return *database_->applications().find_application(application.id);
  }
  void withdraw(const Application& application) {
    using Refunds = services::ApplicationRepository::Refunds;
    database_->applications().withdraw(application, Refunds::yes, {message("withdrawn/3", application.id.text())},
                                       change());
  }
  void lapse(const char* unit) {
    database_->applications().lapse_unpaid(ExamCode(code_), {UnitCode(unit)}, change());
  }
  void refuse_item(const Application& application) {
    database_->applications().decide_accommodation(
        application, {"scribe", ItemDecision::refused, "서류가 다릅니다", now(), "officer"},
        {message("accommodation/scribe/3", application.id.text())}, change());
  }
  void attach(const std::string& account) {
    for (const auto kind : {services::AttachmentKind::photo, services::AttachmentKind::document}) {
      services::Attachment attachment;
      attachment.account = account;
      attachment.exam = ExamCode(code_);
      attachment.kind = kind;
      attachment.media_type = "image/jpeg";
      attachment.name = "내 사진.jpg";
      attachment.bytes = std::string(5'000, 'p');
      attachment.at = now();
      database_->attachments().save_attachment(attachment);
    }
  }
  // Papers that a job made and that can be taken.
  void print() {
    services::PaperBytes made;
    made.file.id = "papers of " + code_;
    made.file.job = "job of " + code_;
    made.file.exam = ExamCode(code_);
    made.file.plan = std::string(64, 'a');
    made.file.name = "papers.zip";
    made.whose = {"A1"};
    made.bytes = std::string(5'000, 'z');
    made.file.bytes = 5'000;
    made.file.made_at = now();
    database_->paper_sets().add_file(made);
    database_->paper_sets().offer_files(made.file.job, 1, made.file.exam, now() + std::chrono::hours(1), change());
  }
  // A district that is asked for venues, a school with somebody to ask, a plan of it and a letter.
  void find_venues() {
    services::VenueRequest request;
    request.exam = ExamCode(code_);
    request.due_at = now() + std::chrono::hours(24);
    request.districts = {{DistrictCode("11110"), 100, "jongno@example.kr"}};
    request.city_email = "exam@example.kr";
    request.version = 1;
    request.author = "officer";
    request.changed_at = now();
    database_->venue_offers().save_request(request, {}, change());
    services::VenueOffer offer;
    offer.id = "offer of " + code_;
    offer.exam = request.exam;
    offer.district = DistrictCode("11110");
    offer.code = VenueCode("11110-01");
    offer.name = "경복고등학교";
    offer.contact = {"김담당", "kim@school.example.kr", "010-1234-5678"};
    offer.version = 1;
    offer.told = "김담당에게 전화하십시오";
    offer.author = "jongno";
    offer.changed_at = now();
    database_->venue_offers().save_offer(offer, {}, change());
    services::VenueFile plan;
    plan.id = "plan of " + code_;
    plan.offer = offer.id;
    plan.exam = request.exam;
    plan.media_type = "application/pdf";
    plan.name = "도면.pdf";
    plan.bytes = std::string(5'000, 'q');
    plan.at = now();
    database_->venue_files().add_file(plan, change());
    services::Letter letter;
    letter.author = "jongno";
    letter.words = "김담당의 연락처입니다";
    letter.at = now();
    services::LetterFile attached;
    attached.media_type = "application/pdf";
    attached.name = "연락처.pdf";
    attached.bytes = std::string(5'000, 'l');
    letter.files = {attached};
    database_->venue_letters().add_letter({request.exam, DistrictCode("11110"), {}}, letter, {}, change());
  }
  // Somebody who signs for a venue, and whom to call on the day.
  void hand_out_materials() {
    services::MaterialSigner signer;
    signer.id = "signer of " + code_;
    signer.station = services::parse_station("venue/11110/11110-01").value();
    signer.name = "김서명";
    signer.issued_by = "officer";
    signer.at = now();
    const services::Book book{ExamCode(code_), {}};
    signer.code_hash = database_->materials().hash_signer_code(book, "1234567890");
    database_->materials().add_signer(book, signer, change());
    services::BriefingNote note;
    note.words = "상황실 김담당 010-1234-5678";
    note.version = 1;
    note.author = "officer";
    note.at = now();
    database_->briefings().save_note(book.exam, note, change());
  }
  // Work that was ordered for a reason that names somebody, and was cancelled.
  void order_work() {
    const std::string id = fmt::format("replan of {}", code_);
    database_->jobs().add_job({"replan", code_, R"({"reason":"김하늘의 요청"})"}, id, change());
    database_->jobs().cancel_job(id, change());
  }
  void report(const Application& application, bool decided) {
    services::SelfReport report;
    report.application = application.id;
    report.exam = application.exam;
    report.status = services::HealthStatus::confirmed;
    report.since = *parse_date("2021-06-01");
    report.note = "열이 있습니다";
    report.reported_at = now();
    auto& reports = database_->self_reports();
    report.id = reports.add_report(report, {message("self_report_taken", application.id.text())}, change());
    if (!decided) return;
    report.decision = services::ReportDecision::isolation;
    report.reason = "격리실";
    report.old_place = "V1/1/1";
    report.new_place = "I1/1/1";
    reports.decide_report(report, std::nullopt, {message("self_report/1", application.id.text())}, change());
  }
  void look_at_seat(const Application& application) {
    services::SeatView view;
    view.seat = {VenueCode("V1"), "경복고등학교", 2, 3};
    view.seen_at = now();
    database_->seat_views().save_seat_view(application.id, application.exam, view, change());
  }
  void edit(const Application& application) {
    services::Draft draft = blank();
    draft.account = application.account;
    draft.form = application.form;
    draft.form.phone = "010-7777-8888";
    draft.edits = application.id;
    draft.edits_version = application.version;
    database_->applications().save_draft(draft, now());
  }
  void send_one_message() {
    for (const auto& claimed : database_->outbox().claim(now(), std::chrono::seconds(60), 1))
      database_->outbox().mark_sent(claimed, now());
  }
  // The frozen list, its plan and the numbers.
  void seat(int people = 60) { seat(code_, people); }
  // The same of the exam of another day.
  void seat(const std::string& exam, int people) {
    Exam planned = small_exam(exam, people);
    Plan plan = plan_of(planned);
    HistoryStep& step = plan.history.emplace_back();
    step.kind = StepKind::edit;
    step.digest = plan.digest;
    step.author = "officer";
    step.reason = "창가 자리 요청";
    step.moves.push_back({.applicant = planned.applicants.front().id, .venue = planned.venues.front().code, .room_no = 1});
    database_->exams().save_exam(planned, &plan, change(), no_progress());
    database_->exams().set_live_plan(planned.header.code, database_->exams().list_plans(planned.header.code).front(), 0,
                                     change());
  }
  void read_by_staff() {
    services::AuditNote note{"applications.list", code_};
    note.exam = code_;
    note.before = "김하늘";
    note.whose = {"a1"};
    database_->audit().record(change(), note);
  }

  // One step of a person's or an officer's, by chance.
  void anything(RandomStream& chance) {
    switch (chance.below(12)) {
      case 0:
        return draft();
      case 1:
        return withdraw(pay(submit()));
      case 2:
        return refuse_item(pay(submit()));
      case 3:
        return report(pay(submit()), chance.below(2) == 0);
      case 4:
        return look_at_seat(pay(submit()));
      case 5:
        return edit(submit());
      case 6:
        submit("102");
        return lapse("102");
      case 7:
        return attach("p-" + std::to_string(person_));
      case 8:
        begin_payment(submit());
        return;
      case 9:
        return send_one_message();
      case 10:
        return read_by_staff();
      default:
        submit();
    }
  }
  // Every one of them.
  void everything() {
    draft();
    submit();
    pay(submit());
    withdraw(pay(submit()));
    submit("102");
    lapse("102");
    refuse_item(pay(submit()));
    const Application reported = pay(submit());
    report(reported, true);
    report(reported, false);
    look_at_seat(reported);
    edit(submit());
    begin_payment(submit());
    attach("p-1");
    print();
    find_venues();
    hand_out_materials();
    order_work();
    send_one_message();
    read_by_staff();
    seat();
  }
  const std::string& code() const { return code_; }

 private:
  Instant now() const { return database_.clock.now(); }
  services::Change change() const { return change_of(database_.clock); }
  ApplicationForm form() { return sample_form(++person_); }
  services::Draft blank() {
    services::Draft draft;
    draft.id = fmt::format("draft-{}-{:0>12}", code_, ++drafts_);
    draft.exam = ExamCode(code_);
    draft.version = 0;
    draft.submission_key = fmt::format("key-{}-{:0>16}", code_, drafts_);
    return draft;
  }
  services::Draft save_draft(const ApplicationForm& filled) {
    services::Draft draft = blank();
    draft.account = "p-" + std::to_string(person_);
    draft.form = filled;
    return database_->applications().save_draft(draft, now());
  }
  services::Message message(const std::string& what, const std::string& application) {
    services::Message written;
    written.dedupe_id = fmt::format("{}/{}/{}", what, ++messages_, application);
    written.to = "sky@example.com";
    written.subject = "접수";
    written.body = "김하늘 님의 원서";
    written.exam = code_;
    return written;
  }

  TestDatabase& database_;
  std::string code_;
  int person_;
  int drafts_ = 0;
  int messages_ = 0;
};

}  // namespace hanjari::tests
