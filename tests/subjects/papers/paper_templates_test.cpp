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

  hanjari::tests::MemoryPaperTemplates versions;
  PaperTemplates templates{versions, {}};
};

TEST_F(SavedTemplates, StandInVersionsOfWhichEachCanBeReadAgain) {
  const std::string first = roster();
  const std::string second = changed();
  EXPECT_EQ(templates.newest(), 0);
  const std::string digest = templates.load()->digest();
  EXPECT_EQ(templates.save(template_officer, "roster.json", second, 0, saying_why), 1);
  EXPECT_EQ(templates.content("roster.json", 0), second);
  EXPECT_NE(templates.load()->digest(), digest) << "what is printed follows what was saved";
  EXPECT_EQ(templates.save(template_officer, "roster.json", first, 1, saying_why), 2);
  EXPECT_EQ(templates.content("roster.json", 1), second);
  EXPECT_EQ(templates.content("roster.json", 2), first);
  EXPECT_EQ(templates.load()->digest(), digest);
  EXPECT_EQ(templates.save(template_officer, "roster.json", first, 2, saying_why), 2) << "nothing changes, nothing is saved";
  EXPECT_EQ(code_thrown([&] { templates.content("roster.json", 9); }), "no_such_version");
}

// To be red while the form that was opened first overwrote what was saved meanwhile.
TEST_F(SavedTemplates, OfTwoOfficersNobodyOverwritesTheOther) {
  templates.save(template_officer, "roster.json", changed(), 0, saying_why);
  EXPECT_EQ(code_thrown([&] { templates.save(template_officer, "slip.json", templates.content("slip.json", 0) + " ", 0, saying_why); }),
            "templates_changed");
  EXPECT_EQ(versions.versions.size(), 1U);
}

TEST_F(SavedTemplates, ThatDoNotFitAreRefusedWithTheirPlace) {
  try {
    templates.save(template_officer, "roster.json", "{\"title\": 7, \"no_such_key\": 1}", 0, saying_why);
    FAIL();
  } catch (const InvalidInput& refusal) {
    ASSERT_FALSE(refusal.faults().kept().empty());
    for (const Fault& fault : refusal.faults().kept()) EXPECT_EQ(fault.file, "roster.json");
  }
  EXPECT_THROW(templates.save(template_officer, "roster.json", "{", 0, saying_why), InvalidInput);
  EXPECT_EQ(code_thrown([&] { templates.save(template_officer, "menu.json", "{}", 0, saying_why); }), "no_such_template");
  EXPECT_EQ(code_thrown([&] { templates.save(template_officer, "roster.json", changed(), 0, {"kim", "", saying_why.at}); }),
            "reason_missing");
  EXPECT_EQ(code_thrown([&] {
              templates.save({"lee", Role::auditor, {}}, "roster.json", changed(), 0, saying_why);
            }),
            "role_not_allowed");
  EXPECT_TRUE(versions.versions.empty());
}

TEST_F(SavedTemplates, ComeInPlaceOfTheFilesOfTheInstallation) {
  const std::string own = roster() + "\n";
  PaperTemplates with_folder(versions, {{"roster.json", own}});
  EXPECT_EQ(with_folder.content("roster.json", 0), own);
  with_folder.save(template_officer, "slip.json", with_folder.content("slip.json", 0) + " ", 0, saying_why);
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
