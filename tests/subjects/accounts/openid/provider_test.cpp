#include "hanjari/accounts/openid/provider.h"

#include <gmock/gmock.h>

#include "accounts/openid/base64url.h"
#include "accounts/openid/signed.h"
#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using outgoing::HttpCall;
using outgoing::HttpReply;
using testing::HasSubstr;
using testing::StartsWith;

// A provider that answers as it is told; what was asked of it is kept.
struct FakeProvider {
  FakeProvider() {
    description = {{"issuer", issuer},
                   {"authorization_endpoint", issuer + "/auth?tenant=1"},
                   {"token_endpoint", issuer + "/token"},
                   {"jwks_uri", issuer + "/keys"}};
  }

  HttpReply answer(const HttpCall& call) {
    asked.push_back(call);
    if (call.url == issuer + "/.well-known/openid-configuration") return {200, description.dump()};
    if (call.url == issuer + "/keys") return {200, nlohmann::json{{"keys", {signer->public_key()}}}.dump()};
    if (call.url == issuer + "/token") return token;
    return {404, ""};
  }
  int times(const std::string& path) const {
    return static_cast<int>(
        std::count_if(asked.begin(), asked.end(), [&](const HttpCall& call) { return call.url == issuer + path; }));
  }
  openid::Provider open(openid::ProviderSettings settings = {}) {
    settings.issuer = issuer;
    settings.client_id = "hanjari";
    settings.return_address = "https://office.example.kr/sign-in/provider";
    settings.trusted_acr = {"urn:two"};
    return {settings, [this](const HttpCall& call) { return answer(call); }};
  }
  // As if the person had agreed: the token fits this question.
  services::ProviderAnswer agree(const services::ProviderQuestion& question, nlohmann::json more = {}) {
    const std::string& kept = question.keepsake;
    nlohmann::json claims{{"iss", issuer},
                          {"aud", "hanjari"},
                          {"sub", "officer"},
                          {"nonce", kept.substr(44, 43)},
                          {"iat", at.time_since_epoch() / 1s},
                          {"exp", at.time_since_epoch() / 1s + 300}};
    if (more.is_object()) claims.update(more);
    token = {200, nlohmann::json{{"id_token", signer->sign(claims)}}.dump()};
    return {kept.substr(0, 43), "the-code"};
  }

  std::string issuer = "https://id.example.kr";
  nlohmann::json description;
  std::unique_ptr<Signer> signer = std::make_unique<Signer>("ES256", "first");
  HttpReply token;
  std::vector<HttpCall> asked;
  Instant at = *parse_instant("2021-06-05T01:00:00Z");
};

TEST(Provider, VouchesForWhoAgreed) {
  FakeProvider fake;
  auto provider = fake.open();
  const auto question = provider.ask(fake.at);
  EXPECT_THAT(question.address, StartsWith("https://id.example.kr/auth?tenant=1&response_type=code&client_id=hanjari"));
  EXPECT_THAT(question.address, HasSubstr("redirect_uri=https%3A%2F%2Foffice.example.kr%2Fsign-in%2Fprovider"));
  EXPECT_THAT(question.address, HasSubstr("&acr_values=urn%3Atwo"));
  const std::string verifier = question.keepsake.substr(88);
  const Digest digest = sha256(verifier);
  EXPECT_THAT(question.address,
              HasSubstr("code_challenge=" +
                        openid::encode_base64url({reinterpret_cast<const char*>(digest.bytes.data()), 32})));
  EXPECT_THAT(question.address, testing::Not(HasSubstr(verifier)));
  EXPECT_THAT(question.keepsake, testing::MatchesRegex("[A-Za-z0-9_.-]*"));

  const auto person = provider.check(question.keepsake, fake.agree(question, {{"acr", "urn:two"}}), fake.at);
  EXPECT_EQ(person.issuer, fake.issuer);
  EXPECT_EQ(person.subject, "officer");
  EXPECT_TRUE(person.second_factor);
  EXPECT_THAT(fake.asked[1].body, HasSubstr("code_verifier=" + verifier));
  EXPECT_THAT(fake.asked[1].body, HasSubstr("client_id=hanjari")) << "without a secret the form says who asks";

  const auto again = provider.ask(fake.at);
  EXPECT_NE(again.keepsake, question.keepsake);
  EXPECT_FALSE(provider.check(again.keepsake, fake.agree(again, {{"acr", "urn:one"}}), fake.at).second_factor);
  EXPECT_FALSE(provider.check(again.keepsake, fake.agree(again), fake.at).second_factor);
}

TEST(Provider, ShowsItsSecretInTheHeadOnly) {
  FakeProvider fake;
  openid::ProviderSettings settings;
  settings.client_secret = "a secret: with/signs";
  auto provider = fake.open(settings);
  const auto question = provider.ask(fake.at);
  provider.check(question.keepsake, fake.agree(question), fake.at);
  EXPECT_EQ(fake.asked[1].fields.at("Authorization"),
            "Basic " + openid::encode_base64("hanjari:a%20secret%3A%20with%2Fsigns"));
  EXPECT_THAT(fake.asked[1].body, testing::Not(HasSubstr("secret")));
}

TEST(Provider, TakesNoAnswerToAnotherQuestion) {
  FakeProvider fake;
  auto provider = fake.open();
  const auto mine = provider.ask(fake.at);
  const auto other = provider.ask(fake.at);
  const auto answer = fake.agree(mine);
  const auto refused = [&](const std::string& keepsake, const services::ProviderAnswer& given) {
    try {
      provider.check(keepsake, given, fake.at);
      return false;
    } catch (const NotAllowed& error) {
      return error.code() == "provider_refused";
    }
  };
  EXPECT_TRUE(refused(other.keepsake, answer));
  EXPECT_TRUE(refused("", answer));
  EXPECT_TRUE(refused(std::string(131, 'a'), answer));
  EXPECT_TRUE(refused(mine.keepsake, {"", "the-code"}));
  EXPECT_TRUE(refused(mine.keepsake, {answer.state, ""}));
  EXPECT_TRUE(refused(mine.keepsake, {answer.state, "the-code", "https://other.example.kr"}));
  EXPECT_EQ(fake.times("/token"), 0) << "nothing is asked for what does not fit";
  // The state fits, the token was made for somebody else's question.
  fake.agree(other);
  EXPECT_TRUE(refused(mine.keepsake, answer));
  fake.token = {400, R"({"error":"invalid_grant"})"};
  EXPECT_TRUE(refused(mine.keepsake, answer));
  fake.agree(mine);
  EXPECT_FALSE(refused(mine.keepsake, answer));
}

TEST(Provider, IsUnreachableWhenItIsNotWhatWasNamed) {
  const std::vector<std::pair<std::string, nlohmann::json>> wrong{
      {"issuer", "https://id.example.kr/"},
      {"token_endpoint", "http://id.example.kr/token"},
      {"authorization_endpoint", 7},
      // Behind TLS nobody leads us to a service of this machine.
      {"token_endpoint", "http://127.0.0.1:8082/metrics"},
      // It would begin another field of the answer that leads there.
      {"authorization_endpoint", "https://id.example.kr/?a\r\nSet-Cookie: b=c"},
      {"jwks_uri", "ftp://id.example.kr/keys"}};
  for (const auto& [name, value] : wrong) {
    FakeProvider fake;
    fake.description[name] = value;
    EXPECT_THROW(fake.open().ask(fake.at), Unavailable) << name;
  }
  FakeProvider fake;
  auto provider = fake.open();
  const auto question = provider.ask(fake.at);
  const auto answer = fake.agree(question);
  for (const HttpReply& reply :
       {HttpReply{500, ""}, HttpReply{200, "not JSON"}, HttpReply{200, "{}"}, HttpReply{401, "{}"}}) {
    fake.token = reply;
    EXPECT_THROW(provider.check(question.keepsake, answer, fake.at), Unavailable) << reply.status << reply.body;
  }
  EXPECT_THROW(openid::Provider({.issuer = "http://id.example.kr"}, {}), InvalidInput);
  EXPECT_NO_THROW(openid::Provider({.issuer = "http://127.0.0.1:3000"}, {}));
}

// Red when the keys were written and read once more: that is recursive, and the stack ended.
TEST(Provider, IsUnreachableWhenItsAnswersAreNestedWithoutEnd) {
  const std::string nested = R"({"keys": [], "x": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  FakeProvider fake;
  openid::ProviderSettings settings;
  settings.issuer = fake.issuer;
  settings.client_id = "hanjari";
  settings.return_address = "https://office.example.kr/sign-in/provider";
  openid::Provider provider(settings, [&](const HttpCall& call) {
    return call.url == fake.issuer + "/keys" ? HttpReply{200, nested} : fake.answer(call);
  });
  const auto question = provider.ask(fake.at);
  EXPECT_THROW(provider.check(question.keepsake, fake.agree(question), fake.at), Unavailable);
  const auto other = provider.ask(fake.at);
  const auto answer = fake.agree(other);
  fake.token = {200, nested};
  EXPECT_THROW(provider.check(other.keepsake, answer, fake.at), Unavailable);
}

TEST(Provider, AsksAgainForKeysItDoesNotKnowOnceAMinute) {
  FakeProvider fake;
  auto provider = fake.open();
  const auto enter = [&] {
    const auto question = provider.ask(fake.at);
    return provider.check(question.keepsake, fake.agree(question), fake.at).subject;
  };
  EXPECT_EQ(enter(), "officer");
  EXPECT_EQ(enter(), "officer");
  EXPECT_EQ(fake.times("/keys"), 1);
  fake.signer = std::make_unique<Signer>("RS256", "second");
  fake.at += 30s;
  EXPECT_THROW(enter(), NotAllowed);
  EXPECT_EQ(fake.times("/keys"), 1);
  fake.at += 31s;
  EXPECT_EQ(enter(), "officer");
  EXPECT_EQ(fake.times("/keys"), 2);
  EXPECT_EQ(fake.times("/.well-known/openid-configuration"), 1);
  fake.at += 61min;
  EXPECT_EQ(enter(), "officer");
  EXPECT_EQ(fake.times("/keys"), 3);
  EXPECT_EQ(fake.times("/.well-known/openid-configuration"), 2);
}

}  // namespace
}  // namespace hanjari::tests
