// What applicants are told by mail, in the language of their form.
#include "intake/notices.h"

#include <gmock/gmock.h>

#include "hanjari/accounts/accounts.h"
#include "hanjari/seats/seat_reminders.h"
#include "stage/memory_intake.h"
#include "stage/memory_repositories.h"
#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

using services::Message;

// Syllables of Korean: U+AC00 to U+D7A3, the bytes EA B0 80 to ED 9E A3.
bool has_hangul(const std::string& text) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0xEA && byte <= 0xED) return true;
  }
  return false;
}

// Of an application: to nobody but its account's confirmed contact.
void expect_to_account(const Message& message) {
  EXPECT_EQ(message.to, "") << "red as long as it went to the address of the form, which nobody had confirmed";
  EXPECT_EQ(message.account, "p1");
  EXPECT_EQ(message.application, "a1");
}

void expect_in(Language language, const Message& message) {
  const bool korean = language == Language::korean;
  EXPECT_EQ(message.language, language) << message.subject;
  if (message.application.empty()) {
    EXPECT_EQ(message.to, "sky@example.com");
  } else {
    expect_to_account(message);
  }
  EXPECT_FALSE(message.dedupe_id.empty());
  EXPECT_EQ(has_hangul(message.subject), korean) << message.subject;
  EXPECT_EQ(has_hangul(message.body), korean) << message.body;
}

// Red while a refusal was one line about an item, with neither greeting nor exam.
TEST(Messages, GreetNameTheExamAndTheNumberAsItIsReadOut) {
  const Recruitment notice = sample_notice();
  Application application;
  application.id = ApplicationId("3f2a9c1b0d4e77c0");
  application.exam = notice.header.code;
  application.form = sample_form();
  const AccommodationDecision decision{"large_print", ItemDecision::refused, "서류의 날짜가 지났습니다.", {}, "officer"};
  for (const Message& message :
       {services::accommodation_message(notice, application, decision), services::paid_message(notice, application),
        services::withdrawn_message(notice, application, true)}) {
    EXPECT_THAT(message.body, testing::StartsWith(application.form.name + " 님, 안녕하십니까.\n\n" + notice.header.name_ko))
        << message.subject;
  }
  EXPECT_THAT(services::paid_message(notice, application).body, testing::HasSubstr("3F2A-9C1B-0D4E-77C0-0"));
}

TEST(Messages, AreInTheLanguageOfTheForm) {
  for (const Language language : {Language::korean, Language::english}) {
    const Recruitment notice = sample_notice();
    Application application;
    application.id = ApplicationId("a1");
    application.account = "p1";
    application.exam = notice.header.code;
    application.form = sample_form();
    application.form.language = language;
    application.fee = 5'000;
    for (const ApplicationState state : {ApplicationState::submitted, ApplicationState::paid}) {
      application.state = state;
      expect_in(language, services::receipt_message(notice, application, "receipt"));
    }
    expect_in(language, services::paid_message(notice, application));
    for (const auto why :
         {services::MoneyReturn::too_late, services::MoneyReturn::application_over, services::MoneyReturn::order_over,
          services::MoneyReturn::claim_held, services::MoneyReturn::fee_changed})
      expect_in(language, services::returned_message(notice, application, {}, why));
    expect_in(language, services::yielded_message(application));
    expect_in(language, services::lapsed_message(application));
    expect_in(language, services::released_message(notice, application, ""));
    for (const bool refunded : {false, true})
      expect_in(language, services::withdrawn_message(notice, application, refunded));
    for (const ItemDecision decision : {ItemDecision::granted, ItemDecision::refused}) {
      for (const char* item : {"wheelchair", "separate_room", "large_print", "scribe", "extra_time_1.5"})
        expect_in(language, services::accommodation_message(notice, application, {item, decision, "", {}, "officer"}));
    }
    for (const auto decision :
         {services::ReportDecision::isolation, services::ReportDecision::reserve, services::ReportDecision::declined}) {
      services::SelfReport report;
      report.decision = decision;
      for (const char* place : {"", "V1/2/3"}) {
        report.new_place = place;
        expect_in(language, services::report_message(notice, application, report));
      }
    }
  }
}

// Red as long as every change had a mail of its own.
TEST(Messages, OfFifteenChangesWithinMinutesAreOneBesideTheFirstReceipt) {
  MemoryOutbox outbox;
  const Recruitment notice = sample_notice();
  Application application;
  application.id = ApplicationId("a1");
  application.account = "p1";
  application.exam = notice.header.code;
  application.form = sample_form();
  const Instant first = at("2021-03-04T10:00:00+09:00");
  const auto submit = [&](int version, std::chrono::seconds after) {
    application.version = version;
    application.submitted_at = first + after;
    outbox.enqueue(services::receipt_message(notice, application, "receipt " + std::to_string(version)),
                   application.submitted_at);
  };
  const auto due = [&](std::chrono::seconds after) { return outbox.claim(first + after, std::chrono::seconds(1), 99); };
  submit(1, std::chrono::seconds(0));
  EXPECT_EQ(due(std::chrono::seconds(0)).size(), 1U) << "the first one at once";
  outbox.settled[1] = "sent";
  for (int edit = 0; edit < 15; ++edit) submit(edit + 2, std::chrono::seconds(20 * edit));
  EXPECT_EQ(due(std::chrono::seconds(299)).size(), 0U);
  const auto digest = due(std::chrono::seconds(300));
  ASSERT_EQ(digest.size(), 1U) << "later changes do not put it off";
  EXPECT_THAT(digest[0].message.body, testing::HasSubstr("receipt 16"));
}

// Red as long as the receipt of a change came after the letter that the application was withdrawn or paid.
TEST(Messages, OfAChangeDoNotComeAfterWhatMadeThemUntrue) {
  const Recruitment notice = sample_notice();
  Application application;
  application.id = ApplicationId("a1");
  application.account = "p1";
  application.exam = notice.header.code;
  application.form = sample_form();
  application.version = 2;
  application.submitted_at = at("2021-03-04T10:00:00+09:00");
  const Instant later = application.submitted_at + std::chrono::minutes(1);
  for (const Message& last :
       {services::withdrawn_message(notice, application, false), services::paid_message(notice, application),
        services::yielded_message(application), services::released_message(notice, application, "")}) {
    MemoryOutbox outbox;
    outbox.enqueue(services::receipt_message(notice, application, "receipt"), application.submitted_at);
    outbox.enqueue(last, later);
    EXPECT_EQ(outbox.claim(later, std::chrono::seconds(1), 9).size(), 1U) << last.subject;
    EXPECT_TRUE(outbox.claim(later + std::chrono::hours(1), std::chrono::seconds(1), 9).size() <= 1U);
    EXPECT_EQ(outbox.settled.count(1), 1U) << "the receipt was replaced: " << last.subject;
  }
}

TEST(Messages, OfAccountsAreInTheLanguageOfThePage) {
  for (const Language language : {Language::korean, Language::english}) {
    MemoryAccounts accounts;
    MemoryAttempts attempts;
    MemoryOutbox outbox;
    const Instant now = at("2021-03-04T10:00:00+09:00");
    services::begin_sign_up(accounts, attempts, outbox, "sky@example.com", "a long enough password", language, {}, now);
    ASSERT_EQ(outbox.waiting.size(), 1U);
    expect_in(language, outbox.waiting.front().message);
  }
}

}  // namespace
}  // namespace hanjari::tests
