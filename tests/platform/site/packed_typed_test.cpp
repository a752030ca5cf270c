// What was typed on its way to another site and back: nobody reads it in the cookies, and nothing else comes back.
#include "site/packed_typed.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"

namespace hanjari::web::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const Digest typed_key = sha256("a key");

std::string all_pieces(const std::vector<std::string>& pieces) {
  std::string all;
  for (const std::string& piece : pieces) all += piece;
  return all;
}

TEST(PackedTyped, ComesBackAsItWas) {
  for (const std::string& kept : {std::string("x"), std::string("{\"reason\":\"승강기 고장\"}"), std::string(16 * 1024, 'a')})
    EXPECT_EQ(unpack_typed(all_pieces(pack_typed(kept, typed_key)), typed_key), kept);
  EXPECT_THAT(pack_typed("", typed_key), IsEmpty());
  EXPECT_EQ(unpack_typed("", typed_key), "");
}

// Red while the words were only packed: whoever found the cookies read names and telephone numbers in them.
TEST(PackedTyped, IsReadByNobodyWithoutTheKey) {
  const std::string kept = "{\"name\":\"김가람\",\"phone\":\"010-1234-5678\"}";
  const std::string sealed = all_pieces(pack_typed(kept, typed_key));
  EXPECT_NE(all_pieces(pack_typed(kept, typed_key)), sealed) << "the same words look different every time";
  EXPECT_EQ(unpack_typed(sealed, sha256("another key")), "");
  for (const std::size_t at : {std::size_t{0}, std::size_t{50}, sealed.size() - 1}) {
    std::string changed = sealed;
    changed[at] = changed[at] == '0' ? '1' : '0';
    EXPECT_EQ(unpack_typed(changed, typed_key), "") << at;
  }
  for (const std::string& foreign : {std::string("00"), std::string(200, '0'), std::string("no letters of ours"), sealed.substr(0, sealed.size() / 2)})
    EXPECT_EQ(unpack_typed(foreign, typed_key), "") << foreign;
}

TEST(PackedTyped, FitsIntoTwoCookiesOrIsNotPacked) {
  std::string noise;
  for (int at = 0; noise.size() < 6'000; ++at) noise += sha256(std::to_string(at)).hex();
  EXPECT_THAT(pack_typed(noise.substr(0, 3'000), typed_key), SizeIs(1));
  EXPECT_THAT(pack_typed(noise, typed_key), SizeIs(2));
  for (const std::string& piece : pack_typed(noise, typed_key)) EXPECT_LE(piece.size(), 3'400U);
  for (int at = 1000; noise.size() < 12'000; ++at) noise += sha256(std::to_string(at)).hex();
  EXPECT_THAT(pack_typed(noise, typed_key), IsEmpty());
}

}  // namespace
}  // namespace hanjari::web::testing
