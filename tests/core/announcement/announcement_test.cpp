// What is rendered, and what is refused instead of being shown.
#include "hanjari/announcement/announcement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"

namespace hanjari::announcement {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Edition an_edition() {
  Edition edition;
  edition.exam_name = {"Exam 2026", "2026 시험"};
  edition.released_at = {"2026-09-29 10:00", "2026년 9월 29일 10:00"};
  edition.words = {{"Register", "등록하십시오"}, {"See the next notice", "다음 공고 참조"}, {"Write to us", "문의처"}};
  return edition;
}

Person a_person() {
  Person person;
  person.number = "10001";
  person.unit_code = "A";
  person.unit_name = {"Administration", "행정"};
  person.outcome = "passed";
  person.reasons = {"above_cut"};
  person.total = "92.00";
  person.rank = 1;
  person.cut = "85.50";
  person.scores = {{"<subject>", "92.00"}};
  return person;
}

std::string refusal(const Templates& templates, const Edition& edition, const Person& person) {
  try {
    render_page(templates, edition, person, Language::korean);
  } catch (const InvalidInput& refused) {
    EXPECT_THAT(refused.message().en, HasSubstr("10001")) << "the person is not named";
    return refused.code();
  }
  return "shown";
}

TEST(Announcement, EscapesWhatItFillsIn) {
  const std::string page = render_page(own_templates(), an_edition(), a_person(), Language::english);
  EXPECT_THAT(page, HasSubstr("&lt;subject&gt;"));
  EXPECT_THAT(page, HasSubstr("You passed the written exam."));
  EXPECT_THAT(page, Not(HasSubstr("Correction")));
}

// Red when an outcome without a sentence falls back to one: the error of 2021, when everybody read "passed".
TEST(Announcement, RefusesAnUnknownOutcomeInsteadOfShowingAnother) {
  for (const char* outcome : {"", "Passed", "pass", "passed ", "call_up", "unknown"}) {
    Person person = a_person();
    person.outcome = outcome;
    EXPECT_EQ(refusal(own_templates(), an_edition(), person), "unknown_outcome") << outcome;
  }
  Person person = a_person();
  person.reasons = {"because"};
  EXPECT_EQ(refusal(own_templates(), an_edition(), person), "unknown_reason");
}

TEST(Announcement, RefusesMissingTextsAndBrokenTemplates) {
  Edition edition = an_edition();
  edition.words.next_passed.ko = "";
  EXPECT_EQ(refusal(own_templates(), edition, a_person()), "missing_text");
  edition = an_edition();
  edition.version = 2;
  EXPECT_EQ(refusal(own_templates(), edition, a_person()), "missing_text") << "a correction says what was corrected";
  Person person = a_person();
  person.unit_name.ko = "";
  EXPECT_EQ(refusal(own_templates(), an_edition(), person), "missing_text");
  for (const char* page : {"{{verdict", "{{verdikt}}", "{{#total}}{{total}}", "{{> other}}"}) {
    Templates templates = own_templates();
    templates.page.ko = page;
    EXPECT_EQ(refusal(templates, an_edition(), a_person()), "broken_template") << page;
  }
}

// Red when anything of one person stays for the next, or when a page of many is another one than a page alone.
TEST(Announcement, WritesManyPagesAsItWritesOne) {
  Edition corrected = an_edition();
  corrected.version = 2;
  corrected.reason = {"A mark was wrong.", "점수가 틀렸습니다."};
  Person absent = a_person();
  absent.number = "10002";
  absent.outcome = "absent";
  absent.reasons = {"absent"};
  absent.total.reset();
  absent.rank.reset();
  absent.scores.clear();
  Person failed = a_person();
  failed.number = "10003";
  failed.outcome = "not_passed";
  failed.reasons = {"below_cut", "veteran_cap"};
  failed.cut.reset();
  for (const Edition& edition : {an_edition(), corrected}) {
    PageWriter pages(own_templates(), edition);
    for (const Person& person : {a_person(), absent, failed, a_person(), absent}) {
      for (const Language language : {Language::english, Language::korean})
        EXPECT_EQ(pages.write(person, language), render_page(own_templates(), edition, person, language)) << person.number;
    }
    EXPECT_THAT(pages.write(absent, Language::english), Not(HasSubstr("92.00")));
  }
}

TEST(Announcement, TheDigestOfTemplatesNoticesEveryText) {
  const std::string before = digest_templates(own_templates());
  EXPECT_EQ(before, digest_templates(own_templates()));
  for (Text Templates::*one : {&Templates::page, &Templates::list, &Templates::notice, &Templates::message}) {
    Templates changed = own_templates();
    (changed.*one).en += " ";
    EXPECT_NE(digest_templates(changed), before);
    changed = own_templates();
    (changed.*one).ko += " ";
    EXPECT_NE(digest_templates(changed), before);
  }
}

TEST(Announcement, TheMessageTellsNoResult) {
  const std::string message = render_message(own_templates(), an_edition(), Language::english);
  EXPECT_THAT(message, HasSubstr("Exam 2026"));
  EXPECT_THAT(message, Not(HasSubstr("passed")));
}

}  // namespace
}  // namespace hanjari::announcement
