#include "accounts/openid/id_token.h"

#include <gmock/gmock.h>

#include "accounts/openid/base64url.h"
#include "accounts/openid/signed.h"
#include "hanjari/base/error.h"

namespace hanjari::tests {
namespace {

using openid::IdTokenRules;
using openid::SigningKey;

const Instant now = *parse_instant("2021-06-05T01:00:00Z");

std::int64_t seconds(std::chrono::seconds later) {
  return std::chrono::duration_cast<std::chrono::seconds>((now + later).time_since_epoch()).count();
}

const IdTokenRules rules{"https://id.example.kr", "hanjari", "nonce-1", now};

nlohmann::json right_claims() {
  return {{"iss", "https://id.example.kr"},
          {"aud", "hanjari"},
          {"sub", "248289761001"},
          {"nonce", "nonce-1"},
          {"iat", seconds({})},
          {"exp", seconds(std::chrono::minutes(5))},
          {"acr", "urn:two"},
          {"amr", {"pwd", "otp"}}};
}

std::vector<SigningKey> keys_of(std::initializer_list<const Signer*> signers) {
  nlohmann::json set{{"keys", nlohmann::json::array()}};
  for (const Signer* signer : signers) set["keys"].push_back(signer->public_key());
  return openid::parse_key_set(set.dump());
}

const Signer& rsa() {
  static const Signer signer("RS256", "one");
  return signer;
}

const Signer& elliptic() {
  static const Signer signer("ES256", "two");
  return signer;
}

// Whether the token is refused as what the provider never said.
bool is_refused(const std::string& token, const std::vector<SigningKey>& keys) {
  try {
    openid::verify_id_token(token, keys, rules);
    return false;
  } catch (const NotAllowed& refused) {
    EXPECT_EQ(refused.code(), "provider_refused");
    return true;
  }
}

TEST(IdToken, SaysWhoItIsUnderBothKindsOfKeys) {
  const auto keys = keys_of({&rsa(), &elliptic()});
  ASSERT_EQ(keys.size(), 2U);
  for (const Signer* signer : {&rsa(), &elliptic()}) {
    const auto person = openid::verify_id_token(signer->sign(right_claims()), keys, rules);
    EXPECT_EQ(person.subject, "248289761001");
    EXPECT_EQ(person.acr, "urn:two");
    EXPECT_THAT(person.amr, testing::ElementsAre("pwd", "otp"));
  }
}

TEST(IdToken, IsRefusedWhenOneClaimIsNotAsItShouldBe) {
  const auto keys = keys_of({&rsa()});
  const auto changed = [&](const char* name, const nlohmann::json& value) {
    auto claims = right_claims();
    if (value.is_discarded())
      claims.erase(name);
    else
      claims[name] = value;
    return rsa().sign(claims);
  };
  const auto nothing = nlohmann::json(nlohmann::json::value_t::discarded);
  ASSERT_FALSE(is_refused(changed("acr", nothing), keys));
  for (const char* name : {"iss", "aud", "sub", "nonce", "iat", "exp"})
    EXPECT_TRUE(is_refused(changed(name, nothing), keys)) << name;
  EXPECT_TRUE(is_refused(changed("iss", "https://id.example.kr/"), keys));
  EXPECT_TRUE(is_refused(changed("aud", "another"), keys));
  EXPECT_TRUE(is_refused(changed("aud", {"another"}), keys));
  EXPECT_TRUE(is_refused(changed("aud", {"hanjari", "another"}), keys)) << "for two, and not said for whom";
  EXPECT_TRUE(is_refused(changed("azp", "another"), keys));
  EXPECT_FALSE(is_refused(changed("aud", {"hanjari"}), keys));
  EXPECT_TRUE(is_refused(changed("nonce", "nonce-2"), keys));
  EXPECT_TRUE(is_refused(changed("sub", ""), keys));
  EXPECT_TRUE(is_refused(changed("sub", std::string(256, 'x')), keys));
  EXPECT_TRUE(is_refused(changed("exp", seconds(std::chrono::seconds(-60))), keys));
  EXPECT_FALSE(is_refused(changed("exp", seconds(std::chrono::seconds(-59))), keys));
  EXPECT_TRUE(is_refused(changed("iat", seconds(std::chrono::seconds(61))), keys));
  EXPECT_TRUE(is_refused(changed("exp", "tomorrow"), keys));
}

TEST(IdToken, IsRefusedUnlessAPublicKeyOfTheProviderSignedIt) {
  const Signer stranger("RS256", "one");
  const auto keys = keys_of({&rsa(), &elliptic()});
  EXPECT_TRUE(is_refused(stranger.sign(right_claims()), keys));
  EXPECT_TRUE(is_refused(rsa().sign(right_claims(), {{"kid", "two"}}), keys));
  EXPECT_TRUE(is_refused(rsa().sign(right_claims(), {{"alg", "none"}}), keys));
  EXPECT_TRUE(is_refused(rsa().sign(right_claims(), {{"alg", "HS256"}}), keys));
  const std::string token = rsa().sign(right_claims());
  const std::size_t signature = token.rfind('.');
  EXPECT_TRUE(is_refused(token.substr(0, signature + 1), keys));
  EXPECT_TRUE(is_refused(token.substr(0, signature), keys));
  auto claims = right_claims();
  claims["sub"] = "administrator";
  const std::size_t head = token.find('.');
  EXPECT_TRUE(
      is_refused(token.substr(0, head + 1) + openid::encode_base64url(claims.dump()) + token.substr(signature), keys));
  for (const char* text : {"", ".", "..", "a.b.c", "....."}) EXPECT_TRUE(is_refused(text, keys)) << text;
  EXPECT_TRUE(is_refused(token, {}));
}

TEST(KeySet, LeavesOutWhatCannotSign) {
  auto small = rsa().public_key();
  small["n"] = openid::encode_base64url(std::string(128, '\x81'));
  auto other_use = rsa().public_key();
  other_use["use"] = "enc";
  auto no_point = elliptic().public_key();
  no_point["y"] = no_point["x"];
  const nlohmann::json set{
      {"keys", {small, other_use, no_point, {{"kty", "oct"}, {"k", "AAAA"}}, "text", rsa().public_key()}}};
  const auto keys = openid::parse_key_set(set.dump());
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys.front().id, "one");
  EXPECT_THROW(openid::parse_key_set("[]"), Unavailable);
  EXPECT_THROW(openid::parse_key_set("{"), Unavailable);
}

// Reading JSON back is recursive: what a provider nests without end ends no program.
TEST(KeySet, IsNotReadWhenItIsNestedWithoutEnd) {
  const std::string nested = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_THROW(openid::parse_key_set("{\"keys\": [], \"x\": " + nested + "}"), Unavailable);
  const std::string token = openid::encode_base64url("{\"kid\": \"one\", \"x\": " + nested + "}");
  EXPECT_EQ(openid::key_id_of(token + ".e30.AA"), "");
  EXPECT_TRUE(is_refused(token + "." + token + ".AA", keys_of({&rsa()})));
}

}  // namespace
}  // namespace hanjari::tests
