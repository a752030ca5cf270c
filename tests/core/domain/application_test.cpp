#include "hanjari/domain/application.h"

#include <gmock/gmock.h>

#include "stage/sample_notice.h"

namespace hanjari::tests {
namespace {

std::vector<std::string> codes(const std::vector<FieldFault>& faults) {
  std::vector<std::string> list;
  for (const FieldFault& fault : faults) list.push_back(fault.field + " " + fault.code);
  return list;
}

TEST(JudgeForm, FindsNothingInAWholeForm) {
  EXPECT_THAT(codes(judge_form(sample_notice(), sample_form())), testing::IsEmpty());
}

// What the portal takes is what a package may hold: nobody can correct it after closing.
TEST(JudgeForm, RefusesWhatNoLaterStepTakes) {
  const auto judged = [](auto change) {
    ApplicationForm form = sample_form();
    change(form);
    return codes(judge_form(sample_notice(), form));
  };
  using testing::ElementsAre;
  EXPECT_THAT(judged([](ApplicationForm& form) { form.birth_on = *parse_date("2095-03-14"); }),
              testing::Contains("birth_on impossible_birth"));
  EXPECT_THAT(judged([](ApplicationForm& form) { form.birth_on = *parse_date("1895-03-14"); }),
              testing::Contains("birth_on impossible_birth"));
  std::string name;
  for (int syllable = 0; syllable < 100; ++syllable) name += "가";
  EXPECT_THAT(judged([&](ApplicationForm& form) { form.name = name; }), testing::IsEmpty()) << "300 bytes";
  EXPECT_THAT(judged([&](ApplicationForm& form) { form.name = name + "가"; }), ElementsAre("name unusable_text"));
  EXPECT_THAT(judged([](ApplicationForm& form) { form.name = "김\ufffd하늘"; }), ElementsAre("name unusable_text"));
  EXPECT_THAT(judged([](ApplicationForm& form) { form.name = "ê¹€í•˜ëŠ˜"; }), ElementsAre("name unusable_text"))
      << "opened in a wrong encoding; it was taken for a name";
  EXPECT_THAT(judged([](ApplicationForm& form) { form.name = "\u3000\u200b"; }), ElementsAre("name missing"));
  EXPECT_THAT(judged([&](ApplicationForm& form) { form.address = name + name + "가"; }),
              ElementsAre("address unusable_text"));
  EXPECT_THAT(judged([&](ApplicationForm& form) { form.waiver_proof = name; }),
              ElementsAre("waiver_proof unusable_text"));
  EXPECT_THAT(judged([](ApplicationForm& form) { form.phone = "010-123-4567"; }), ElementsAre("phone digit_missing"));
  // A telephone at which somebody is reached need not take text messages: those go to the contact that the account has confirmed.
  for (const char* number : {"(02) 123-4567", "02)123-4567", "070-1234-5678", "+81 3-1234-5678"})
    EXPECT_THAT(judged([&](ApplicationForm& form) { form.phone = number; }), testing::IsEmpty()) << number;
  EXPECT_THAT(judged([](ApplicationForm& form) { form.email = "sky@example"; }), ElementsAre("email not_an_address"));
}

// Red while a number or a picture passed for a name until the exam day.
TEST(JudgeForm, TakesNamesOfEveryScriptAndNothingWithoutALetter) {
  ApplicationForm form = sample_form();
  for (const char* name : {"김하늘", "Nguyễn Thị Ánh", "Владимир", "محمد", "दीपा", "王芳", "O'Neil-Müller", "はな"}) {
    form.name = name;
    EXPECT_THAT(codes(judge_form(sample_notice(), form)), testing::IsEmpty()) << name;
  }
  for (const char* name : {"김*수", "박서연(朴瑞娟)", "Ahmad @ Mat", "Siti A/P Raju", "J. R. Smith, Jr."}) {
    form.name = name;
    EXPECT_THAT(codes(judge_form(sample_notice(), form)), testing::IsEmpty()) << name;
  }
  // The second row: red while mark-up and formulas passed for names.
  for (const char* name : {"12345", "😀", "--", "1. 2.",
                           "<b>김</b>", "{{name}}", "=김", "김하늘#1", "김|이", "김\\이"}) {
    form.name = name;
    EXPECT_THAT(codes(judge_form(sample_notice(), form)), testing::ElementsAre("name no_name")) << name;
  }
}

TEST(JudgeForm, CountsAgeOnTheDayOfTheRule) {
  Recruitment notice = sample_notice();
  ApplicationForm form = sample_form();
  form.birth_on = *parse_date("2003-06-05");
  EXPECT_THAT(codes(judge_form(notice, form)), testing::IsEmpty());
  form.birth_on = *parse_date("2003-06-06");
  EXPECT_THAT(codes(judge_form(notice, form)), testing::ElementsAre("birth_on too_young"));
}

TEST(AgeOn, KnowsTheBirthdayOfALeapDay) {
  const Date leap = *parse_date("2000-02-29");
  EXPECT_EQ(age_on(leap, *parse_date("2021-02-28")), 20);
  EXPECT_EQ(age_on(leap, *parse_date("2021-03-01")), 21);
  EXPECT_EQ(age_on(leap, *parse_date("2020-02-29")), 20);
}

TEST(JudgeForm, HoldsTheResidenceRuleOfTheUnit) {
  Recruitment notice = sample_notice();
  Eligibility& rule = notice.units[0].eligibility;
  ApplicationForm form = sample_form();
  rule.residence = ResidenceRule::on_day_or_three_years;
  EXPECT_THAT(codes(judge_form(notice, form)), testing::ElementsAre("residence residence_rule"));
  form.residence = ResidenceClaim::three_years;
  EXPECT_THAT(codes(judge_form(notice, form)), testing::IsEmpty());
  rule.residence = ResidenceRule::on_day;
  EXPECT_THAT(codes(judge_form(notice, form)), testing::ElementsAre("residence residence_rule"));
}

TEST(JudgeForm, WantsLicencesElectivesAndProofs) {
  Recruitment notice = sample_notice();
  notice.units[0].eligibility.licences = {{"nurse", {"Nurse", "간호사"}}};
  notice.units[0].electives = {{"a", {"A", "가"}}, {"b", {"B", "나"}}};
  notice.units[0].electives_to_choose = 2;
  ApplicationForm form = sample_form();
  form.electives = {"a", "a"};
  EXPECT_THAT(codes(judge_form(notice, form)),
              testing::ElementsAre("licence licence_needed", "electives electives_to_choose"));
  form.licence = "nurse";
  form.electives = {"b", "a"};
  EXPECT_THAT(codes(judge_form(notice, form)), testing::ElementsAre("licence_number missing"));
  form = sample_form();
  form.unit = UnitCode("102");
  EXPECT_THAT(codes(judge_form(notice, form)), testing::ElementsAre("quota_proof missing"));
}

TEST(JudgeForm, LetsBonusesOfOneKindStandOnce) {
  ApplicationForm form = sample_form();
  form.bonuses = {{BonusKind::veterans_5, "1"}, {BonusKind::licence_3, "2"}};
  EXPECT_THAT(codes(judge_form(sample_notice(), form)), testing::IsEmpty());
  form.bonuses = {{BonusKind::veterans_5, "1"}, {BonusKind::heroes_5, "2"}, {BonusKind::licence_3, ""}};
  EXPECT_THAT(codes(judge_form(sample_notice(), form)),
              testing::ElementsAre("bonuses.1.kind bonus_twice", "bonuses.2.proof missing"));
}

TEST(JudgeForm, WantsAReasonAndADocumentForEveryAccommodation) {
  ApplicationForm form = sample_form();
  form.accommodations = {{"extra_time_1.2", "why", {AttachmentId("d")}}, {"extra_time_1.5", "", {}}};
  EXPECT_THAT(codes(judge_form(sample_notice(), form)),
              testing::ElementsAre("accommodations.1.item extra_time_twice", "accommodations.1.reason missing",
                                   "accommodations.1.documents missing"));
}

// Red while every notice offered everything, each against a paper.
TEST(JudgeForm, TakesTheAccommodationsThatTheNoticeOffers) {
  Recruitment notice = sample_notice();
  notice.accommodations = {{"wheelchair", {"Certificate of disability", "장애인등록증"}, true}, {"large_print", {}, false}};
  EXPECT_FALSE(notice.offers_accommodation("scribe"));
  EXPECT_TRUE(sample_notice().offers_accommodation("scribe"));
  ApplicationForm form = sample_form();
  form.accommodations = {{"large_print", "why", {}}, {"scribe", "why", {AttachmentId("d")}}, {"wheelchair", "why", {}}};
  EXPECT_THAT(codes(judge_form(notice, form)),
              testing::ElementsAre("accommodations.1.item not_offered", "accommodations.2.documents missing"));
}

TEST(FeeOf, IsWaivedForTheLowIncomeGroupAndAgainstACertificate) {
  const Recruitment notice = sample_notice();
  ApplicationForm form = sample_form();
  EXPECT_EQ(fee_of(notice.units[0], form), 5'000);
  EXPECT_EQ(fee_of(notice.units[1], form), 0);
  form.waiver_proof = "certificate";
  EXPECT_EQ(fee_of(notice.units[0], form), 0);
}

}  // namespace
}  // namespace hanjari::tests
