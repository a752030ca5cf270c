// Keys, shares and records: nothing opens with less than what it was sealed for.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"
#include "hanjari/embargo/officer_key.h"
#include "hanjari/embargo/release_key.h"
#include "hanjari/embargo/sealed_record.h"
#include "places.h"

namespace hanjari::embargo {
namespace {

ReleaseKey key_of(char letter) {
  return ReleaseKey::copy_of(std::string(key_bytes, letter));
}

template <class Work>
std::string code_of_error(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return "";
}

TEST(ReleaseKeys, AnyTwoSharesGiveTheKeyAndTheirOrderDoesNotMatter) {
  const ReleaseKey key = ReleaseKey::draw();
  const auto shares = split_key(key);
  ASSERT_EQ(shares.size(), 3U);
  for (const auto& first : shares) {
    for (const auto& second : shares) {
      if (first == second) continue;
      EXPECT_EQ(join_shares(first, second, key.commitment()).bytes(), key.bytes());
    }
  }
}

TEST(ReleaseKeys, AreFreshAndSoAreTheirShares) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) seen.insert(std::string(ReleaseKey::draw().bytes()));
  const ReleaseKey key = ReleaseKey::draw();
  for (int i = 0; i < 100; ++i) {
    for (const auto& share : split_key(key)) seen.insert(share);
  }
  EXPECT_EQ(seen.size(), 400U) << "red when the shares come from a constant or the key from a counter";
}

// Red without the look at the commitment: two shares of two keys then give a third key.
TEST(ReleaseKeys, RefuseSharesOfAnotherVersionAndOneShareTwice) {
  const ReleaseKey key = ReleaseKey::draw();
  const ReleaseKey other = ReleaseKey::draw();
  const auto shares = split_key(key);
  const auto others = split_key(other);
  const auto code = [&](const std::string& first, const std::string& second) {
    return code_of_error([&] { join_shares(first, second, key.commitment()); });
  };
  EXPECT_EQ(code(shares[0], others[1]), "wrong_share");
  EXPECT_EQ(code(others[0], others[1]), "wrong_share");
  EXPECT_EQ(code(shares[0], shares[0]), "same_share");
  EXPECT_EQ(code(shares[0], ""), "wrong_share");
  EXPECT_EQ(code(std::string(33, '\0'), shares[1]), "wrong_share");
  for (std::size_t byte = 1; byte < shares[0].size(); ++byte) {
    std::string changed = shares[0];
    changed[byte] = static_cast<char>(changed[byte] ^ 1);
    EXPECT_EQ(code(changed, shares[1]), "wrong_share") << byte;
  }
}

TEST(OfficerKeys, OpenWhatWasSealedForThemWithTheirPassphraseOnly) {
  const OfficerKey kim = make_officer_key("a passphrase of kim");
  const OfficerKey lee = make_officer_key("a passphrase of lee");
  const std::string sealed = seal_for(kim.public_half, "a share");
  EXPECT_EQ(open_sealed_for(kim, "a passphrase of kim", sealed), "a share");
  EXPECT_EQ(code_of_error([&] { open_sealed_for(kim, "a passphrase of lee", sealed); }), "wrong_passphrase");
  EXPECT_EQ(code_of_error([&] { open_sealed_for(lee, "a passphrase of lee", sealed); }), "wrong_share");
  EXPECT_EQ(code_of_error([&] { open_sealed_for(kim, "a passphrase of kim", ""); }), "wrong_share");
  EXPECT_EQ(code_of_error([&] { make_officer_key("short"); }), "short_passphrase");
  EXPECT_EQ(code_of_error([&] { make_officer_key(std::string(20, ' ')); }), "easy_passphrase");
  EXPECT_EQ(code_of_error([&] { make_officer_key("aaaaaaaabbbb"); }), "easy_passphrase");
  EXPECT_EQ(kim.private_sealed.find(kim.public_half), std::string::npos);
}

TEST(SealedRecords, AreOfOneSizeAndComeBackWhole) {
  const std::size_t size = padded_size_for(900);
  EXPECT_EQ(size, 1024U);
  EXPECT_EQ(padded_size_for(1020), 1024U);
  EXPECT_EQ(padded_size_for(1021), 2048U);
  for (const std::string& text : {std::string(), std::string("x"), std::string(900, 'y'), std::string("a\0b", 3)}) {
    const std::string padded = pad_record(text, size);
    EXPECT_EQ(padded.size(), size);
    EXPECT_EQ(unpad_record(padded), text);
  }
  EXPECT_THROW(pad_record(std::string(1021, 'z'), size), std::logic_error);
  std::string hidden = pad_record("text", size);
  hidden.back() = 'h';
  EXPECT_FALSE(unpad_record(hidden)) << "nothing hides in the filling";
  EXPECT_FALSE(unpad_record("\xFF\xFF\xFF\xFF"));
  EXPECT_FALSE(unpad_record(""));
}

// The expected bytes were computed with Python: hmac and hashlib only (RFC 5869).
TEST(SealedRecords, HaveKeysThatAnybodyDerivesFromTheStandard) {
  const std::string derived = derive_record_key(key_of('k'), std::string(secret_bytes, 's'));
  EXPECT_EQ(to_hex(derived), "cb57eab59757fdcb4c11e08a0985bc6df7efc03eacda9071dc8af46e897864d0");
}

// Red when the key of a record is the release key itself, or when the secret does not enter it.
TEST(SealedRecords, OfAnotherPersonAreNotOpenedByTheReleasedKey) {
  const ReleaseKey released = key_of('k');
  const std::string own = draw_secret();
  const std::string sealed = seal_record(derive_record_key(released, own), "publication-1", pad_record("passed", 1024));
  EXPECT_TRUE(open_record(derive_record_key(released, own), "publication-1", sealed));
  for (int i = 0; i < 100; ++i)
    EXPECT_FALSE(open_record(derive_record_key(released, draw_secret()), "publication-1", sealed));
  EXPECT_FALSE(open_record(released.bytes(), "publication-1", sealed));
  EXPECT_FALSE(open_record(derive_record_key(key_of('l'), own), "publication-1", sealed)) << "another version's key";
  EXPECT_FALSE(open_record(derive_record_key(released, own), "publication-2", sealed)) << "another version's place";
}

// open_record.mjs uses the browsers' interface and shares no line with this program.
TEST(SealedRecords, AreOpenedByWebCrypto) {
  const std::filesystem::path said =
      std::filesystem::path(::testing::TempDir()) / ("record-" + std::to_string(::getpid()));
  const std::string secret = draw_secret();
  const ReleaseKey key = ReleaseKey::draw();
  const std::string sealed =
      seal_record(derive_record_key(key, secret), "publication-1", pad_record("{\"ko\":\"합격\"}", 1024));
  const std::string command = "node " + std::string(hanjari::tests::source_dir) + "/tests/core/embargo/open_record.mjs " +
                              to_hex(key.bytes()) + " " + to_hex(secret) + " publication-1 " + to_hex(sealed) + " >" +
                              said.string();
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::ostringstream text;
  text << std::ifstream(said).rdbuf();
  EXPECT_EQ(text.str(), "{\"ko\":\"합격\"}");
  std::filesystem::remove(said);
}

TEST(SealedRecords, ShowEveryChangedByte) {
  const std::string key(key_bytes, 'k');
  const std::string sealed = seal_record(key, "place", std::string(64, 't'));
  EXPECT_EQ(sealed.size(), nonce_bytes + 64 + tag_bytes);
  for (std::size_t byte = 0; byte < sealed.size(); ++byte) {
    std::string changed = sealed;
    changed[byte] = static_cast<char>(changed[byte] ^ 0x40);
    EXPECT_FALSE(open_record(key, "place", changed)) << byte;
  }
  EXPECT_FALSE(open_record(key, "place", sealed.substr(1)));
  EXPECT_FALSE(open_record(key, "place", ""));
  EXPECT_NE(seal_record(key, "place", std::string(64, 't')), sealed) << "the nonce is fresh each time";
}

}  // namespace
}  // namespace hanjari::embargo
