// Templates of papers as officers save them: in versions, whole or not at all, and used by what is printed afterwards.
#include "hanjari/papers/paper_templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/documents/papers.h"
#include "stage/code_thrown.h"
#include "stage/memory/paper_templates.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const Actor template_officer{"kim", Role::exam_officer, {}};
const Change saying_why{"kim", "another title", Instant(std::chrono::seconds(1'600'000'000))};

std::string replace_in(std::string text, const std::string& before, const std::string& after) {
  const auto at = text.find(before);
  EXPECT_NE(at, std::string::npos) << before;
  if (at != std::string::npos) text.replace(at, before.size(), after);
  return text;
}

struct SavedTemplates : public ::testing::Test {
  std::string roster() { return templates.content("roster.json", 0); }
  // The same template with a blank more, which reads alike.
  std::string changed() { return roster() + " "; }

  std::int64_t save(const std::string& file, const std::string& content, std::int64_t base) {
    const TemplateOutcome outcome = templates.save(template_officer, {file, content, base}, saying_why);
    EXPECT_TRUE(outcome.saved);
    return outcome.version;
  }

  hanjari::tests::MemoryPaperTemplates versions;
  PaperTemplates templates{versions, {}};
};

TEST_F(SavedTemplates, StandInVersionsOfWhichEachCanBeReadAgain) {
  const std::string first = roster();
  const std::string second = changed();
  EXPECT_EQ(templates.newest(), 0);
  const std::string digest = templates.load()->digest();
  EXPECT_EQ(save("roster.json", second, 0), 1);
  EXPECT_EQ(templates.content("roster.json", 0), second);
  EXPECT_NE(templates.load()->digest(), digest) << "what is printed follows what was saved";
  EXPECT_EQ(save("roster.json", first, 1), 2);
  EXPECT_EQ(templates.content("roster.json", 1), second);
  EXPECT_EQ(templates.content("roster.json", 2), first);
  EXPECT_EQ(templates.load()->digest(), digest);
  EXPECT_EQ(save("roster.json", first, 2), 2) << "nothing changes, nothing is saved";
  EXPECT_EQ(code_thrown([&] { templates.content("roster.json", 9); }), "no_such_version");
}

// Red when every slip parses all templates anew, or when what was read once outlives a saving.
TEST_F(SavedTemplates, AreReadAnewOnlyWhereAnotherVersionWasSaved) {
  const auto first = templates.load();
  EXPECT_EQ(templates.load(), first);
  ASSERT_EQ(save("slip.json", templates.content("slip.json", 0) + " ", 0), 1);
  const auto second = templates.load();
  EXPECT_NE(second, first);
  EXPECT_EQ(templates.load(), second);
  EXPECT_NE(second->digest(), first->digest());
  // Another program of the installation has saved one.
  PaperTemplates other{versions, {}};
  ASSERT_TRUE(other.save(template_officer, {"slip.json", templates.content("slip.json", 0) + " ", 1}, saying_why).saved);
  EXPECT_NE(templates.load(), second);
}

// To be red while the form that was opened first overwrote what was saved meanwhile, or was refused for another file's sake.
TEST_F(SavedTemplates, OfTwoOfficersBothAreSavedWhereTheyChangedDifferentPlaces) {
  const std::string as_it_was = roster();
  EXPECT_EQ(save("roster.json", replace_in(as_it_was, "응시자 명부", "시험 응시자 목록"), 0), 1);
  EXPECT_EQ(save("slip.json", templates.content("slip.json", 0) + " ", 0), 2) << "another text";
  const TemplateOutcome both = templates.save(
      template_officer, {"roster.json", replace_in(as_it_was, "\"en\": \"Signature\"", "\"en\": \"Signed\""), 0}, saying_why);
  ASSERT_TRUE(both.saved);
  EXPECT_EQ(both.version, 3);
  EXPECT_EQ(both.other_author, "kim");
  ASSERT_EQ(both.theirs.size(), 1U);
  EXPECT_EQ(both.theirs[0].path, "title/ko");
  EXPECT_THAT(roster(), HasSubstr("시험 응시자 목록"));
  EXPECT_THAT(roster(), HasSubstr("Signed"));
  EXPECT_LT(roster().find("\"title\""), roster().find("\"columns\"")) << "keys stand as the officer wrote them";
  EXPECT_EQ(versions.versions.back().files.size(), 2U);
}

TEST_F(SavedTemplates, OfTwoOfficersNobodyOverwritesTheOther) {
  const std::string as_it_was = roster();
  save("roster.json", replace_in(as_it_was, "응시자 명부", "시험 응시자 목록"), 0);
  TemplateEdit mine{"roster.json", replace_in(as_it_was, "응시자 명부", "수험생 명부"), 0};
  const TemplateOutcome asked = templates.save(template_officer, mine, saying_why);
  EXPECT_FALSE(asked.saved);
  ASSERT_EQ(asked.conflicts.size(), 1U);
  EXPECT_EQ(asked.conflicts[0].path, "title/ko");
  EXPECT_EQ(asked.conflicts[0].theirs, "\"시험 응시자 목록\"");
  EXPECT_EQ(versions.versions.size(), 1U);
  // An answer to an older version decides nothing.
  mine.choices["title/ko"] = Side::mine;
  EXPECT_FALSE(templates.save(template_officer, mine, saying_why).saved);
  mine.answered_version = asked.version;
  EXPECT_EQ(templates.save(template_officer, mine, saying_why).version, 2);
  EXPECT_THAT(roster(), HasSubstr("수험생 명부"));
  mine.choices["title/ko"] = Side::theirs;
  mine.answered_version = 2;
  mine.content = replace_in(as_it_was, "응시자 명부", "명부");
  EXPECT_TRUE(templates.save(template_officer, mine, saying_why).saved);
  EXPECT_EQ(versions.versions.size(), 2U) << "theirs is there already";
}

// Red with 500: a template may hold comments, and what compared two of them knew none.
TEST_F(SavedTemplates, OfTwoOfficersAreComparedWithCommentsInThem) {
  const std::string as_it_was = roster();
  const std::string noted = "// as the city asked\n" + replace_in(as_it_was, "응시자 명부", "시험 응시자 목록");
  EXPECT_EQ(save("roster.json", noted, 0), 1);
  const TemplateOutcome both = templates.save(
      template_officer, {"roster.json", "/* mine */ " + replace_in(as_it_was, "\"en\": \"Signature\"", "\"en\": \"Signed\""), 0}, saying_why);
  EXPECT_TRUE(both.saved);
  EXPECT_THAT(roster(), HasSubstr("시험 응시자 목록"));
  EXPECT_THAT(roster(), HasSubstr("Signed"));
  const TemplateOutcome same = templates.save(template_officer, {"roster.json", as_it_was, 0}, saying_why);
  EXPECT_TRUE(same.conflicts.empty()) << "who changed nothing takes what others made of it";
}

// Officers who save at once, each an own column's title from the program's own version: nothing is lost.
TEST_F(SavedTemplates, OfManyOfficersNothingIsLost) {
  const std::string as_it_was = roster();
  const std::vector<std::string> titles{"Room", "Seat", "Number", "Name", "Sex", "Absent"};
  for (const std::string& title : titles)
    save("roster.json", replace_in(as_it_was, "\"en\": \"" + title + "\"", "\"en\": \"" + title + " of theirs\""), 0);
  for (const std::string& title : titles) EXPECT_THAT(roster(), HasSubstr(title + " of theirs"));
  EXPECT_EQ(templates.newest(), static_cast<std::int64_t>(titles.size()));
}

TEST_F(SavedTemplates, ThatDoNotFitAreRefusedWithTheirPlace) {
  try {
    save("roster.json", "{\"title\": 7, \"no_such_key\": 1}", 0);
    FAIL();
  } catch (const InvalidInput& refusal) {
    ASSERT_FALSE(refusal.faults().kept().empty());
    for (const Fault& fault : refusal.faults().kept()) EXPECT_EQ(fault.file, "roster.json");
  }
  EXPECT_THROW(save("roster.json", "{", 0), InvalidInput);
  EXPECT_EQ(code_thrown([&] { save("roster.json", changed(), -1); }), "bad_request");
  EXPECT_EQ(code_thrown([&] { save("menu.json", "{}", 0); }), "no_such_template");
  EXPECT_EQ(code_thrown([&] { templates.save(template_officer, {"roster.json", changed()}, {"kim", "", saying_why.at}); }),
            "reason_missing");
  EXPECT_EQ(code_thrown([&] {
              templates.save({"lee", Role::auditor, {}}, {"roster.json", changed()}, saying_why);
            }),
            "role_not_allowed");
  EXPECT_TRUE(versions.versions.empty());
}

TEST_F(SavedTemplates, ComeInPlaceOfTheFilesOfTheInstallation) {
  const std::string own = roster() + "\n";
  PaperTemplates with_folder(versions, {{"roster.json", own}});
  EXPECT_EQ(with_folder.content("roster.json", 0), own);
  with_folder.save(template_officer, {"slip.json", with_folder.content("slip.json", 0) + " "}, saying_why);
  EXPECT_EQ(with_folder.content("roster.json", 0), own) << "saving one file changes no other";
  EXPECT_EQ(versions.versions.back().files.size(), 1U);
}

TEST_F(SavedTemplates, AreShownOnInventedPeople) {
  for (const std::string& file : PaperTemplates::list_files()) {
    const auto tried = templates.try_out(file, templates.content(file, 0));
    const TemplatePreview shown = draw_template_preview(file, tried, Language::korean, saying_why.at);
    // The list of seats is for spreadsheets alone.
    EXPECT_EQ(shown.format == documents::PaperFormat::pdf, file != "seat_list.json") << file;
    EXPECT_THAT(shown.bytes, StartsWith(shown.format == documents::PaperFormat::pdf ? "%PDF" : "PK")) << file;
  }
  const auto wider = templates.try_out("roster.json", replace_in(roster(), "응시자 명부", "시험 응시자 목록"));
  EXPECT_NE(draw_template_preview("roster.json", wider, Language::korean, saying_why.at).bytes,
            draw_template_preview("roster.json", *templates.load(), Language::korean, saying_why.at).bytes);
  EXPECT_TRUE(versions.versions.empty()) << "a preview stores nothing";
}

TEST(TemplateFiles, AreReadBackAsTheyWereWritten) {
  const documents::Templates::Files files{{"a.json", "{\"x\": \"가\"}\n"}, {"b.json", ""}};
  EXPECT_EQ(parse_template_files(write_template_files(files)), files);
  EXPECT_TRUE(parse_template_files("not that").empty());
}

}  // namespace
}  // namespace hanjari::services
