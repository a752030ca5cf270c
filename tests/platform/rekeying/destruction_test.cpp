// An exam with everything that applying stores is destroyed: nothing of it opens with any key that is left, whatever state
// its people were in and wherever the work was cut off; other exams stay as they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/base/random.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/rekeying/keys.h"
#include "stage/machine.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

constexpr std::chrono::hours day{24};

template <class Call>
std::string code_thrown(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "nothing";
}

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
    return database_->payments().begin_payment(application, change());
  }
  Application pay(const Application& application) {
    const auto payment = begin_payment(application);
    database_->payments().settle_paid(payment.id, now(), now() + std::chrono::hours(1),
                                      message("paid", application.id.text()), change());
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
  void seat(int people = 60) {
    Exam planned = small_exam(code_, people);
    const Plan plan = plan_of(planned);
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

class Destruction : public ::testing::Test {
 protected:
  void order(const std::string& code) {
    storage::order_destruction(settings, code, database.clock.now(), change_of(database.clock));
  }
  auto destroy(Progress& progress = no_progress()) {
    return storage::destroy_due(settings, change_of(database.clock), database.clock, progress);
  }
  // What was sealed before the destruction, and the data keys as any copy of the database has them.
  struct Copy {
    std::vector<SealedValue> values;
    std::vector<std::string> wrapped;
  };
  Copy take_copy() {
    Copy copy;
    const auto connection = database.connect();
    copy.values = list_sealed(*connection);
    storage::Rows rows = connection->select("SELECT wrapped FROM data_keys");
    while (rows.next()) copy.wrapped.push_back(rows.text());
    return copy;
  }
  storage::KeyRing ring() const { return storage::load_keys(database.folder.path() / "keys" / "personal.keys"); }

  void expect_gone(const Copy& copy, const std::string& code) {
    const auto connection = database.connect();
    const auto keys = list_open_keys(*connection, {ring()});
    std::map<std::string, int> opened;
    int others = 0;
    for (const SealedValue& value : copy.values) {
      const bool opens = opens_with_any(value, keys);
      if (value.exam == code) {
        EXPECT_FALSE(opens) << value.table << " " << value.column << " " << value.row;
      } else if (opens) {
        ++others;
      } else {
        ADD_FAILURE() << "of another exam: " << value.exam << " " << value.table << " " << value.column;
      }
    }
    EXPECT_GT(others, 0);
    for (const SealedValue& value : list_sealed(*connection)) EXPECT_NE(value.exam, code) << value.table;
    // Nor do the keys of an old copy open with the key file as it is now.
    for (const std::string& wrapped : copy.wrapped)
      EXPECT_FALSE(ring().personal.contains(static_cast<unsigned char>(wrapped[0])));
    EXPECT_EQ(ring().personal.size(), 1u);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/" + code + "'"), 0);
    for (const char* table : {"application_drafts", "attachments", "submissions", "self_reports", "messages"}) {
      EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM {} WHERE exam_code = '{}'", table, code)), 0)
          << table;
    }
    for (const char* table : {"application_events", "seat_views"}) {
      EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM {} t JOIN applications a ON a.application_id = "
                                            "t.application_id WHERE a.exam_code = '{}'",
                                            table, code)),
                0)
          << table;
    }
    EXPECT_EQ(database.number(fmt::format("SELECT COUNT(*) FROM applications WHERE exam_code = '{}' AND (account <> '' "
                                          "OR claim_hash IS NOT NULL OR form_sealed <> '')",
                                          code)),
              0);
  }

  TestDatabase database;
  storage::DatabaseSettings settings = hasty_settings(database);
};

TEST_F(Destruction, LeavesNothingThatOpensOfAnythingThatApplyingStores) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  kept.everything();
  const auto counts = database->recruitments().count_applications(ExamCode("doomed-1"));
  const auto money = database.number("SELECT SUM(amount_won) FROM payments WHERE exam_code = 'doomed-1'");
  const Copy copy = take_copy();
  std::set<std::string> tables;
  for (const SealedValue& value : copy.values) {
    if (value.exam == "doomed-1") tables.insert(value.table);
  }
  EXPECT_THAT(tables, ElementsAre("applicants", "application_drafts", "applications", "attachments", "audit_entries",
                                  "messages", "self_reports"));

  order("doomed-1");
  EXPECT_THAT(destroy(), ElementsAre("doomed-1"));
  expect_gone(copy, "doomed-1");
  EXPECT_TRUE(storage::preview_destruction(settings, "doomed-1").done_at);
  EXPECT_EQ(database->recruitments().count_applications(ExamCode("doomed-1")), counts) << "the counts stay";
  EXPECT_EQ(database.number("SELECT SUM(amount_won) FROM payments WHERE exam_code = 'doomed-1'"), money);
  EXPECT_TRUE(database->applications().list_applications("p-102").empty());
  EXPECT_TRUE(database->applications().list_applications(ExamCode("doomed-1"), std::nullopt, {}, 50).applications.empty());
  EXPECT_FALSE(database->applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 50).applications.empty());
  EXPECT_EQ(database->audit().list_entries({.action = "exam.destroy"}).size(), 1u);
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
  storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(again.exams().find_exam(ExamCode("kept-1"), "")->applicants[2].name,
            small_exam("kept-1", 60).applicants[2].name);
}

TEST_F(Destruction, IsDoneOnceAndNothingComesBack) {
  Crowd doomed(database, "doomed-1", 100);
  Crowd kept(database, "kept-1", 500);
  doomed.everything();
  order("doomed-1");
  destroy();
  EXPECT_TRUE(destroy().empty());
  EXPECT_EQ(code_thrown([&] { order("doomed-1"); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { storage::cancel_destruction(settings, "doomed-1", change_of(database.clock)); }),
            "destruction_begun");
  EXPECT_EQ(code_thrown([&] { doomed.draft(); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { doomed.attach("p-7"); }), "exam_destroyed");
  EXPECT_EQ(code_thrown([&] { doomed.seat(90); }), "exam_destroyed") << "another package";
  EXPECT_EQ(code_thrown([&] { doomed.seat(); }), "exam_destroyed") << "the same one";
  doomed.read_by_staff();  // the record goes on
  kept.everything();
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/doomed-1'"), 0);
  // A second exam's turn is another master key.
  order("kept-1");
  EXPECT_THAT(destroy(), ElementsAre("kept-1"));
  EXPECT_EQ(ring().personal.begin()->first, 3);
}

TEST_F(Destruction, MoneyThatComesForADestroyedExamGoesBack) {
  Crowd doomed(database, "doomed-1", 100);
  const auto payment = doomed.begin_payment(doomed.submit());
  order("doomed-1");
  destroy();
  EXPECT_EQ(database->payments().settle_paid(payment.id, database.clock.now(), database.clock.now() + day, {},
                                             change_of(database.clock)),
            services::PaymentState::refunding);
  database->payments().settle_refunded(payment.id, change_of(database.clock));
  EXPECT_EQ(database->payments().find_payment(payment.id)->state, services::PaymentState::refunded);
}

// Whatever people have done before, and wherever the program dies.
TEST_F(Destruction, HoldsForAnyStatesAndGoesOnWhereverItWasKilled) {
  RandomStream chance(*parse_seed("7"), "destruction");
  Crowd kept(database, "kept-1", 5'000);
  kept.everything();
  int master = 1;
  for (int round = 0; round < 4; ++round) {
    const std::string code = fmt::format("doomed-{}", round);
    Crowd doomed(database, code, 100 * (round + 1));
    doomed.submit();
    for (int steps = 0; steps < 20; ++steps) doomed.anything(chance);
    if (chance.below(2) == 0) doomed.seat();
    const Copy copy = take_copy();
    order(code);
    int kills = 0;
    // The phases are few and near one another; the rows before them are many and alike.
    for (int step = 1 + static_cast<int>(chance.below(3));; step += 1 + static_cast<int>(chance.below(5))) {
      if (!killed_at_step(step, [&](Progress& progress) { destroy(progress); })) break;
      ++kills;
      storage::Database between(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
      EXPECT_FALSE(between.applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 50).applications.empty());
      EXPECT_LE(database.number("SELECT MAX(key_number) FROM key_checks"), master + 1) << "one master key, not one a try";
    }
    EXPECT_GT(kills, 4);
    ++master;
    EXPECT_EQ(database.number("SELECT MAX(key_number) FROM key_checks WHERE purpose = 'personal'"), master);
    expect_gone(copy, code);
    if (HasFailure()) return;
  }
}

TEST_F(Destruction, LosesNothingOfOtherExamsThatIsWrittenMeanwhile) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.everything();
  Crowd kept(database, "kept-1", 5'000);
  order("doomed-1");
  std::atomic<bool> stop{false};
  std::string failure;
  int stored = 0;
  std::thread applicant([&] {
    try {
      for (; !stop; ++stored) kept.pay(kept.submit());
    } catch (const std::exception& error) {
      failure = error.what();
    }
  });
  std::thread late([&] {
    // Refused from some moment on, and never stored so that it opens.
    while (!stop && code_thrown([&] { doomed.draft(); }) == "nothing") {
    }
  });
  destroy();
  stop = true;
  applicant.join();
  late.join();
  EXPECT_EQ(failure, "");
  EXPECT_GT(stored, 1);
  storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
  EXPECT_EQ(static_cast<int>(
                again.applications().list_applications(ExamCode("kept-1"), std::nullopt, {}, 5'000).applications.size()),
            stored);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/doomed-1'"), 0);
}

TEST_F(Destruction, IsNotDoneWhileAProgramHoldsTheOldMasterKey) {
  Crowd doomed(database, "doomed-1", 100);
  doomed.submit();
  order("doomed-1");
  const auto connection = database.connect();
  storage::LivingProgram holding;
  holding.id = "holding";
  holding.process = "another machine/1";
  holding.place = "other:/keys";
  holding.keeps_old = true;
  // It confirms whatever comes, and keeps the old one.
  std::atomic<bool> stop{false};
  std::thread keeper([&] {
    const auto own = database.connect();
    while (!stop) {
      if (const auto current = storage::find_current_master(*own)) holding.current_check = current->check;
      const auto prepared = storage::find_prepared_master(*own);
      holding.next_check = prepared ? std::optional(prepared->key.check) : std::nullopt;
      storage::tell_living(*own, holding, std::chrono::minutes(1));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  while (database.number("SELECT COUNT(*) FROM key_programs WHERE program_id = 'holding'") == 0)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  for (int tries = 0; tries < 2; ++tries) {
    EXPECT_EQ(code_thrown([&] { destroy(); }), "old_key_held");
    EXPECT_EQ(database.number("SELECT MAX(key_number) FROM key_checks"), 2) << "no further master key";
    EXPECT_FALSE(storage::preview_destruction(settings, "doomed-1").done_at);
  }
  stop = true;
  keeper.join();
  storage::tell_ended(*connection, "holding");
  EXPECT_THAT(destroy(), ElementsAre("doomed-1"));
}

}  // namespace
}  // namespace hanjari::tests
