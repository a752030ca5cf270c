// Certificates of result as they are printed.
#include <string>

#include <gtest/gtest.h>

#include "documents/printed_text.h"
#include "hanjari/documents/certificate_paper.h"

namespace hanjari::documents {
namespace {

CertificateWords certificate_words() {
  CertificateWords words;
  words.title = "시험 결과 확인서";
  words.exam = "2021년 시험";
  words.verdict = "필기시험에 합격하지 못하셨습니다.";
  words.rows = {{"응시번호", "01000004"}, {"총점", "86.00"}};
  words.how_to_check = "누구나 확인할 수 있습니다.";
  words.signed_text = "hanjari-certificate/1\napplicant_number: 01000004\n\n\xE2\x80\x94 hanjari/x AAAA\n";
  return words;
}

// Red when a row or a line of the signed text is left out.
TEST(CertificatePaper, SaysEveryWordOnOnePage) {
  const Paper paper = render_certificate_pdf(certificate_words());
  EXPECT_EQ(paper.pages, 1);
  EXPECT_TRUE(paper.missing.empty());
  const std::string text = printed_text(paper);
  for (const char* words : {"시험 결과 확인서", "2021년 시험", "합격하지 못하셨습니다.", "응시번호", "86.00",
                            "hanjari-certificate/1", "applicant_number: 01000004", "hanjari/x AAAA"})
    EXPECT_EQ(count_of(text, words), 1U) << words;
}

TEST(CertificatePaper, TheSameWordsGiveTheSameBytes) {
  EXPECT_EQ(render_certificate_pdf(certificate_words()).bytes, render_certificate_pdf(certificate_words()).bytes);
}

// Red when a signed text that no phone reads from paper ends the drawing with an error.
TEST(CertificatePaper, ALongTextHasNoCode) {
  CertificateWords words = certificate_words();
  words.signed_text = "exam_name_en: " + std::string(4000, 'x') + "\n";
  EXPECT_EQ(render_certificate_pdf(words).pages, 1);
}

}  // namespace
}  // namespace hanjari::documents
