// Under which names files of strangers are shown and given to others.
#include "http/sent_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hanjari::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Red while the name came back as it was sent: whoever opens a file goes by its ending.
TEST(SentFileNames, EndAsWhatTheFilesAre) {
  EXPECT_EQ(shown_name("proof.hta", "application/pdf"), "proof.hta.pdf");
  EXPECT_EQ(shown_name("proof.pdf", "application/pdf"), "proof.pdf");
  EXPECT_EQ(shown_name("PROOF.PDF", "application/pdf"), "PROOF.PDF");
  EXPECT_EQ(shown_name("scan.jpeg", "image/jpeg"), "scan.jpeg");
  EXPECT_EQ(shown_name("scan", "image/jpeg"), "scan.jpg");
  EXPECT_EQ(shown_name("scan.pdf", "image/png"), "scan.pdf.png");
  EXPECT_EQ(shown_name("proof.pdf.", "application/pdf"), "proof.pdf.pdf") << "a system that drops the point sees .pdf as well";
  EXPECT_EQ(shown_name("소견서.pdf", "application/pdf"), "소견서.pdf");
}

TEST(SentFileNames, AreCleanAsAllTypedText) {
  EXPECT_EQ(shown_name("my\xE2\x80\xAE" "fdp.exe", "application/pdf"), "myfdp.exe.pdf");
  for (const char* nothing : {"", "\xE2\x80\x8B", " ", "...", "/", "folder\\", ".pdf"})
    EXPECT_EQ(shown_name(nothing, "application/pdf"), "document.pdf") << nothing;
  EXPECT_EQ(shown_name("../../a  b\n.pdf", "application/pdf"), "a b.pdf");
  EXPECT_EQ(shown_name("C:\\scans\\.hidden.pdf", "application/pdf"), "hidden.pdf");
}

TEST(SentFileNames, KeepTheirEndingHoweverLongTheyAre) {
  std::string longest;
  for (int letter = 0; letter < 80; ++letter) longest += "가";
  const std::string name = shown_name(longest + ".pdf", "application/pdf");
  EXPECT_LE(name.size(), 100U);
  EXPECT_TRUE(name.ends_with("가.pdf")) << name;
  EXPECT_LE(shown_name(longest + ".exe", "application/pdf").size(), 100U);
}

// What an earlier version kept is named anew as well.
TEST(SentFileNames, AreGivenBackAsPlainFileNames) {
  Response response;
  send_as_file(response, "application/pdf", "evil.hta:x<b>.js");
  EXPECT_EQ(response.type, "application/pdf");
  const std::string field(response.header("Content-Disposition"));
  EXPECT_THAT(field, HasSubstr("attachment; filename=\"document.pdf\""));
  EXPECT_THAT(field, HasSubstr("filename*=UTF-8''evil.hta_x_b_.js.pdf"));
  EXPECT_THAT(field, Not(HasSubstr("%3C")));
}

}  // namespace
}  // namespace hanjari::web
