// What a saved version of an announced notice changes for people who have applied: counted, asked for, and told of by letter.
#include "hanjari/intake/office/notice_effects.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "hanjari/intake/office/moved_days.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;
using services::judge_effects;
using services::NoticeEffects;
using services::NoticeSaving;
using services::RecruitmentState;
using services::SeenChange;
using services::SetupEdit;
using services::SetupPart;
using services::UnitCounts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const services::Actor saver{"kim", services::Role::exam_officer, {}};
const services::Actor second_one{"lee", services::Role::exam_officer, {}};

// 101: 3 unpaid, 5 paid, 2 lapsed. 102: 1 paid. Nobody has applied for 201.
const UnitCounts few_people = {{UnitCode("101"), {.submitted = 3, .paid = 5, .withdrawn = 1, .lapsed = 2}},
                               {UnitCode("102"), {.paid = 1}}};

std::vector<std::string> words_of(const NoticeEffects& effects) {
  std::vector<std::string> words;
  for (const auto& effect : effects.list) words.push_back(std::string(spell(effect.kind)) + " " + std::to_string(effect.people));
  return words;
}

NoticeEffects effects_of(const Recruitment& after, Instant now = in_window,
                         RecruitmentState state = RecruitmentState::published) {
  return judge_effects({sample_notice(), state, 1}, after, few_people, now);
}

TEST(NoticeEffectsOfAVersion, AreNoneWhereNobodyIsConcerned) {
  Recruitment harmless = sample_notice();
  harmless.header.name_ko = "다른 이름";
  harmless.units[0].unit.posts = 99;
  harmless.units[2].fee = 9'000;                                            // nobody has applied for it
  harmless.calendars[1].exam_on.days += 7;                                  // nor follows this calendar
  harmless.calendars[0].applications.closes += std::chrono::hours(1);       // while it is open, later
  EXPECT_THAT(effects_of(harmless).list, IsEmpty());
  Recruitment moved = sample_notice();
  moved.calendars[0].exam_on.days += 1;
  EXPECT_EQ(effects_of(moved, in_window, RecruitmentState::prepared).people, 0) << "applicants do not see it";
  EXPECT_THAT(judge_effects({sample_notice(), RecruitmentState::published, 1}, moved, {}, in_window).list, IsEmpty());
}

TEST(NoticeEffectsOfAVersion, CountThoseWhoCannotGoOnOrWhoseApplicationsLapse) {
  Recruitment over = sample_notice();
  over.calendars[0].applications.closes = in_window - std::chrono::minutes(1);
  EXPECT_THAT(words_of(effects_of(over)), ElementsAre("closes_now 9", "payments_end_now 3"));
  EXPECT_EQ(effects_of(over).people, 9) << "whoever lapses too is counted once";
  Recruitment sooner = sample_notice();
  sooner.calendars[0].applications.closes = in_window + std::chrono::seconds(100);
  EXPECT_THAT(words_of(effects_of(sooner)), ElementsAre("closes_sooner 9", "payments_end_sooner 3"));
  EXPECT_THAT(words_of(effects_of(sooner, in_window, RecruitmentState::closed)), IsEmpty()) << "closed stays closed";
}

TEST(NoticeEffectsOfAVersion, OfAnEndConcernNobodyWhoIsDoneWithoutAFee) {
  Recruitment free = sample_notice();
  for (NoticeUnit& unit : free.units) unit.fee = 0;
  Recruitment over = free;
  over.calendars[0].applications.closes = in_window - std::chrono::seconds(70);
  over.calendars[0].cancel_until = over.calendars[0].applications.closes;
  const UnitCounts done = {{UnitCode("101"), {.paid = 5}}};
  EXPECT_THAT(judge_effects({free, RecruitmentState::published, 1}, over, done, in_window).list, IsEmpty());
  const UnitCounts waiting = {{UnitCode("101"), {.submitted = 2, .paid = 5}}};
  EXPECT_EQ(judge_effects({free, RecruitmentState::published, 1}, over, waiting, in_window).people, 2) << "they lapse";
}

TEST(NoticeEffectsOfAVersion, CountThoseForWhomItOpensAgain) {
  Recruitment again = sample_notice();
  const Instant later = closing + std::chrono::hours(5);
  again.calendars[0].applications.closes = later + std::chrono::minutes(30);
  const NoticeEffects effects = effects_of(again, later);
  EXPECT_THAT(words_of(effects), ElementsAre("opens_again 11", "payments_go_on 3")) << "the lapsed are told to apply again";
  EXPECT_EQ(effects.people, 11);
}

TEST(NoticeEffectsOfAVersion, CountWhoSitsOnAnotherDayOrPaysAnotherFee) {
  Recruitment day = sample_notice();
  day.units[1].calendar = "late";
  const NoticeEffects moved = effects_of(day);
  EXPECT_EQ(words_of(moved).front(), "exam_day 1");
  EXPECT_THAT(moved.list[0].what.en, HasSubstr("5 June 2021 -> 16 October 2021"));
  EXPECT_THAT(moved.list[0].what.ko, HasSubstr("2021년 6월 5일 -> 2021년 10월 16일"));
  EXPECT_THAT(moved.list[0].units, ElementsAre(UnitCode("102")));
  Recruitment fee = sample_notice();
  fee.units[0].fee = 7'000;
  EXPECT_THAT(words_of(effects_of(fee)), ElementsAre("fee 8"));
  EXPECT_THAT(services::tell_effects(effects_of(fee)).ko, HasSubstr("응시수수료 5,000원 -> 7,000원(8명)"));
  Recruitment without = sample_notice();
  without.units.erase(without.units.begin());
  EXPECT_THAT(words_of(effects_of(without)), ElementsAre("unit_taken_away 8"));
  EXPECT_TRUE(effects_of(without).is_refused()) << "nobody is asked what the store refuses";
  EXPECT_NO_THROW(services::require_effects_said(effects_of(without), -1));
  Recruitment times = sample_notice();
  times.units[0].unit.starts_at = 10 * 60;
  EXPECT_THAT(words_of(effects_of(times)), ElementsAre("exam_times 8"));
  Recruitment withdrawing = sample_notice();
  withdrawing.calendars[0].cancel_until -= std::chrono::hours(24);
  EXPECT_THAT(words_of(effects_of(withdrawing)), ElementsAre("withdrawals_end 9"));
}

TEST(NoticeEffectsOfAVersion, AreSaidByTheirNumber) {
  EXPECT_TRUE(services::says_concerned(0, 0));
  EXPECT_TRUE(services::says_concerned(9, 9));
  EXPECT_FALSE(services::says_concerned(9, 0));
  EXPECT_FALSE(services::says_concerned(9, 8));
  EXPECT_FALSE(services::says_concerned(9, -1));
  EXPECT_TRUE(services::says_concerned(36'109, 36'000)) << "people go on applying while an officer reads";
  EXPECT_FALSE(services::says_concerned(36'109, 30'000));
}

struct SavingWithPeople : Applying {
  SavingWithPeople() { parts.recruitments.counts = few_people; }
  services::Change by(const services::Actor& actor) { return services::change_of(actor, "reason", clock.now()); }
  services::NoticeSetup& setup = intake.setup;
  std::int64_t version() { return parts.recruitments.find_recruitment(exam)->version; }
  std::string save(const Recruitment& notice, std::int64_t concerned, bool emergency = false) {
    NoticeSaving saving;
    saving.concerned = concerned;
    saving.emergency = emergency;
    return code_thrown([&] { setup.save_notice(saver, notice, std::nullopt, version(), saving, by(saver)); });
  }
  Recruitment with_fee(Won fee) {
    Recruitment notice = sample_notice();
    notice.units[0].fee = fee;
    return notice;
  }
};

// Red while a saved version closed, reopened and moved people without a question or a number.
TEST_F(SavingWithPeople, AsksForTheirNumber) {
  EXPECT_EQ(save(with_fee(7'000), -1), "concern_unsaid");
  EXPECT_EQ(save(with_fee(7'000), 7), "concern_unsaid");
  EXPECT_EQ(version(), 1) << "nothing was saved";
  EXPECT_EQ(save(with_fee(7'000), 8), "nothing");
  EXPECT_EQ(version(), 2);
  Recruitment harmless = with_fee(7'000);
  harmless.units[0].unit.posts = 3;
  EXPECT_EQ(save(harmless, -1), "nothing") << "nobody is concerned";
}

TEST_F(SavingWithPeople, AsksInTheFormToo) {
  const auto shown = setup.load_version(saver, exam, SetupPart::notice, 0);
  SetupEdit edit;
  edit.base_version = shown.version;
  json definition = json::parse(shown.definition);
  definition["units"][0]["fee_won"] = 7'000;
  edit.definition = definition.dump();
  EXPECT_EQ(setup.try_edit(saver, exam, edit).effects.people, 8) << "the preview names them";
  EXPECT_EQ(code_thrown([&] { setup.save_edit(saver, exam, edit, by(saver)); }), "concern_unsaid");
  edit.saving.concerned = 8;
  EXPECT_TRUE(setup.save_edit(saver, exam, edit, by(saver)).saved);
}

TEST_F(SavingWithPeople, AsksWhoConfirmsAndWhoDoesWithout) {
  setup.set_second_officer(second_one, exam, true, by(second_one));
  EXPECT_EQ(save(with_fee(7'000), -1, true), "concern_unsaid") << "an emergency is no answer";
  EXPECT_EQ(save(with_fee(7'000), -1), "nothing") << "a proposal changes nothing yet";
  const auto change = setup.find_change(second_one, exam).value();
  EXPECT_EQ(change.concerned, 8);
  EXPECT_THAT(words_of(change.effects), ElementsAre("fee 8"));
  SeenChange seen{change.proposal.base_version, change.proposal.digest, 0};
  EXPECT_EQ(code_thrown([&] { setup.confirm_change(second_one, exam, seen, by(second_one)); }), "concern_unsaid")
      << "red when zero was near enough to eight";
  seen.concerned = 8;
  setup.confirm_change(second_one, exam, seen, by(second_one));
  EXPECT_EQ(version(), 2);
}

struct MovedDays : Applying {
  MovedDays() {
    apply(sky, 1);
    clock.set(in_window + std::chrono::minutes(5));
  }
  services::MovedDayStores stores{parts.recruitments, parts.setups, parts.applications, parts.outbox, clock};
  std::int64_t tell() { return services::tell_of_moved_days(stores, exam); }
  void save(const Recruitment& notice, RecruitmentState state = RecruitmentState::published) {
    const auto before = parts.recruitments.find_recruitment(exam);
    parts.recruitments.save_recruitment(notice, state, before->version, {"officer", "", clock.now()});
  }
  std::vector<services::Message> letters() {
    std::vector<services::Message> found;
    for (const auto& one : parts.outbox.waiting) {
      if (one.message.dedupe_id.starts_with("exam-day/")) found.push_back(one.message);
    }
    return found;
  }
  static Recruitment moved_by(int days) {
    Recruitment notice = sample_notice();
    notice.calendars[0].exam_on.days += days;
    notice.header.exam_on = notice.calendars[0].exam_on;
    return notice;
  }
};

// Red while an accepted applicant went from June to October without a word.
TEST_F(MovedDays, AreToldOnceByLetter) {
  EXPECT_EQ(tell(), 0);
  save(moved_by(7));
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(tell(), 0) << "however often it is looked";
  ASSERT_THAT(letters(), SizeIs(1));
  EXPECT_EQ(letters()[0].account, sky.account);
  EXPECT_THAT(letters()[0].body, HasSubstr("2021년 6월 5일에서 2021년 6월 12일로 변경"));
  clock.set(clock.now() + std::chrono::minutes(1));
  save(moved_by(0));
  EXPECT_EQ(tell(), 1) << "moved back";
  EXPECT_THAT(letters().back().subject, HasSubstr("2021년 6월 5일"));
}

TEST_F(MovedDays, AreThoseOfTheUnitsCalendarToo) {
  Recruitment notice = sample_notice();
  notice.units[0].calendar = "late";
  save(notice);
  EXPECT_EQ(tell(), 1);
  EXPECT_THAT(letters().at(0).body, HasSubstr("2021년 10월 16일"));
  clock.set(clock.now() + std::chrono::minutes(1));
  apply(river, 2);
  EXPECT_EQ(tell(), 0) << "who has applied since knows the new day";
}

TEST_F(MovedDays, OfANoticeThatNobodySeesAreToldWhenItIsBack) {
  save(sample_notice(), RecruitmentState::prepared);
  save(moved_by(7), RecruitmentState::prepared);
  services::MovedDayRounds rounds;
  EXPECT_EQ(rounds.run(stores), 0);
  save(moved_by(7));
  EXPECT_EQ(rounds.run(stores), 1);
  EXPECT_EQ(rounds.run(stores), 0);
}

}  // namespace
}  // namespace hanjari::tests
