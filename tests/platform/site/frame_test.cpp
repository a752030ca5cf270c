// What surrounds every page: whose portal it is, the way in, and the institution's own pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "intake/pages/texts/plain_markup.h"
#include "site/pages/asset_pack.h"
#include "stage/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SiteSettings settings_of_institution() {
  SiteSettings settings;
  settings.institution.name = {"Hanbit City", "한빛시"};
  settings.institution.department = {"Examination Team", "고시팀"};
  settings.institution.telephone = "02-000-0000";
  settings.institution.emblem = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
  settings.institution.emblem_type = "image/svg+xml";
  settings.institution.emblem_name = "emblem.0123456789ab.svg";
  settings.institution.official = true;
  return settings;
}

// Red before the configuration's words stood on any page.
TEST(PageFrame, NamesTheInstitutionAboveAndBelowEveryPage) {
  Office office;
  Running running(office, settings_of_institution());
  Browser browser(running, Listener::portal);
  for (const char* address : {"/ko", "/ko/sign-in", "/ko/nothing"}) {
    const std::string page(browser.get(address).content());
    for (const char* words : {"공식 전자정부 누리집", "brand-institution\">한빛시", "고시팀", "tel:02-000-0000", "© 한빛시",
                              "/assets/emblem.0123456789ab.svg", "/ko/about/privacy", "href=\"/ko/my\"", ">로그인"})
      EXPECT_THAT(page, HasSubstr(words)) << address;
  }
  EXPECT_THAT(std::string(browser.get("/en").content()), HasSubstr("Hanbit City"));
  const Response emblem = browser.get("/assets/emblem.0123456789ab.svg");
  EXPECT_EQ(emblem.status, 200);
  EXPECT_EQ(emblem.type, "image/svg+xml");
}

// Red while the font was asked for only once its style sheet had been read, and came after the page was shown. Without
// crossorigin a browser fetches the file a second time.
TEST(PageFrame, AsksForTheFirstPiecesOfTheFontTogetherWithTheStyle) {
  Office office;
  Running running(office);
  Browser browser(running, Listener::portal);
  const AssetPack assets(AssetPack::bound_in());
  const auto asked = [&](const char* source) {
    return "<link rel=\"preload\" href=\"" + assets.address_of(source) + "\" as=\"font\" type=\"font/woff2\" crossorigin>";
  };
  for (const char* address : {"/ko", "/ko/sign-in"}) {
    const std::string page(browser.get(address).content());
    EXPECT_THAT(page, HasSubstr(asked("latin.woff2"))) << address;
    EXPECT_THAT(page, HasSubstr(asked("syllables.woff2"))) << address;
  }
  const std::string english(browser.get("/en").content());
  EXPECT_THAT(english, HasSubstr(asked("latin.woff2")));
  EXPECT_THAT(english, Not(HasSubstr("syllables."))) << "no English page needs it";
  const Response piece = browser.get(assets.address_of("latin.woff2"));
  EXPECT_EQ(piece.status, 200);
  EXPECT_EQ(piece.type, "font/woff2");
  EXPECT_THAT(piece.header("Content-Security-Policy"), HasSubstr("font-src 'self'"));
}

// A page keeps the letters that it was first shown with, and those of the device have the room of ours.
TEST(PageFrame, HasAFontThatMovesNothingWhenItComesLate) {
  const AssetPack assets(AssetPack::bound_in());
  const std::string& address = assets.address_of("fonts.css");
  const std::string faces(assets.find("asset" + address.substr(address.rfind('/')))->plain);
  EXPECT_THAT(faces, HasSubstr("font-display: optional"));
  EXPECT_THAT(faces, Not(HasSubstr("font-display: swap")));
  EXPECT_THAT(faces, HasSubstr("local('NotoSansCJKkr-Regular')"));
  EXPECT_THAT(faces, HasSubstr("size-adjust:93.94%"));
  EXPECT_THAT(faces, HasSubstr("url(latin."));
}

TEST(PageFrame, NamesNobodyAndClaimsNothingWithoutAConfiguration) {
  Office office;
  Running running(office);
  Browser browser(running, Listener::portal);
  const std::string page(browser.get("/ko").content());
  EXPECT_THAT(page, Not(HasSubstr("공식 전자정부 누리집")));
  EXPECT_THAT(page, Not(HasSubstr("©")));
  EXPECT_EQ(browser.get("/assets/emblem.0123456789ab.svg").status, 404);
}

class PortalPages : public ::testing::Test {
 protected:
  PortalPages() { officer.set_cookie("hanjari_session", office.sign_in("officer", services::Role::exam_officer, "")); }
  Response publish(const std::string& page, const std::string& ko, const std::string& en, const std::string& before) {
    const std::string address = "/ko/about/" + page;
    return officer.post(address, address, {{"ko", ko}, {"en", en}, {"before", before}});
  }

  Office office;
  Running running{office};
  Browser officer{running, Listener::office};
  Browser reader{running, Listener::portal};
};

TEST_F(PortalPages, ShowWhatAnOfficerWroteInBothLanguagesAndKeepEveryVersion) {
  EXPECT_THAT(std::string(reader.get("/ko/about/privacy?x=1").content()), HasSubstr("아직 게시된 내용이 없습니다"));
  EXPECT_EQ(publish("privacy", "# 수집\n- 성명", "# Collected\n- name", "0").status, 303);
  EXPECT_EQ(publish("privacy", "# 둘째 판", "# Second", "1").status, 303);
  EXPECT_THAT(std::string(reader.get("/ko/about/privacy?x=1").content()), HasSubstr("<h2>둘째 판</h2>"));
  EXPECT_THAT(std::string(reader.get("/en/about/privacy?x=1").content()), HasSubstr("<h2>Second</h2>"));
  EXPECT_THAT(std::string(reader.get("/ko/about/privacy?version=1").content()), HasSubstr("<li>성명</li>"));
  EXPECT_EQ(reader.get("/ko/about/privacy?version=3").status, 404);
  EXPECT_THAT(std::string(officer.get("/ko/about").content()), HasSubstr("제2판"));
}

// Red while a text was refused for want of English words.
TEST_F(PortalPages, ShowKoreanWordsMarkedAsSuchWhereNobodyWroteEnglishOnes) {
  EXPECT_EQ(publish("terms", "# 약관\n제1조 PASS 안내", " ", "0").status, 303);
  EXPECT_THAT(std::string(reader.get("/ko/about/terms?x=1").content()), HasSubstr("<h2>약관</h2>"));
  EXPECT_THAT(std::string(reader.get("/ko/about/terms?x=1").content()), Not(HasSubstr("<div lang=\"ko\">")));
  EXPECT_THAT(std::string(reader.get("/en/about/terms?x=1").content()), HasSubstr("<div lang=\"ko\"><h2>약관</h2>"));
  const std::string form(officer.get("/en/about/terms").content());
  EXPECT_EQ(form.find("제1조"), form.rfind("제1조", form.find("shown-title"))) << "once in the form: the English field is empty";
  EXPECT_EQ(publish("terms", "# 둘째 약관", "", "1").status, 303);
  EXPECT_THAT(std::string(reader.get("/en/about/terms?x=2").content()), HasSubstr("둘째 약관"));
}

TEST_F(PortalPages, RefuseEnglishAloneAndAVersionThatSomebodyElseHasReplaced) {
  const Response half = publish("terms", "", "Terms", "0");
  EXPECT_EQ(half.status, 422);
  EXPECT_THAT(half.body, HasSubstr("href=\"#ko\""));
  EXPECT_THAT(half.body, HasSubstr("Terms")) << "what was typed is kept";
  EXPECT_EQ(publish("terms", "약관", "Terms", "0").status, 303);
  // Red while the second officer's words were gone with the refusal.
  const Response late = publish("terms", "다른 약관", "Other terms", "0");
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("다른 약관")) << "what was typed";
  EXPECT_THAT(late.body, HasSubstr("<p>약관</p>")) << "what stands there now";
  EXPECT_THAT(late.body, HasSubstr("name=\"before\" value=\"1\""));
}

TEST_F(PortalPages, AnswerQuestionsBeforeAnybodyWroteThem) {
  EXPECT_THAT(std::string(reader.get("/ko/about/help").content()), HasSubstr("<summary>언제 접수가 완료됩니까?</summary>"));
  EXPECT_THAT(std::string(reader.get("/en/about/accessibility").content()), HasSubstr("keyboard alone"));
}

// Red with a renderer that puts lines out as they are.
TEST(PlainMarkup, DrawsNothingOfWhatWasTypedAsMarkup) {
  for (const std::string line : {"<script>alert(1)</script>", "# <b>x</b>", "- <img src=x onerror=y>", "? <a href=\"z\">q</a>",
                                 "[x](javascript:alert(1))", "</details></article>"}) {
    const std::string html = draw_plain_markup(line);
    for (const char* tag : {"<script", "<b>", "<img", "<a ", "</article"}) EXPECT_THAT(html, Not(HasSubstr(tag))) << line;
  }
}

TEST(PlainMarkup, ClosesEveryElementThatItOpens) {
  const auto count = [](const std::string& text, const std::string& what) {
    int found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  const std::vector<std::string> lines{"# a", "## b", "- c", "? d", "e", ""};
  // Every text of four of these lines.
  for (std::size_t number = 0; number < 6 * 6 * 6 * 6; ++number) {
    std::string text;
    for (std::size_t rest = number, line = 0; line < 4; ++line, rest /= 6) text += lines[rest % 6] + "\n";
    const std::string html = draw_plain_markup(text);
    for (const char* element : {"h2", "h3", "ul", "li", "p", "details", "summary"}) {
      const int opened = count(html, std::string("<") + element + ">") + count(html, std::string("<") + element + " ");
      EXPECT_EQ(opened, count(html, std::string("</") + element + ">")) << text << html;
    }
  }
}

}  // namespace
}  // namespace hanjari::web::testing
