// What invigilators are told without asking: once of a place, once of a deadline, and nothing of rooms.
#include "hanjari/invigilators/duty_messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/base/written_day.h"
#include "invigilators/small_people.h"
#include "stage/sample_notice.h"
#include "stage/small_exam.h"

namespace hanjari::web::testing {
namespace {

using hanjari::tests::at;
using hanjari::tests::duties_in;
using services::PersonState;
using ::testing::HasSubstr;

const ExamCode told_exam("seoul-2021-1");

// Somebody else changes a person whenever people are saved.
class ChangedMeanwhile : public hanjari::tests::MemoryInvigilators {
 public:
  void save_people(const ExamCode&, const services::PeopleStep&, const services::Change&) override {
    throw Conflict("invigilators_changed", {"changed", "바뀜"});
  }
};

class DutyMessagesOf : public ::testing::Test {
 protected:
  DutyMessagesOf() {
    office.stored.live = services::LivePointer{std::string(64, 'a'), "", 1};
    office.clock.set(at("2021-06-01T09:00:00+09:00"));
    for (const char* id : {"S1", "S2", "S3"}) add(id, PersonState::consented);
    stand("staffing-1", duties_in("1", "2", "3"));
    office.clock.pass(std::chrono::minutes(11));
  }
  services::ListedPerson& add(const char* id, PersonState state) {
    services::ListedPerson& person = office.invigilators.people[InvigilatorId(id)];
    person.facts.id = InvigilatorId(id);
    person.facts.consent = state == PersonState::consented;
    person.email = std::string(id) + "@example.kr";
    person.state = state;
    person.version = 1;
    return person;
  }
  void stand(const std::string& id, const hanjari::tests::PeopleFiles& files) {
    services::Staffing staffing;
    staffing.id = id;
    staffing.exam = told_exam;
    staffing.version = static_cast<std::int64_t>(office.invigilators.staffings.size()) + 1;
    staffing.plan_digest = std::string(64, 'a');
    staffing.at = office.clock.now();
    office.invigilators.staffings.insert(office.invigilators.staffings.begin(), staffing);
    office.invigilators.files[id] = files;
  }
  services::DutyMessages tell() {
    office.invigilators.messages.clear();
    return services::tell_invigilators(office.invigilators, office.stored, office.plans, told_exam, office.clock.now(),
                                       "https://exams.example.kr/ko/duty");
  }
  const std::vector<services::Message>& messages() { return office.invigilators.messages; }

  Office office;
};

// Red when nothing is remembered of what was told.
TEST_F(DutyMessagesOf, TellEverybodyOnceOfAPlaceAndNothingOfRooms) {
  EXPECT_EQ(tell().placed, 3);
  ASSERT_EQ(messages().size(), 3u);
  EXPECT_EQ(messages()[0].to, "S1@example.kr");
  EXPECT_EQ(messages()[0].exam, "seoul-2021-1") << "destroyed with the exam";
  // Red while a message spoke of their page and did not say where it is.
  for (const services::Message& message : messages())
    EXPECT_THAT(message.body, ::testing::EndsWith("\nhttps://exams.example.kr/ko/duty"));
  EXPECT_THAT(messages()[0].body, HasSubstr("경복고등학교"));
  EXPECT_EQ(tell().placed, 0);
  EXPECT_TRUE(messages().empty());
  // To another room of the same venue: red when the room is part of what is compared, and then of what is told.
  stand("staffing-2", duties_in("2", "1", "3"));
  office.clock.pass(std::chrono::minutes(11));
  tell();
  EXPECT_TRUE(messages().empty());
}

// Red while a message of a place names no day, or nobody who keeps the old day free hears that the exam was moved.
TEST_F(DutyMessagesOf, NameTheDayAndTellWhenTheExamIsMoved) {
  services::ExamHead head = office.stored.find_head(told_exam).value();
  tell();
  ASSERT_EQ(messages().size(), 3u);
  EXPECT_THAT(messages()[0].body, HasSubstr("시험일: " + write_plain_day(head.exam_on).ko));
  EXPECT_THAT(messages()[0].body, HasSubstr("Exam day: " + write_plain_day(head.exam_on).en));
  head.exam_on = Date{head.exam_on.days + 7};
  office.stored.others[told_exam] = head;
  EXPECT_EQ(tell().moved, 3);
  ASSERT_EQ(messages().size(), 3u);
  EXPECT_THAT(messages()[0].body, HasSubstr("Exam day: " + write_plain_day(head.exam_on).en));
  EXPECT_TRUE((tell(), messages().empty()));
  // As an earlier version kept it.
  std::string& told = office.invigilators.people.at(InvigilatorId("S1")).told_place;
  told.erase(told.rfind(' '));
  EXPECT_TRUE((tell(), messages().empty()));
}

TEST_F(DutyMessagesOf, TellOfAMoveAndOfAPlaceThatIsGone) {
  tell();
  auto files = duties_in("1", "2", "3");
  // S2 goes to V2 in the place of S3, who has none now.
  files["duties.csv"] = "venue_code,room_no,role,invigilator_id,travel_m\nV1,1,chief,S1,100\nV2,1,chief,S2,100\n";
  stand("staffing-2", files);
  EXPECT_EQ(tell().moved, 0) << "not before it has settled: somebody may be at work on it";
  office.clock.pass(std::chrono::minutes(11));
  const services::DutyMessages told = tell();
  EXPECT_EQ(told.placed, 0);
  EXPECT_EQ(told.moved, 1);
  EXPECT_EQ(told.freed, 1);
  ASSERT_EQ(messages().size(), 2u);
  EXPECT_THAT(messages()[0].body, HasSubstr("성동고등학교"));
  EXPECT_THAT(messages()[1].body, HasSubstr("취소"));
  EXPECT_TRUE((tell(), messages().empty()));
}

// Red when whoever accepted a call waits for a place that somebody else has by now, or is told while a place is free still.
TEST_F(DutyMessagesOf, TellWhoeverHasAcceptedAPlaceThatIsNotFreeAnyMore) {
  for (const char* id : {"S7", "S8", "S9"}) {
    const VenueCode venue(std::string(id) == "S9" ? "V2" : "V1");
    add(id, PersonState::consented).calls.push_back(
        {venue, DutyRole::chief, office.clock.now(), office.clock.now(), "officer", services::CallAnswer::accepted});
  }
  office.invigilators.people[InvigilatorId("S8")].email.clear();
  const auto answer_of = [&](const char* id) { return office.invigilators.people.at(InvigilatorId(id)).calls.back().answer; };
  EXPECT_EQ(tell().filled, 1) << "at V2 no place is free, at V1 one is";
  EXPECT_EQ(answer_of("S9"), services::CallAnswer::filled);
  EXPECT_EQ(answer_of("S7"), services::CallAnswer::accepted);
  add("S6", PersonState::consented);
  auto files = duties_in("1", "2", "3");
  files["duties.csv"] += "V1,3,chief,S6,100\n";
  files.erase("unfilled.csv");
  stand("staffing-2", files);
  office.clock.pass(std::chrono::minutes(11));
  const services::DutyMessages told = tell();
  EXPECT_EQ(told.placed, 1);
  EXPECT_EQ(told.filled, 2) << "who cannot be reached finds it on the own page";
  ASSERT_EQ(messages().size(), 2u);
  EXPECT_EQ(messages()[1].to, "S7@example.kr");
  EXPECT_THAT(messages()[1].body, HasSubstr("경복고등학교, " + hanjari::name_of(DutyRole::chief).ko));
  EXPECT_THAT(messages()[1].body, HasSubstr("is not free any more"));
  EXPECT_EQ(answer_of("S8"), services::CallAnswer::filled);
  EXPECT_TRUE((tell(), messages().empty()));
}

// Red while whoever had stood in the place that they accepted was told twice of one thing: that it is filled, and that it is gone.
TEST_F(DutyMessagesOf, TellWhoeverIsTakenOffAnAcceptedPlaceOnce) {
  office.invigilators.people[InvigilatorId("S2")].calls.push_back(
      {VenueCode("V2"), DutyRole::chief, office.clock.now(), office.clock.now(), "officer", services::CallAnswer::accepted});
  EXPECT_EQ(tell().placed, 3);
  auto files = duties_in("1", "2", "3");
  files["duties.csv"] = "venue_code,room_no,role,invigilator_id,travel_m\nV1,1,chief,S1,100\nV2,1,chief,S3,100\n";
  stand("staffing-2", files);
  office.clock.pass(std::chrono::minutes(11));
  const services::DutyMessages told = tell();
  EXPECT_EQ(told.filled, 1);
  EXPECT_EQ(told.freed, 1);
  ASSERT_EQ(messages().size(), 1u);
  EXPECT_EQ(messages()[0].to, "S2@example.kr");
  EXPECT_THAT(messages()[0].body, HasSubstr("앞서 안내해 드린 배치는 더 이상 유효하지 않습니다"));
  EXPECT_TRUE((tell(), messages().empty()));
}

TEST_F(DutyMessagesOf, TellNobodyAtNightOfADraftOrAfterTheExam) {
  office.clock.set(at("2021-06-01T21:00:00+09:00"));
  EXPECT_EQ(tell().placed, 0) << "at night";
  office.clock.set(at("2021-06-06T09:00:00+09:00"));
  EXPECT_EQ(tell().placed, 0) << "after the exam";
  office.clock.set(at("2021-06-02T09:00:00+09:00"));
  office.stored.live.reset();
  EXPECT_EQ(tell().placed, 0) << "duties of a plan that is not live";
  office.stored.live = services::LivePointer{std::string(64, 'a'), "", 1};
  office.clock.set(at("2021-06-05T06:00:00+09:00"));
  EXPECT_EQ(tell().placed, 3) << "early on the day itself";
}

// Red while one decision on the health of one person made another plan live, and from then on nobody was told of any place.
TEST_F(DutyMessagesOf, GoOnWhereAnotherPlanWithTheSameRoomsIsLive) {
  office.stored.live = services::LivePointer{std::string(64, 'b'), "", 2};
  EXPECT_EQ(tell().placed, 0) << "of which nothing is known";
  office.stored.more_plans.push_back({std::string(64, 'b'), "", PlanStatus::feasible, 6, 0, {}});
  office.stored.venues_of[std::string(64, 'b')] = {{VenueCode("V1"), "First", DistrictCode("11110"), "Street 1", 3, 4},
                                                   {VenueCode("V2"), "Second", DistrictCode("11140"), "Street 2", 1, 2}};
  EXPECT_EQ(tell().placed, 0) << "a room more is to be staffed first";
  office.stored.venues_of.clear();
  EXPECT_EQ(tell().placed, 3);
}

// Whoever withdrew is told nothing, and whoever has no address waits until there is one.
TEST_F(DutyMessagesOf, PassOverWhomTheyDoNotConcernOrReach) {
  office.invigilators.people[InvigilatorId("S1")].state = PersonState::withdrawn;
  office.invigilators.people[InvigilatorId("S2")].email.clear();
  EXPECT_EQ(tell().placed, 1);
  ASSERT_EQ(messages().size(), 1u);
  EXPECT_EQ(messages()[0].to, "S3@example.kr");
  office.invigilators.people[InvigilatorId("S2")].phone = "01000000002";
  EXPECT_EQ(tell().placed, 1);
  ASSERT_EQ(messages().size(), 1u);
  EXPECT_EQ(messages()[0].channel, services::Channel::sms);
}

TEST_F(DutyMessagesOf, RemindOnceOfAnInvitationThatEndsSoon) {
  tell();
  services::ListedPerson& asked = add("S8", PersonState::invited);
  asked.invited_until = office.clock.now() + std::chrono::hours(25) + std::chrono::microseconds(1);
  EXPECT_EQ(tell().reminded, 0) << "more than a day is left";
  office.clock.pass(std::chrono::hours(2));
  EXPECT_EQ(tell().reminded, 1);
  ASSERT_EQ(messages().size(), 1u);
  EXPECT_THAT(messages()[0].body, HasSubstr("2021년 6월 2일"));
  EXPECT_THAT(messages()[0].body, HasSubstr("2 June 2021"));
  EXPECT_EQ(messages()[0].useless_after, office.invigilators.people[InvigilatorId("S8")].invited_until);
  // What is kept of the reminder has seconds only.
  services::ListedPerson& kept = office.invigilators.people[InvigilatorId("S8")];
  services::read_person(services::write_person(kept), kept);
  EXPECT_EQ(tell().reminded, 0) << "once";
  kept.invited_until = office.clock.now() - std::chrono::hours(1);
  EXPECT_EQ(tell().reminded, 0) << "it is over";
  kept.invited_until = office.clock.now() + std::chrono::hours(20);
  EXPECT_EQ(tell().reminded, 1) << "of a new invitation again";
}

// Red without the limit, or when a round that is cut off forgets the others.
TEST_F(DutyMessagesOf, TellSoManyAtOnceAndTheOthersInTheNextRound) {
  std::string rows = "venue_code,room_no,role,invigilator_id,travel_m\n";
  for (int number = 0; number < services::most_told_at_once + 10; ++number) {
    const std::string id = "T" + std::to_string(10'000 + number);
    add(id.c_str(), PersonState::consented);
    rows += "V1,,reserve," + id + ",100\n";
  }
  auto files = duties_in("1", "2", "3");
  files["duties.csv"] = rows;
  stand("staffing-2", files);
  office.clock.pass(std::chrono::minutes(11));
  const services::DutyMessages first = tell();
  EXPECT_EQ(first.placed, services::most_told_at_once);
  EXPECT_TRUE(first.more);
  const services::DutyMessages second = tell();
  EXPECT_EQ(second.placed, 10);
  EXPECT_FALSE(second.more);
}

TEST_F(DutyMessagesOf, WaitForTheNextRoundWhenSomebodyElseChangesAPerson) {
  ChangedMeanwhile others;
  others.people = office.invigilators.people;
  others.staffings = office.invigilators.staffings;
  others.files = office.invigilators.files;
  EXPECT_EQ(services::tell_invigilators(others, office.stored, office.plans, told_exam, office.clock.now()).placed, 0);
  EXPECT_TRUE(others.messages.empty());
}

}  // namespace
}  // namespace hanjari::web::testing
