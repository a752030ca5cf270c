// Certificates of result: every byte counts, however somebody sends them.
#include <string>

#include <gtest/gtest.h>

#include "hanjari/proof/certificate.h"
#include "proof/signing.h"

namespace hanjari::proof {
namespace {

Certificate certificate_of_somebody() {
  Certificate one;
  one.exam = "seoul-2021-1";
  one.exam_name = {"Exam 2021", "2021년 시험"};
  one.version = 2;
  one.released_at = "2021-07-01T01:00:00Z";
  one.applicant_number = "01000017";
  one.unit_code = "01";
  one.unit_name = {"Administration", "행정"};
  one.outcome = "passed";
  one.total = "92.00";
  one.rank = 3;
  one.root = std::string(64, 'a');
  return one;
}

TEST(Certificate, ReadsBackWhatItWrote) {
  Certificate one = certificate_of_somebody();
  EXPECT_EQ(parse_certificate(render_certificate(one)), one);
  one.outcome = "absent";
  one.total.reset();
  one.rank.reset();
  EXPECT_EQ(parse_certificate(render_certificate(one)), one) << "who was absent has a certificate like everybody";
}

// Red when the signature is asked under any name, or when the text is read leniently.
TEST(Certificate, NoByteOfItCanBeChanged) {
  const TestKey key('k');
  const std::string note = sign_certificate(certificate_of_somebody(), key.public_key, key.sign);
  ASSERT_TRUE(judge_certificate(note, key.public_key));
  EXPECT_TRUE(judge_certificate(note, key.public_key)->is_genuine);
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto judged = judge_certificate(changed, key.public_key);
    EXPECT_FALSE(judged && judged->is_genuine) << "byte " << i;
  }
  EXPECT_FALSE(judge_certificate(note, TestKey('l').public_key)->is_genuine) << "another office's key";
}

// Red when a certificate is judged under whatever name its signature has.
TEST(Certificate, WhatWasSignedForAnotherReleaseIsNotGenuine) {
  const TestKey key('k');
  Certificate other = certificate_of_somebody();
  other.version = 1;
  const std::string note =
      sign_note(render_certificate(certificate_of_somebody()), certificate_key_name(other), key.public_key, key.sign);
  ASSERT_TRUE(judge_certificate(note, key.public_key));
  EXPECT_FALSE(judge_certificate(note, key.public_key)->is_genuine);
  const std::string no_certificate = sign_note("hello\n", "hanjari/x", key.public_key, key.sign);
  EXPECT_FALSE(judge_certificate(no_certificate, key.public_key));
}

TEST(Certificate, ANameWithLineEndsAddsNoField) {
  Certificate one = certificate_of_somebody();
  one.unit_name.en = "Administration\noutcome: passed";
  const auto read = parse_certificate(render_certificate(one));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->unit_name.en, "Administration outcome: passed");
}

TEST(Certificate, IsFoundInWhatPeopleSend) {
  const TestKey key('k');
  const std::string note = sign_certificate(certificate_of_somebody(), key.public_key, key.sign);
  std::string pasted = "\xEF\xBB\xBF\r\n ";
  for (const char c : note) pasted += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(find_note(pasted + "\r\n\r\n"), note);
  const std::string pdf = "%PDF-1.5\nbody\nstartxref\n9\n%%EOF\n";
  const std::string carrying = attach_note(pdf, note);
  EXPECT_TRUE(carrying.starts_with(pdf.substr(0, pdf.size() - 1)));
  EXPECT_TRUE(carrying.ends_with("\nstartxref\n9\n%%EOF\n"));
  EXPECT_EQ(find_note(carrying), note);
  EXPECT_FALSE(find_note(pdf)) << "a PDF without a note";
  EXPECT_FALSE(find_note(attach_note(carrying, note))) << "a PDF with two notes says two things";
  EXPECT_FALSE(find_note(" \n"));
}

}  // namespace
}  // namespace hanjari::proof
