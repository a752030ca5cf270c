// Setting up an exam: two officers on one form, copies, what is missing, and the second officer.
#include <gmock/gmock.h>

#include <array>
#include <map>

#include <nlohmann/json.hpp>

#include "hanjari/base/local_time.h"
#include "hanjari/base/random.h"
#include "hanjari/desk/exam_thread.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/recruitment_file.h"
#include "stage/applying.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;
using services::SetupEdit;
using services::SetupOutcome;
using services::SetupPart;
using services::Side;
using ::testing::Contains;
using ::testing::Not;

const services::Actor kim{"kim", services::Role::exam_officer, {}};
const services::Actor lee{"lee", services::Role::exam_officer, {}};

struct SettingUp : Applying {
  services::NoticeSetup& setup = intake.setup;
  services::Change by(const services::Actor& actor) { return services::change_of(actor, "reason", clock.now()); }

  // The form as it is shown now, with one value changed.
  SetupEdit edit_of(SetupPart part, const std::string& pointer, const json& value) {
    const auto shown = setup.load_version(kim, exam, part, 0);
    json definition = json::parse(shown.definition);
    definition[json::json_pointer(pointer)] = value;
    SetupEdit edit;
    edit.part = part;
    edit.base_version = shown.version;
    edit.definition = definition.dump();
    return edit;
  }
  json stored(SetupPart part) { return json::parse(setup.load_version(kim, exam, part, 0).definition); }
  std::vector<std::string> gap_codes() {
    std::vector<std::string> codes;
    for (const auto& gap : setup.list_gaps(kim, exam)) codes.push_back(gap.code);
    return codes;
  }
};

TEST_F(SettingUp, KeepsWhatTwoOfficersChangedInDifferentPlaces) {
  const SetupEdit first = edit_of(SetupPart::notice, "/units/0/posts", 11);
  const SetupEdit second = edit_of(SetupPart::notice, "/units/1/posts", 22);
  EXPECT_TRUE(setup.save_edit(kim, exam, first, by(kim)).saved);
  const SetupOutcome outcome = setup.save_edit(lee, exam, second, by(lee));
  EXPECT_TRUE(outcome.saved);
  EXPECT_EQ(outcome.other_author, "kim");
  ASSERT_EQ(outcome.theirs.size(), 1U);
  EXPECT_EQ(outcome.theirs[0].path, "units/101/posts");
  EXPECT_EQ(stored(SetupPart::notice)["units"][0]["posts"], 11);
  EXPECT_EQ(stored(SetupPart::notice)["units"][1]["posts"], 22);
}

TEST_F(SettingUp, AsksOnceWhereBothChangedTheSame) {
  SetupEdit first = edit_of(SetupPart::notice, "/units/0/posts", 11);
  SetupEdit second = edit_of(SetupPart::notice, "/units/0/posts", 22);
  ASSERT_TRUE(setup.save_edit(kim, exam, first, by(kim)).saved);
  SetupOutcome asked = setup.save_edit(lee, exam, second, by(lee));
  ASSERT_EQ(asked.conflicts.size(), 1U);
  EXPECT_FALSE(asked.saved);
  EXPECT_EQ(asked.conflicts[0].theirs, "11");
  EXPECT_EQ(stored(SetupPart::notice)["units"][0]["posts"], 11) << "nothing is overwritten without an answer";
  // Somebody saves again before the answer comes: the answer was to other words.
  SetupEdit third = edit_of(SetupPart::notice, "/units/0/posts", 33);
  ASSERT_TRUE(setup.save_edit(kim, exam, third, by(kim)).saved);
  second.answered_version = asked.version;
  second.choices = {{"units/101/posts", Side::mine}};
  asked = setup.save_edit(lee, exam, second, by(lee));
  ASSERT_EQ(asked.conflicts.size(), 1U) << "red when an answer counted for a version that nobody was asked about";
  EXPECT_EQ(asked.conflicts[0].theirs, "33");
  second.answered_version = asked.version;
  EXPECT_TRUE(setup.save_edit(lee, exam, second, by(lee)).saved);
  EXPECT_EQ(stored(SetupPart::notice)["units"][0]["posts"], 22);
}

TEST_F(SettingUp, SavesNothingTwice) {
  const SetupEdit edit = edit_of(SetupPart::notice, "/units/0/posts", 11);
  EXPECT_EQ(setup.save_edit(kim, exam, edit, by(kim)).version, 2);
  EXPECT_EQ(setup.save_edit(kim, exam, edit, by(kim)).version, 2) << "the second click of one button";
  EXPECT_EQ(setup.list_versions(kim, exam, SetupPart::notice).size(), 2U);
}

TEST_F(SettingUp, RefusesWhatAnotherOfficersChangeMakesWrong) {
  SetupEdit first = edit_of(SetupPart::notice, "/units/2/calendar", "regular");
  json without = json::parse(first.definition);
  without["calendars"].erase(1);
  first.definition = without.dump();
  const SetupEdit second = edit_of(SetupPart::notice, "/units/1/calendar", "late");
  ASSERT_TRUE(setup.save_edit(kim, exam, first, by(kim)).saved);
  EXPECT_THROW(setup.save_edit(lee, exam, second, by(lee)), InvalidInput) << "the calendar is gone meanwhile";
}

// Ten thousand random interleavings of two officers on one form, a third saving between look and saving now and then.
// The oracle keeps its own book: a value may give way only to somebody who had seen it, in the form or in a question.
struct OfficerAtForm {
  services::Actor actor;
  bool open = false;
  std::int64_t base_version = 0;
  json shown{};   // the values of the form as it was opened
  json wanted{};  // as the officer typed
  std::int64_t answered_version = 0;
  std::map<std::string, Side> choices{};
  std::map<std::string, json> questions{};  // the values that stood in the last questions
};

struct Interleaving : SettingUp {
  static constexpr std::array<const char*, 4> fields = {"min_gap_cm", "spare_booklets_per_room", "people_cap",
                                                        "detour_cap_m"};
  RandomStream random{*parse_seed("20210605"), "interleavings"};
  std::int64_t lost = 0;
  std::int64_t conflicts = 0;
  std::int64_t saved = 0;

  void open_form(OfficerAtForm& officer) {
    const auto version = setup.load_version(officer.actor, exam, SetupPart::policy, 0);
    officer = {officer.actor, true, version.version, json::parse(version.definition), {}, 0, {}, {}};
    officer.wanted = officer.shown;
    for (const char* field : fields) {
      if (random.below(2) == 0) officer.wanted[field] = 100 + static_cast<int>(random.below(50));
    }
  }
  // Whether every field that changed was the officer's to change.
  void judge(const OfficerAtForm& officer, const json& before, const json& after) {
    for (const char* field : fields) {
      if (before[field] == after[field]) continue;
      const bool touched = officer.wanted[field] != officer.shown[field] && after[field] == officer.wanted[field];
      const auto asked = officer.questions.find(field);
      const bool seen =
          officer.shown[field] == before[field] || (asked != officer.questions.end() && asked->second == before[field]);
      if (!touched || !seen) ++lost;
    }
  }
  void save_form(OfficerAtForm& officer) {
    const json before = stored(SetupPart::policy);
    SetupEdit edit;
    edit.part = SetupPart::policy;
    edit.base_version = officer.base_version;
    edit.definition = officer.wanted.dump();
    edit.answered_version = officer.answered_version;
    edit.choices = officer.choices;
    const SetupOutcome outcome = setup.save_edit(officer.actor, exam, edit, by(officer.actor));
    if (outcome.saved) {
      ++saved;
      judge(officer, before, stored(SetupPart::policy));
      officer.open = false;
      return;
    }
    ++conflicts;
    EXPECT_EQ(stored(SetupPart::policy), before) << "a question saves nothing";
    officer.answered_version = outcome.version;
    officer.choices.clear();
    officer.questions.clear();
    for (const auto& conflict : outcome.conflicts) {
      officer.questions[conflict.path] = conflict.theirs ? json::parse(*conflict.theirs) : json();
      officer.choices[conflict.path] = random.below(2) == 0 ? Side::mine : Side::theirs;
    }
  }
};

TEST_F(Interleaving, LosesNothingInTenThousandOfThem) {
  OfficerAtForm officers[2] = {{kim}, {lee}};
  for (int turn = 0; turn < 10'000; ++turn) {
    OfficerAtForm& officer = officers[random.below(2)];
    if (officer.open) {
      save_form(officer);
    } else {
      open_form(officer);
    }
    if (HasFailure()) return;
  }
  EXPECT_EQ(lost, 0) << "red when save_edit overwrote the newest version with the officer's own definition";
  EXPECT_GT(conflicts, 500);
  EXPECT_GT(saved, 2'000);
}

// The other officer is faster between the look at the newest version and the saving: compare-and-set notices, and what
// was saved meanwhile is taken in.
TEST_F(SettingUp, TakesInWhatIsSavedBetweenLookAndSaving) {
  const SetupEdit first = edit_of(SetupPart::policy, "/min_gap_cm", 150);
  const SetupEdit second = edit_of(SetupPart::policy, "/people_cap", 15);
  parts.setups.before_save = [&] { EXPECT_TRUE(setup.save_edit(lee, exam, second, by(lee)).saved); };
  EXPECT_TRUE(setup.save_edit(kim, exam, first, by(kim)).saved);
  EXPECT_EQ(stored(SetupPart::policy)["min_gap_cm"], 150);
  EXPECT_EQ(stored(SetupPart::policy)["people_cap"], 15);
  EXPECT_EQ(setup.list_versions(kim, exam, SetupPart::policy).size(), 2U);
}

TEST_F(SettingUp, CopiesLastYearWithItsWeekdays) {
  Recruitment source = sample_notice();
  source.header.name_ko = "2021년도 제1회 시험";
  source.units[0].eligibility.residence = ResidenceRule::on_day;
  source.units[0].eligibility.residence_area = {"Seoul", "서울"};
  source.units[0].eligibility.residence_on = *parse_date("2021-01-01");
  services::UnitCounts counts;
  counts[UnitCode("101")] = {.submitted = 2, .paid = 40, .withdrawn = 1, .lapsed = 1};
  const Recruitment copy = services::copy_notice(source, counts, {ExamCode("seoul-2022-1"), 52});
  EXPECT_EQ(copy.header.code.text(), "seoul-2022-1");
  EXPECT_EQ(copy.header.name_ko, "2022년도 제1회 시험");
  EXPECT_EQ(format_date(copy.header.exam_on), "2022-06-04");
  EXPECT_EQ(name_weekday(copy.header.exam_on), name_weekday(source.header.exam_on));
  for (std::size_t at = 0; at < copy.calendars.size(); ++at) {
    const LocalTime before = local_time(source.calendars[at].applications.closes, "Asia/Seoul");
    const LocalTime after = local_time(copy.calendars[at].applications.closes, "Asia/Seoul");
    EXPECT_EQ(name_weekday(before.day), name_weekday(after.day));
    EXPECT_EQ(before.minute, after.minute);
  }
  EXPECT_EQ(format_date(copy.units[0].eligibility.residence_on), "2022-01-01") << "the first of January stays it";
  EXPECT_EQ(copy.units[0].last_year, (LastYear{10, 42}));
}

// Between the two days summer time begins: the clock still shows 09:00. Red when seconds were added.
TEST_F(SettingUp, CopiesWhatTheClockShowsOverSummerTime) {
  Recruitment source = sample_notice();
  source.header.time_zone = "Europe/Berlin";
  source.calendars[0].applications.opens = instant_of(*parse_date("2021-03-27"), 540, "Europe/Berlin");
  const Recruitment copy = services::copy_notice(source, {}, {ExamCode("x"), 1});
  const LocalTime shown = local_time(copy.calendars[0].applications.opens, "Europe/Berlin");
  EXPECT_EQ(shown.minute, 540);
  EXPECT_EQ(shown.day.days, parse_date("2021-03-27")->days + 7);
}

TEST_F(SettingUp, AsksToConfirmCopiedDatesBeforeAnnouncing) {
  const ExamCode next("seoul-2022-1");
  clock.set(at("2021-12-01T09:00:00+09:00"));
  setup.copy_exam(kim, exam, {next, 52}, by(kim));
  EXPECT_EQ(setup.load_version(kim, next, SetupPart::notice, 1).copied_from, exam.text());
  EXPECT_EQ(code_thrown([&] { setup.announce(kim, next, 0, by(kim)); }), "notice_incomplete");
  setup.confirm_dates(kim, next, by(kim));
  EXPECT_EQ(code_thrown([&] { setup.announce(kim, next, 7, by(kim)); }), "concern_unsaid");
  setup.announce(kim, next, 0, by(kim));
  EXPECT_EQ(intake.notices.load_notice(next)->state, services::RecruitmentState::published);
  EXPECT_EQ(code_thrown([&] { setup.copy_exam(kim, exam, {next, 52}, by(kim)); }), "recruitment_exists");
}

// Red when the typed code was answered: the notice was there, and its address led nowhere.
TEST_F(SettingUp, NamesACopyByTheCodeThatIsStored) {
  clock.set(at("2021-12-01T09:00:00+09:00"));
  EXPECT_EQ(setup.copy_exam(kim, exam, {ExamCode("서울\u200b-2"), 52}, by(kim)), ExamCode("서울-2"));
  EXPECT_EQ(setup.copy_exam(kim, exam, {ExamCode("\u1102\u1161-3"), 52}, by(kim)), ExamCode("나-3"));
  EXPECT_EQ(setup.load_version(kim, ExamCode("나-3"), SetupPart::notice, 1).copied_from, exam.text());
}

TEST_F(SettingUp, SaysWhatIsMissing) {
  clock.set(at("2021-02-01T09:00:00+09:00"));
  EXPECT_THAT(gap_codes(), Not(Contains("window_over")));
  setup.save_edit(kim, exam, edit_of(SetupPart::notice, "/units/0/posts", 0), by(kim));
  EXPECT_THAT(gap_codes(), ::testing::AllOf(Contains("no_posts"), Contains("no_policy"), Contains("no_help")));
  clock.set(at("2021-04-01T09:00:00+09:00"));
  EXPECT_THAT(gap_codes(), Contains("window_over"));
}

TEST_F(SettingUp, NeedsASecondOfficerWhereTheRuleSaysSo) {
  const ExamCode next("seoul-2022-1");
  clock.set(at("2021-12-01T09:00:00+09:00"));
  setup.copy_exam(kim, exam, {next, 52}, by(kim));
  setup.confirm_dates(kim, next, by(kim));
  setup.set_second_officer(kim, next, true, by(kim));
  EXPECT_EQ(code_thrown([&] { setup.announce(kim, next, 0, by(kim)); }), "notice_not_confirmed");
  EXPECT_EQ(code_thrown([&] { setup.confirm_notice(lee, next, 1, by(lee)); }), "not_proposed");
  setup.propose_notice(kim, next, 1, by(kim));
  EXPECT_EQ(code_thrown([&] { setup.confirm_notice(kim, next, 1, by(kim)); }), "same_officer");
  setup.confirm_notice(lee, next, 1, by(lee));
  // One changed value is another notice, which nobody has confirmed.
  json changed = json::parse(setup.load_version(kim, next, SetupPart::notice, 0).definition);
  changed["units"][0]["posts"] = 99;
  SetupEdit edit;
  edit.base_version = 1;
  edit.definition = changed.dump();
  ASSERT_TRUE(setup.save_edit(kim, next, edit, by(kim)).saved);
  EXPECT_EQ(code_thrown([&] { setup.announce(kim, next, 0, by(kim)); }), "notice_not_confirmed");
  EXPECT_EQ(code_thrown([&] { setup.confirm_notice(lee, next, 1, by(lee)); }), "recruitment_changed");
  setup.propose_notice(lee, next, 2, by(lee));
  setup.confirm_notice(kim, next, 2, by(kim));
  setup.announce(kim, next, 0, by(kim));
  EXPECT_EQ(code_thrown([&] { setup.withdraw(kim, next, 3, by(kim)); }), "concern_unsaid");
}

// Red when whoever switched the rule off could announce alone.
TEST_F(SettingUp, NeedsTwoPeopleAlsoWhereOneDidWithoutTheSecondOfficer) {
  const ExamCode next("seoul-2022-1");
  clock.set(at("2021-12-01T09:00:00+09:00"));
  setup.copy_exam(kim, exam, {next, 52}, by(kim));
  setup.confirm_dates(kim, next, by(kim));
  setup.set_second_officer(lee, next, true, by(lee));
  setup.set_second_officer(kim, next, false, by(kim));
  EXPECT_EQ(code_thrown([&] { setup.announce(kim, next, 0, by(kim)); }), "waived_by_yourself");
  setup.announce(lee, next, 0, by(lee));
  EXPECT_EQ(setup.load_version(kim, next, SetupPart::notice, 0).state, "published");
}

// Red when a copy forgot the rule of its source.
TEST_F(SettingUp, CopiesTheRuleOfTheSecondOfficer) {
  setup.set_second_officer(kim, exam, true, by(kim));
  const ExamCode next("seoul-2022-1");
  setup.copy_exam(kim, exam, {next, 52}, by(kim));
  EXPECT_TRUE(setup.find_rule(kim, next).second_officer);
}

TEST_F(SettingUp, BarsCheckersWithARelative) {
  const json law = {{"code", "law"},    {"name_ko", "행정법"},          {"name_en", "Law"},  {"set_by", "city"},
                    {"setter", "choi"}, {"checkers", {"park", "yoon"}}, {"state", "drafted"}};
  setup.declare_relative(kim, exam, "park", true, by(kim));
  EXPECT_EQ(
      code_thrown([&] { setup.save_edit(kim, exam, edit_of(SetupPart::subjects, "/exam_subjects/0", law), by(kim)); }),
      "checker_has_relative");
  setup.declare_relative(kim, exam, "park", false, by(kim));
  EXPECT_TRUE(setup.save_edit(kim, exam, edit_of(SetupPart::subjects, "/exam_subjects/0", law), by(kim)).saved);
  setup.declare_relative(kim, exam, "yoon", true, by(kim));
  EXPECT_THAT(gap_codes(), Contains("checker_has_relative")) << "who declares it later is to be replaced";
}

// Red when a kind that one officer had taken away came back with what another one wrote of the others.
TEST_F(SettingUp, KeepsWhatTwoOfficersChangedInTheAccommodations) {
  const json all = json::parse(package::spell_out_accommodations(stored(SetupPart::notice).dump()))["accommodation_kinds"];
  ASSERT_EQ(all.size(), 7U);
  json fewer = json::array();
  for (const json& kind : all) {
    if (kind["item"] != "scribe") fewer.push_back(kind);
  }
  json described = all;
  described[0]["documents_ko"] = "장애인등록증";
  described[0]["documents_en"] = "Certificate of disability";
  const SetupEdit first = edit_of(SetupPart::notice, "/accommodation_kinds", fewer);
  const SetupEdit second = edit_of(SetupPart::notice, "/accommodation_kinds", described);
  const SetupOutcome taken = setup.save_edit(kim, exam, first, by(kim));
  ASSERT_TRUE(taken.saved);
  ASSERT_EQ(taken.differences.size(), 1U);
  EXPECT_EQ(taken.differences[0].path, "accommodation_kinds/scribe");
  const SetupOutcome both = setup.save_edit(lee, exam, second, by(lee));
  ASSERT_TRUE(both.saved) << both.conflicts.size();
  const auto notice = intake.notices.load_notice(exam)->notice;
  ASSERT_EQ(notice.accommodations.size(), 6U);
  EXPECT_EQ(notice.accommodations[0].documents.ko, "장애인등록증");
  EXPECT_FALSE(notice.offers_accommodation("scribe"));
}

TEST_F(SettingUp, KeepsPassRulesInVersions) {
  EXPECT_EQ(setup.load_version(kim, exam, SetupPart::pass_rules, 0).version, 0);
  SetupEdit first = edit_of(SetupPart::pass_rules, "/fail_line_percent", 35);
  SetupEdit second = edit_of(SetupPart::pass_rules, "/pass_table/1/percent", 130);
  EXPECT_TRUE(setup.save_edit(kim, exam, first, by(kim)).saved);
  const SetupOutcome outcome = setup.save_edit(lee, exam, second, by(lee));
  EXPECT_TRUE(outcome.saved);
  ASSERT_EQ(outcome.differences.size(), 1U);
  EXPECT_EQ(outcome.differences[0].path, "pass_table/10/percent");
  EXPECT_EQ(stored(SetupPart::pass_rules)["fail_line_percent"], 35);
  EXPECT_EQ(stored(SetupPart::pass_rules)["pass_table"][1]["percent"], 130);
  EXPECT_EQ(setup.list_versions(kim, exam, SetupPart::pass_rules).size(), 2U);
  EXPECT_THROW(setup.save_edit(kim, exam, edit_of(SetupPart::pass_rules, "/fail_line_percent", 400), by(kim)), InvalidInput);
  const services::NoticeCopy wish{ExamCode("seoul-2022-1"), 52};
  setup.copy_exam(kim, exam, wish, by(kim));
  EXPECT_EQ(setup.load_version(kim, wish.code, SetupPart::pass_rules, 0).definition,
            setup.load_version(kim, exam, SetupPart::pass_rules, 0).definition);
}

// Red when the export took the policy of the folder with venues.
TEST_F(SettingUp, PutsTheSavedPolicyIntoTheFrozenList) {
  ASSERT_TRUE(setup.save_edit(kim, exam, edit_of(SetupPart::policy, "/people_cap", 15), by(kim)).saved);
  const auto applied = apply(sky, 1);
  pay(sky, applied.application.id, services::TestOutcome::success);
  clock.set(at("2021-03-10T18:01:00+09:00"));
  intake.closing.close_applications(officer, exam, by(officer), no_progress());
  const auto frozen = intake.exports.export_applicants(officer, exam, Exam{}, by(officer), no_progress());
  ASSERT_EQ(frozen.size(), 1U);
  EXPECT_EQ(frozen[0].policy.people_cap, 15);
}

TEST_F(SettingUp, IsTheOfficersAlone) {
  const services::Actor auditor{"auditor", services::Role::auditor, {}};
  EXPECT_EQ(code_thrown([&] { setup.load_version(auditor, exam, SetupPart::notice, 0); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.save_edit(auditor, exam, {}, by(auditor)); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.announce(auditor, exam, 0, by(auditor)); }), "role_not_allowed");
  EXPECT_EQ(code_thrown([&] { setup.declare_relative(auditor, exam, "x", true, by(auditor)); }), "role_not_allowed");
}

TEST(ExamThread, HasOneStageThatIsNow) {
  services::ThreadFacts facts;
  facts.exam_on = *parse_date("2021-06-05");
  facts.time_zone = "Asia/Seoul";
  const auto now_at = [&](const char* moment) {
    std::vector<services::Stage> now;
    for (const auto& stage : services::list_stages(facts, at(moment))) {
      if (stage.progression == services::Progression::now) now.push_back(stage.stage);
    }
    EXPECT_EQ(now.size(), 1U);
    return now.empty() ? services::Stage::destroyed : now.front();
  };
  auto notice = std::make_shared<services::StoredRecruitment>();
  notice->notice = sample_notice();
  facts.notice = notice;
  EXPECT_EQ(now_at("2021-02-01T00:00:00Z"), services::Stage::announced);
  notice->state = services::RecruitmentState::published;
  EXPECT_EQ(now_at("2021-02-01T00:00:00Z"), services::Stage::open);
  EXPECT_EQ(now_at("2021-03-04T00:00:00Z"), services::Stage::closed);
  notice->state = services::RecruitmentState::closed;
  EXPECT_EQ(now_at("2021-03-09T00:00:00Z"), services::Stage::frozen);
  facts.populations = 1;
  EXPECT_EQ(now_at("2021-03-12T00:00:00Z"), services::Stage::venues_confirmed);
  facts.proposed = true;
  EXPECT_EQ(now_at("2021-03-12T00:00:00Z"), services::Stage::confirmed);
  facts.live = true;
  EXPECT_EQ(now_at("2021-03-12T00:00:00Z"), services::Stage::day);
  EXPECT_EQ(now_at("2021-06-06T00:00:00Z"), services::Stage::marks);
  facts.notice = nullptr;  // an imported exam has none
  facts.result_packages = 1;
  EXPECT_EQ(now_at("2021-06-10T00:00:00Z"), services::Stage::decided);
  facts.destroyed = true;
  for (const auto& stage : services::list_stages(facts, at("2025-01-01T00:00:00Z")))
    EXPECT_EQ(stage.progression, services::Progression::done);
}

}  // namespace
}  // namespace hanjari::tests
