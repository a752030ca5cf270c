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

void expect_in(Language language, const Message& message) {
  const bool korean = language == Language::korean;
  EXPECT_EQ(message.language, language) << message.subject;
  EXPECT_EQ(message.to, "sky@example.com");
  EXPECT_FALSE(message.dedupe_id.empty());
  EXPECT_EQ(has_hangul(message.subject), korean) << message.subject;
  EXPECT_EQ(has_hangul(message.body), korean) << message.body;
}

TEST(Messages, AreInTheLanguageOfTheForm) {
  for (const Language language : {Language::korean, Language::english}) {
    const Recruitment notice = sample_notice();
    Application application;
    application.id = ApplicationId("a1");
    application.exam = notice.header.code;
    application.form = sample_form();
    application.form.language = language;
    application.fee = 5'000;
    for (const ApplicationState state : {ApplicationState::submitted, ApplicationState::paid}) {
      application.state = state;
      expect_in(language, services::receipt_message(notice, application, "receipt"));
    }
    expect_in(language, services::paid_message(notice, application));
    for (const auto why : {services::MoneyReturn::too_late, services::MoneyReturn::application_over,
                           services::MoneyReturn::order_over, services::MoneyReturn::claim_held,
                           services::MoneyReturn::fee_changed})
      expect_in(language, services::returned_message(notice, application, {}, why));
    expect_in(language, services::yielded_message(application));
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
