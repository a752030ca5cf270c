#include "hanjari/proof/signed_note.h"

#include <gtest/gtest.h>

#include "proof/signing.h"

namespace hanjari::proof {
namespace {

const TestKey note_key('k');
const TestKey other('o');

TEST(SignedNote, IsSignedByItsKeyUnderItsNameOnly) {
  const std::string note = sign_note("one\n\ntwo\n", "office", note_key.public_key, note_key.sign);
  EXPECT_EQ(text_of_note(note), "one\n\ntwo\n");
  EXPECT_TRUE(is_signed_by(note, "office", note_key.public_key));
  EXPECT_TRUE(is_signed_by(note, "", note_key.public_key));
  EXPECT_FALSE(is_signed_by(note, "another", note_key.public_key));
  EXPECT_FALSE(is_signed_by(note, "office", other.public_key));
}

TEST(SignedNote, NoticesEveryChangedByte) {
  const std::string note = sign_note("a text\n", "office", note_key.public_key, note_key.sign);
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(is_signed_by(changed, "office", note_key.public_key)) << i << " " << bit;
    }
  }
}

TEST(SignedNote, PassesOverSignaturesOfOthers) {
  const std::string note = sign_note("a text\n", "office", note_key.public_key, note_key.sign);
  const std::string second = sign_note("a text\n", "witness", other.public_key, other.sign);
  const std::string both = note + second.substr(second.find("\n\n") + 2);
  EXPECT_TRUE(is_signed_by(both, "office", note_key.public_key));
  EXPECT_TRUE(is_signed_by(both, "witness", other.public_key));
}

TEST(SignedNote, IsNoNoteWithoutGapSignatureOrLastLine) {
  for (const char* text : {"", "\n", "text\n", "text\n\n", "text\n\nsignature\n", "text\n\n\xE2\x80\x94 a b",
                           "te\rxt\n\n\xE2\x80\x94 a b\n"}) {
    EXPECT_EQ(text_of_note(text), std::nullopt) << text;
    EXPECT_FALSE(is_signed_by(text, "", note_key.public_key)) << text;
  }
}

TEST(SignedNote, DecodesOneSpellingOnly) {
  EXPECT_EQ(decode_base64("aGk="), "hi");
  for (const char* text : {"aGk", "aGl=", " aGk=", "aGk=\n", "aGk*"}) {
    EXPECT_EQ(decode_base64(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_lower_hex("0aff"), "\x0a\xff");
  for (const char* text : {"0AFF", "0af", "0x0a", "zz"}) EXPECT_EQ(parse_lower_hex(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hanjari::proof
