// One row that does not open concerns its owner only. Every case plants such a row beside sound ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/intake/submission_queue.h"
#include "hanjari/papers/papers_job.h"
#include "stage/memory_accounts.h"
#include "stage/papers/memory_papers.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"
#include "vault/data_keys.h"
#include "vault/key_file.h"

namespace hanjari::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string refusal_code(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return "done";
}

// Turns one bit in the middle of a sealed value.
std::string spoil(const std::string& column) {
  return column + " = INSERT(" + column + ", LENGTH(" + column + "), 1, CHAR(ASCII(RIGHT(" + column + ", 1)) ^ 1))";
}

struct DamagedRows : testing::Test {
  void publish(const char* code) {
    database->recruitments().save_recruitment(sample_notice(code), services::RecruitmentState::published, 0,
                                              change_of(database.clock));
  }
  services::Draft draft_of(int person, const char* code) {
    services::Draft draft;
    draft.id = "draft-" + std::to_string(person) + "-" + code;
    draft.account = "p-" + std::to_string(person);
    draft.exam = ExamCode(code);
    draft.version = 0;
    draft.submission_key = "key-of-the-form-" + draft.id;
    draft.form = sample_form(person);
    return database->applications().save_draft(draft, database.clock.now());
  }
  services::Submission submission_of(int person, const char* code) {
    services::Submission submission;
    submission.draft = draft_of(person, code);
    submission.key = submission.draft.submission_key;
    submission.application = ApplicationId(submission.draft.id);
    submission.exam_on = *parse_date("2021-06-05");
    submission.fee = 5'000;
    submission.receipt = "receipt";
    submission.received_at = database.clock.now();
    submission.accept_until = database.clock.now() + std::chrono::hours(1);
    services::Message message;
    message.dedupe_id = "receipt/" + submission.key;
    message.to = "sky@example.com";
    submission.messages = {message};
    return submission;
  }
  ApplicationId apply(int person, const char* code = "one") {
    const auto submission = submission_of(person, code);
    database->applications().save_submissions(std::span(&submission, 1), [&] { return database.clock.now(); });
    return submission.application;
  }
  void execute(const std::string& statement) { database.connect()->execute(statement); }
  void open_again() {
    database.database.reset();
    database.database = std::make_unique<storage::Database>(
        test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock, no_progress());
  }
  std::int64_t keys_of(const std::string& scopes) {
    return database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '" + scopes + "'");
  }

  TestDatabase database;
};

TEST_F(DamagedRows, AKeyThatDoesNotOpenClosesItsOwnExamOnly) {
  publish("one");
  publish("two");
  apply(1, "one");
  const ApplicationId sound = apply(2, "two");
  execute("UPDATE data_keys SET " + spoil("wrapped") + " WHERE scope = 'exam/one'");
  open_again();
  EXPECT_EQ(database->applications().find_application(sound)->form.name, sample_form(2).name);
  EXPECT_EQ(refusal_code([&] { apply(3, "two"); }), "done");
  EXPECT_EQ(refusal_code([&] { apply(3, "one"); }), "personal_data_damaged");
  const auto listed = database->applications().list_applications("p-1");
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].legible, Legible::damaged);
  EXPECT_EQ(listed[0].state, ApplicationState::submitted);
  // Ready, because the others are served; and told.
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
  EXPECT_THAT(database->list_damaged_keys(), ElementsAre("exam/one"));
}

// Red while every row of a key that is gone read all keys anew, one after the other, and everybody else waited.
TEST_F(DamagedRows, AKeyThatIsGoneIsLookedForOnceForAllItsRows) {
  const std::filesystem::path folder = database.folder.path();
  const std::filesystem::path file = folder / "keys" / "personal.keys";
  const storage::DataKeys keys([folder] { return connect_to_data(folder); },
                               [file] { return storage::load_keys(file); }, storage::load_keys(file));
  int readings = 0;
  keys.ask_before_reading([&] { ++readings; });
  for (int row = 0; row < 100; ++row) {
    EXPECT_FALSE(keys.find(777'777));
    EXPECT_FALSE(keys.find(888'888)) << "of another generation";
  }
  EXPECT_LE(readings, 20) << "the first two, and again after two seconds each";
}

TEST_F(DamagedRows, WithoutAKeyThatEverythingNeedsTheProgramIsNotReady) {
  publish("one");
  apply(1);
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
  EXPECT_THAT(database->list_damaged_keys(), IsEmpty());
  execute("UPDATE data_keys SET " + spoil("wrapped") + " WHERE scope = 'program'");
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "personal_data_damaged") << "told before it is started again";
  EXPECT_EQ(database->outbox().claim(database.clock.now(), std::chrono::seconds(60), 9).size(), 1U)
      << "what was opened once goes on to work";
}

TEST_F(DamagedRows, NoKeyIsMadeForAnExamThatDoesNotExist) {
  publish("one");
  const std::string longest(155, 'x');
  for (const std::string& code : {std::string("nowhere"), longest}) {
    services::AuditNote note{"applications.list", "x"};
    note.exam = code;
    note.whose = {"person"};
    database->audit().record(change_of(database.clock), note);
    EXPECT_EQ(refusal_code([&] { draft_of(1, code.c_str()); }), "unknown_exam");
  }
  EXPECT_EQ(keys_of("%/nowhere"), 0);
  EXPECT_EQ(keys_of("%/xxx%"), 0);
  // The entries are there and open.
  const auto entries = database->audit().list_entries({.action = "applications.list"});
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_THAT(entries[0].note.whose, ElementsAre("person"));
  EXPECT_EQ(refusal_code([&] { open_again(); }), "done");
}

TEST_F(DamagedRows, AFormIsItsOwnersAffair) {
  publish("one");
  const ApplicationId damaged = apply(1);
  const ApplicationId sound = apply(2);
  execute("UPDATE applications SET " + spoil("form_sealed") + " WHERE account = 'p-1'");
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(damaged); }), "personal_data_damaged");
  EXPECT_EQ(database->applications().find_application(sound)->form.name, sample_form(2).name);
  const auto page = database->applications().list_applications(ExamCode("one"), std::nullopt, ApplicationId(), 10);
  ASSERT_EQ(page.applications.size(), 2U);
  for (const Application& application : page.applications) {
    EXPECT_EQ(application.legible, application.id == damaged ? Legible::damaged : Legible::yes);
    EXPECT_EQ(application.form.name.empty(), application.id == damaged);
    EXPECT_EQ(application.form.unit, sample_form(1).unit) << "which stands beside the form";
  }
  execute("DELETE FROM data_keys WHERE scope = 'exam/one'");
  open_again();
  for (const Application& application :
       database->applications().list_applications(ExamCode("one"), std::nullopt, ApplicationId(), 10).applications)
    EXPECT_EQ(application.legible, Legible::damaged) << "nobody destroyed it: the key was lost";
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(sound); }), "personal_data_damaged");
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
  EXPECT_THAT(database->list_damaged_keys(), testing::Contains("exam/one")) << "whose key is to be restored";
  execute("INSERT INTO destructions (exam_code, due_at, ordered_by, begun_at) VALUES ('one', UTC_TIMESTAMP(6), 'kim', UTC_TIMESTAMP(6))");
  open_again();
  for (const Application& application :
       database->applications().list_applications(ExamCode("one"), std::nullopt, ApplicationId(), 10).applications)
    EXPECT_EQ(application.legible, Legible::destroyed) << "what was destroyed is told so";
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(sound); }), "personal_data_destroyed");
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
  EXPECT_THAT(database->list_damaged_keys(), IsEmpty());
}

// Red while a key that is missing was told as destroyed, to everybody whose exam it was, and readiness told nothing.
TEST_F(DamagedRows, ALostKeyIsNoDestructionBesideAnExamThatWasDestroyed) {
  publish("one");
  publish("two");
  const ApplicationId lost = apply(1, "one");
  const ApplicationId destroyed = apply(2, "two");
  const Exam exam = small_exam("three");
  const Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  execute("DELETE FROM data_keys WHERE scope IN ('exam/one', 'exam/two', 'exam/three')");
  execute("INSERT INTO destructions (exam_code, due_at, ordered_by, begun_at) VALUES ('two', UTC_TIMESTAMP(6), 'kim', UTC_TIMESTAMP(6))");
  open_again();
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done") << "the others are served";
  EXPECT_THAT(database->list_damaged_keys(), testing::UnorderedElementsAre("exam/one", "exam/three"));
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(lost); }), "personal_data_damaged");
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(destroyed); }), "personal_data_destroyed");
  EXPECT_EQ(refusal_code([&] { database->exams().find_exam(ExamCode("three"), {}); }), "personal_data_damaged");
  // Red while the next form drew a new key into the place of the lost one, which then could not be put back.
  EXPECT_EQ(refusal_code([&] { apply(3, "one"); }), "personal_data_damaged");
  EXPECT_EQ(keys_of("exam/one"), 0);
}

// Red while the only hindrance was what a look of up to a minute before had found, and forms that were begun counted for nothing.
TEST_F(DamagedRows, NoNewKeyTakesThePlaceOfALostOneThatNobodyHasMissedYet) {
  publish("one");
  publish("two");
  publish("three");
  apply(1, "one");
  draft_of(2, "two");
  execute("DELETE FROM data_keys WHERE scope IN ('exam/one', 'exam/two')");
  open_again();
  EXPECT_EQ(refusal_code([&] { apply(3, "one"); }), "personal_data_damaged");
  EXPECT_EQ(refusal_code([&] { draft_of(3, "two"); }), "personal_data_damaged");
  EXPECT_EQ(keys_of("exam/%"), 0);
  EXPECT_THAT(database->list_damaged_keys(), testing::UnorderedElementsAre("exam/one", "exam/two")) << "told at once";
  EXPECT_EQ(refusal_code([&] { apply(3, "three"); }), "done") << "whose first form this is";
  EXPECT_EQ(keys_of("exam/%"), 1);
}

// Red while any key of a name without an exam counted as one that everything needs.
TEST_F(DamagedRows, AKeyThatNobodyNeedsConcernsNobody) {
  publish("one");
  apply(1, "one");
  execute("SET STATEMENT check_constraint_checks = 0 FOR INSERT INTO data_keys (scope, generation, wrapped, made_at, lost, master_check) "
          "SELECT 'zzz/', 1, '', UTC_TIMESTAMP(6), 0, master_check FROM data_keys WHERE scope = 'program'");
  open_again();
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
  EXPECT_THAT(database->list_damaged_keys(), ElementsAre("zzz/")) << "told all the same";
  EXPECT_EQ(refusal_code([&] { apply(2, "one"); }), "done");
}

// Red while papers read the exam as plans are made of it, where every row has to open.
TEST_F(DamagedRows, AnApplicantOfAnExamIsItsOwnersAffairForItsPapers) {
  const Exam exam = small_exam("one");
  const Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  execute("UPDATE applicants SET " + spoil("name_sealed") + " WHERE applicant_position = 7");
  const ExamCode code("one");
  EXPECT_EQ(refusal_code([&] { services::load_stored_exam(database->exams(), code, {}); }), "personal_data_damaged")
      << "no plan is made without somebody";
  try {
    database->exams().find_exam(code, {});
    ADD_FAILURE() << "somebody was left out";
  } catch (const Error& refused) {
    // Red while nobody could tell whose row of all had to be restored.
    EXPECT_THAT(refused.message().ko, testing::HasSubstr(exam.applicants[7].id.text()));
    EXPECT_THAT(refused.message().en, testing::Not(testing::HasSubstr(exam.applicants[8].id.text())));
  }
  const PlannedExam listed = services::load_listed_exam(database->exams(), code, {});
  ASSERT_EQ(listed.exam.applicants.size(), exam.applicants.size());
  for (std::size_t at = 0; at < exam.applicants.size(); ++at)
    EXPECT_EQ(listed.exam.applicants[at].name, at == 7 ? std::string(unreadable_name) : exam.applicants[at].name);

  MemoryPaperSets sets;
  services::Job job;
  job.id = "job";
  job.starts = 1;
  job.order = {services::papers_job_kind, "one", ""};
  services::PaperWish wish;
  wish.plan = database->exams().list_plans(code).front().digest;
  wish.papers = {"roster"};
  wish.formats = {"csv"};
  job.order.request = services::write_paper_wish(wish);
  const auto made = services::parse_papers_made(
      services::papers_work(database->exams(), sets, database.clock, nullptr)({job, no_progress(), {}}));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->unreadable, 1);
  EXPECT_EQ(made->unreadable_numbers.size(), 1U);
  EXPECT_FALSE(sets.files.empty());
}

TEST_F(DamagedRows, ADraftAndASelfReportAndASessionAreTheirOwnersAffair) {
  publish("one");
  draft_of(1, "one");
  draft_of(2, "one");
  execute("UPDATE application_drafts SET " + spoil("form_sealed") + " WHERE account = 'p-1'");
  EXPECT_EQ(refusal_code([&] { database->applications().find_draft("p-1", ExamCode("one")); }), "personal_data_damaged");
  EXPECT_TRUE(database->applications().find_draft("p-2", ExamCode("one")));

  for (const int person : {3, 4}) {
    services::SelfReport report;
    report.application = apply(person);
    report.exam = ExamCode("one");
    report.since = *parse_date("2021-06-01");
    report.note = "기침";
    report.reported_at = database.clock.now();
    database->self_reports().add_report(report, {}, change_of(database.clock));
  }
  execute("UPDATE self_reports SET " + spoil("health_sealed") + " ORDER BY report_id LIMIT 1");
  const auto waiting = database->self_reports().list_waiting(ExamCode("one"));
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].legible, Legible::damaged);
  EXPECT_EQ(waiting[1].note, "기침");
  EXPECT_EQ(refusal_code([&] { database->self_reports().find_report(waiting[0].id); }), "personal_data_damaged");

  services::add_account(database->accounts(), {"officer.one", services::Role::exam_officer}, "seventeen small cats",
                        change_of(database.clock));
  for (const char* token : {"a", "b"}) {
    services::Session session;
    session.actor = {"officer.one", services::Role::exam_officer};
    session.expires_at = database.clock.now() + std::chrono::hours(1);
    session.source = "192.0.2.7";
    database->accounts().save_session(std::string(64, *token), session, database.clock.now());
  }
  execute("UPDATE sessions SET " + spoil("visitor_sealed") + " WHERE token_hash LIKE 'a%'");
  EXPECT_EQ(database->accounts().list_sessions("officer.one", database.clock.now()).size(), 2U);
}

TEST_F(DamagedRows, APhotoIsItsOwnersAffairWhoSendsAnother) {
  publish("one");
  services::Attachment photo;
  photo.exam = ExamCode("one");
  photo.kind = services::AttachmentKind::photo;
  photo.media_type = "image/jpeg";
  photo.name = "photo.jpg";
  photo.at = database.clock.now();
  const auto send = [&](const char* account, const char* bytes) {
    photo.account = account;
    photo.bytes = bytes;
    return database->attachments().save_attachment(photo);
  };
  const AttachmentId damaged = send("p-1", "first");
  const AttachmentId sound = send("p-2", "second");
  execute("UPDATE attachments SET " + spoil("content_sealed") + " WHERE account = 'p-1'");
  EXPECT_EQ(refusal_code([&] { database->attachments().find_attachment("p-1", damaged); }), "personal_data_damaged");
  EXPECT_EQ(database->attachments().find_attachment("p-2", sound)->bytes, "second");
  EXPECT_EQ(database->attachments().find_attachment("p-1", send("p-1", "another"))->bytes, "another");
}

// Red while its owner could neither give it up nor begin another one, and so not apply at all.
TEST_F(DamagedRows, ADraftIsGivenUpByItsOwnerAndBegunAnew) {
  publish("one");
  draft_of(1, "one");
  execute("UPDATE application_drafts SET " + spoil("form_sealed"));
  const auto there = database->applications().find_draft_as_listed("p-1", ExamCode("one"));
  ASSERT_TRUE(there);
  EXPECT_TRUE(there->form.name.empty());
  database->applications().remove_draft(*there);
  EXPECT_EQ(refusal_code([&] { draft_of(1, "one"); }), "done");
  EXPECT_EQ(database->applications().find_draft("p-1", ExamCode("one"))->form.name, sample_form(1).name);
}

TEST_F(DamagedRows, AnAccountWhoseSecondFactorDoesNotOpenIsListedAndNeverHasNone) {
  for (const char* name : {"officer.one", "officer.two"}) {
    services::add_account(database->accounts(), {name, services::Role::exam_officer}, "seventeen small cats",
                          change_of(database.clock));
    give_second_factor(database->accounts(), name, std::string(20, 's'), 1, {}, change_of(database.clock));
  }
  execute("UPDATE accounts SET " + spoil("totp_sealed") + " WHERE account_name = 'officer.one'");
  const auto accounts = database->accounts().list_accounts();
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_FALSE(accounts[0].totp_secret.empty());
  EXPECT_EQ(refusal_code([&] { database->accounts().find_account("officer.one"); }), "personal_data_damaged")
      << "it must not be set up anew by whoever knows the password";
}

TEST_F(DamagedRows, AMessageIsClaimedWithItsFlaw) {
  publish("one");
  apply(1);
  apply(2);
  execute("UPDATE messages SET " + spoil("content_sealed") + " ORDER BY message_id LIMIT 1");
  const auto claimed = database->outbox().claim(database.clock.now(), std::chrono::seconds(60), 9);
  ASSERT_EQ(claimed.size(), 2U);
  EXPECT_FALSE(claimed[0].legible);
  EXPECT_TRUE(claimed[1].legible);
  EXPECT_EQ(claimed[1].message.to, "sky@example.com");
}

TEST_F(DamagedRows, AnEntryOfTheAuditTrailIsShownWithItsFlaw) {
  for (const char* subject : {"a", "b"})
    database->audit().record(change_of(database.clock), {"plan.live", subject});
  database.connect()->execute("UPDATE audit_entries SET " + spoil("content_sealed") + " WHERE subject = 'a'");
  const auto entries = database->audit().list_entries({.action = "plan"});
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_FALSE(entries[0].damaged);
  EXPECT_EQ(entries[0].change.reason, "because");
  EXPECT_TRUE(entries[1].damaged);
  EXPECT_EQ(entries[1].note.subject, "a");
}

TEST_F(DamagedRows, APersonOfARosterIsShownWithoutTheName) {
  const Exam exam = small_exam();
  const Plan plan = plan_of(exam);
  database->exams().save_exam(exam, &plan, change_of(database.clock), no_progress());
  database->exams().set_live_plan(exam.header.code, {plan.digest, exam.input_sha256}, 0, change_of(database.clock));
  const Placement& first = plan.placements.front();
  execute("UPDATE applicants SET " + spoil("birth_on_sealed") + " WHERE applicant_id = '" +
          exam[first.applicant].id.text() + "'");
  const auto roster = database->plans().find_venue_plan(exam.header.code, exam[first.venue].code);
  ASSERT_TRUE(roster);
  int unreadable = 0;
  for (const Applicant& person : roster->exam.applicants) unreadable += is_unreadable(person) ? 1 : 0;
  EXPECT_EQ(unreadable, 1);
  EXPECT_GT(roster->exam.applicants.size(), 1U);
  EXPECT_EQ(refusal_code([&] { database->plans().find_own_seat(exam.header.code, exam[first.applicant].id); }),
            "personal_data_damaged");
  EXPECT_EQ(refusal_code([&] { database->exams().find_exam(exam.header.code, ""); }), "personal_data_damaged")
      << "nobody plans with a person who is not known";
}

TEST_F(DamagedRows, ANoticeThatCannotBeReadTakesItsOwnExamOutOfTheList) {
  publish("one");
  publish("two");
  execute("UPDATE recruitments SET definition = '{\"form', version = version + 1 WHERE exam_code = 'one'");
  open_again();
  const auto listed = database->recruitments().list_recruitments();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]->notice.header.code.text(), "two");
  // Red while it was a fault of whoever asked, and nobody was told.
  EXPECT_EQ(refusal_code([&] { database->recruitments().find_recruitment(ExamCode("one")); }), "notice_damaged");
  EXPECT_THAT(database->list_damaged_keys(), ElementsAre("notice/one"));
  EXPECT_EQ(refusal_code([&] { database->check_ready(); }), "done");
}

// Red while one row with a word that its column never had took every list that showed it away.
TEST_F(DamagedRows, ARowOfAnUnknownStateIsMarkedInItsList) {
  publish("one");
  const ApplicationId damaged = apply(1);
  const ApplicationId sound = apply(2);
  services::add_account(database->accounts(), {"officer.one", services::Role::exam_officer}, "seventeen small cats",
                        change_of(database.clock));
  services::add_account(database->accounts(), {"officer.two", services::Role::exam_officer}, "seventeen small dogs",
                        change_of(database.clock));
  database->jobs().add_job({"closing", "one", "{}"}, "job-1", change_of(database.clock));
  database->jobs().add_job({"closing", "two", "{}"}, "job-2", change_of(database.clock));
  const auto plant = [&](const std::string& update) { execute("SET STATEMENT check_constraint_checks = 0 FOR " + update); };
  plant("UPDATE applications SET state = 'weird' WHERE account = 'p-1'");
  plant("UPDATE accounts SET role = 'king' WHERE account_name = 'officer.one'");
  plant("UPDATE jobs SET state = 'queued2' WHERE job_id = 'job-1'");

  const auto page = database->applications().list_applications(ExamCode("one"), std::nullopt, ApplicationId(), 10);
  ASSERT_EQ(page.applications.size(), 2U);
  for (const Application& application : page.applications)
    EXPECT_EQ(application.legible, application.id == damaged ? Legible::damaged : Legible::yes);
  services::TableWish wish;
  wish.exam = ExamCode("one");
  wish.most = 10;
  EXPECT_EQ(database->application_table().list_rows(wish).rows.size(), 2U);
  ASSERT_EQ(database->applications().list_applications("p-1").size(), 1U);
  EXPECT_EQ(refusal_code([&] { database->applications().find_application(damaged); }), "personal_data_damaged");
  EXPECT_EQ(database->applications().find_application(sound)->form.name, sample_form(2).name);
  EXPECT_EQ(database->recruitments().count_applications(ExamCode("one")).size(), 1U);

  const auto accounts = database->accounts().list_accounts();
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_TRUE(accounts[0].disabled) << "whose role is none may do nothing";
  EXPECT_EQ(accounts[0].actor.role, services::Role::applicant);
  EXPECT_FALSE(accounts[1].disabled);
  EXPECT_EQ(refusal_code([&] { database->accounts().find_account("officer.one"); }), "personal_data_damaged");

  const auto jobs = database->jobs().list_jobs({});
  ASSERT_EQ(jobs.size(), 2U);
  for (const services::Job& job : jobs) EXPECT_EQ(job.fault_code, job.id == "job-1" ? "row_damaged" : "");
}

TEST_F(DamagedRows, OneSubmissionThatCannotBeStoredFailsAlone) {
  publish("one");
  publish("two");
  const auto closed = submission_of(1, "one");
  const auto sound = submission_of(2, "two");
  execute("UPDATE data_keys SET " + spoil("wrapped") + " WHERE scope = 'exam/one'");
  open_again();
  services::QueueSettings settings;
  settings.committers = 1;
  services::SubmissionQueue queue(database->applications(), database.clock, settings);
  std::string code;
  std::thread other([&] { code = refusal_code([&] { queue.store(closed); }); });
  EXPECT_EQ(queue.store(sound).outcome, services::SubmissionOutcome::stored);
  other.join();
  EXPECT_EQ(code, "personal_data_damaged");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM applications"), 1);
  // In one batch for certain.
  const auto third = submission_of(3, "two");
  const std::vector<services::Submission> both{closed, third};
  EXPECT_EQ(refusal_code([&] { database->applications().save_submissions(both, [&] { return database.clock.now(); }); }),
            "personal_data_damaged");
}

TEST_F(DamagedRows, ATextThatIsTooLongIsRefusedByNameAndNeverCut) {
  publish("one");
  services::Message message;
  message.dedupe_id = std::string(161, 'x');
  message.to = "sky@example.com";
  EXPECT_EQ(refusal_code([&] { database->outbox().enqueue(message, database.clock.now()); }), "value_too_long");
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM messages"), 0);
  services::AuditNote note{"plan.live", std::string(301, 'x')};
  EXPECT_EQ(refusal_code([&] { database->audit().record(change_of(database.clock), note); }), "value_too_long");
}

}  // namespace
}  // namespace hanjari::tests
