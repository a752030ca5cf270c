// Certificates of destruction: every byte counts.
#include "hanjari/proof/destruction.h"

#include <string>

#include <gtest/gtest.h>

#include "proof/signing.h"

namespace hanjari::proof {
namespace {

DestructionCertificate destruction_of_an_exam() {
  DestructionCertificate one;
  one.exam = "seoul-2021-1";
  one.due_at = "2026-12-31T15:00:00Z";
  one.begun_at = "2026-12-31T15:00:03Z";
  one.keys_gone_at = "2026-12-31T15:02:00Z";
  one.done_at = "2026-12-31T15:02:09Z";
  one.destroyed = "people 36109, applications paid 36109";
  return one;
}

TEST(DestructionCertificate, ReadsBackWhatItWrote) {
  const DestructionCertificate one = destruction_of_an_exam();
  EXPECT_EQ(parse_destruction(render_destruction(one)), one);
  DestructionCertificate odd = one;
  odd.exam = "시험 1+2";
  const TestKey key('k');
  ASSERT_TRUE(judge_destruction(sign_destruction(odd, key.public_key, key.sign), key.public_key));
  EXPECT_TRUE(judge_destruction(sign_destruction(odd, key.public_key, key.sign), key.public_key)->is_genuine)
      << "whatever the code of the exam";
}

// Red when the signature is asked under any name, or when the text is read leniently.
TEST(DestructionCertificate, NoByteOfItCanBeChanged) {
  const TestKey key('k');
  const std::string note = sign_destruction(destruction_of_an_exam(), key.public_key, key.sign);
  ASSERT_TRUE(judge_destruction(note, key.public_key));
  EXPECT_TRUE(judge_destruction(note, key.public_key)->is_genuine);
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto judged = judge_destruction(changed, key.public_key);
    EXPECT_FALSE(judged && judged->is_genuine) << "byte " << i;
  }
  EXPECT_FALSE(judge_destruction(note, TestKey('l').public_key)->is_genuine) << "another office's key";
}

TEST(DestructionCertificate, AWordWithLineEndsAddsNoField) {
  DestructionCertificate one = destruction_of_an_exam();
  one.destroyed = "people 1\ndone_at: never";
  const auto read = parse_destruction(render_destruction(one));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->destroyed, "people 1 done_at: never");
}

}  // namespace
}  // namespace hanjari::proof
