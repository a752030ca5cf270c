// Letters about a release on hold: to the officers whose shares it waits for, once for each hold.
#include "hanjari/publications/hold_messages.h"

#include <set>
#include <string>

#include <gmock/gmock.h>

#include "hanjari/base/error.h"
#include "publications/publication_story.h"
#include "stage/code_thrown.h"
#include "stage/memory_intake.h"

namespace hanjari::services::publication_story {
namespace {

using hanjari::tests::code_thrown;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

class LettersOfHolds : public PublicationStory {
 protected:
  LettersOfHolds() {
    armed = approve(seal(an_order()));
    clock.set(the_minute - std::chrono::minutes(20));
    arm(desk, armed, "lee");
    arm(desk, armed, "park");
  }
  std::int64_t tell() {
    return tell_of_holds({publications, outbox, mail, [](const ExamCode&) { return Text{"An exam", "시험"}; },
                          [](const ExamCode&) { return std::string("Asia/Seoul"); }},
                         exam, clock.now());
  }
  std::set<std::string> addresses() {
    std::set<std::string> all;
    for (const WaitingMessage& one : outbox.waiting) all.insert(one.message.to);
    return all;
  }
  void confirm(const std::string& officer) {
    const Publication now = now_of(armed);
    desk.arm(exam, now.number, passphrase_of(officer), now.state.digest, true, by(officer), basis_of(publications, now));
  }

  // The auditor holds no share.
  const OfficerMail mail{{"kim", "kim@example.kr"}, {"park", "park@example.kr"}, {"auditor", "auditor@example.kr"}};
  hanjari::tests::MemoryOutbox outbox;
  Publication armed;
};

// Red when a hold is told on a page only, to somebody who can do nothing about it, or again and again.
TEST_F(LettersOfHolds, GoToEveryHolderOfAShareOnce) {
  EXPECT_EQ(tell(), 0) << "nothing is on hold";
  import_and_decide(hanjari::tests::corrected_results());
  desk.look();
  ASSERT_TRUE(now_of(armed).state.on_hold());
  EXPECT_EQ(tell(), 2);
  EXPECT_EQ(addresses(), (std::set<std::string>{"kim@example.kr", "park@example.kr"})) << "lee has no address here";
  EXPECT_EQ(tell(), 0);
  const Message& letter = outbox.waiting.front().message;
  EXPECT_THAT(letter.subject, HasSubstr("발표 보류"));
  EXPECT_THAT(letter.body, HasSubstr("The release of An exam (publication 1, due at 2021-09-29 09:00) is on hold"));
  EXPECT_THAT(letter.body, HasSubstr("보류되었습니다"));
  for (const char* told : {"P1", "P4", "80.00", "90.00"}) EXPECT_THAT(letter.body, Not(HasSubstr(told))) << "nothing of a result";
  EXPECT_EQ(letter.exam, exam.text()) << "it goes with its exam";
}

TEST_F(LettersOfHolds, GoAgainWhenTheVersionIsHeldAnew) {
  import_and_decide(hanjari::tests::corrected_results());
  desk.look();
  EXPECT_EQ(tell(), 2);
  confirm("kim");
  EXPECT_EQ(tell(), 0) << "park was written to";
  confirm("park");
  const RecordedCase entered = enter_case(results, exam, "P1", "misconduct", "Used a telephone", by("kim"));
  confirm_case(results, exam, entered.case_no, entered.version, by("lee"));
  desk.look();
  ASSERT_TRUE(now_of(armed).state.on_hold());
  EXPECT_EQ(tell(), 2) << "another hold";
}

TEST(OfficersAddresses, AreReadFromTheConfiguration) {
  EXPECT_THAT(parse_officer_mail(""), IsEmpty());
  EXPECT_THAT(parse_officer_mail(" kim = Kim@Example.kr , lee=lee@example.kr,"),
              ElementsAre(Pair("kim", "kim@example.kr"), Pair("lee", "lee@example.kr")));
  for (const char* wrong : {"kim", "kim = 010-1234-5678", "= kim@example.kr", "kim = a@example.kr, kim = b@example.kr"})
    EXPECT_EQ(code_thrown([&] { parse_officer_mail(wrong); }), "bad_configuration") << wrong;
}

}  // namespace
}  // namespace hanjari::services::publication_story
