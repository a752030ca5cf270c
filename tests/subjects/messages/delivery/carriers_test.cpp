#include "hanjari/messages/delivery/carriers.h"

#include <Poco/Base64Decoder.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketImpl.h>
#include <Poco/Net/StreamSocket.h>
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <iterator>
#include <sstream>
#include <thread>

#include "hanjari/base/error.h"

namespace hanjari::tests {
namespace {

// Answers one conversation: each line of the client is given to `answer`, what that returns is sent back.
class Talker {
 public:
  Talker(std::string greeting, std::function<std::string(const std::string&)> answer)
      : socket_(Poco::Net::SocketAddress("127.0.0.1", 0)), thread_([this, greeting, answer] {
          Poco::Net::StreamSocket client = socket_.acceptConnection();
          const auto send = [&](const std::string& text) {
            if (!text.empty()) client.sendBytes(text.data(), static_cast<int>(text.size()));
          };
          send(greeting);
          std::string waiting;
          char buffer[4096];
          while (true) {
            const int got = client.receiveBytes(buffer, sizeof buffer);
            if (got <= 0) return;
            waiting.append(buffer, static_cast<std::size_t>(got));
            for (auto end = waiting.find("\r\n"); end != std::string::npos; end = waiting.find("\r\n")) {
              const std::string line = waiting.substr(0, end);
              waiting.erase(0, end + 2);
              heard += line + "\n";
              send(answer(line));
            }
            if (!waiting.empty() && waiting.back() == '}') {  // a body of JSON ends the conversation
              heard += waiting;
              send(answer(waiting));
              return;
            }
          }
        }) {}
  ~Talker() { join(); }
  void join() {
    if (thread_.joinable()) thread_.join();
  }
  std::uint16_t port() const { return socket_.address().port(); }

  std::string heard;

 private:
  Poco::Net::ServerSocket socket_;
  std::thread thread_;
};

// An SMTP server that answers RCPT with `to_recipient`.
std::function<std::string(const std::string&)> smtp(std::string to_recipient) {
  return [to_recipient, in_data = false](const std::string& line) mutable -> std::string {
    if (in_data) {
      if (line != ".") return "";
      in_data = false;
      return "250 taken\r\n";
    }
    if (line.starts_with("EHLO") || line.starts_with("HELO")) return "250 here\r\n";
    if (line.starts_with("RCPT")) return to_recipient + "\r\n";
    if (line == "DATA") {
      in_data = true;
      return "354 go on\r\n";
    }
    return line == "QUIT" ? "221 bye\r\n" : "250 ok\r\n";
  };
}

services::Message korean_message() {
  services::Message message;
  message.dedupe_id = "receipt/1/abc";
  message.to = "sky@example.com";
  message.subject = "원서가 제출되었습니다";
  message.body = "접수번호 abc\n보관해 주십시오.";
  return message;
}

delivery::MailSettings mail_to(const Talker& server) {
  delivery::MailSettings settings;
  settings.host = "127.0.0.1";
  settings.port = server.port();
  settings.from = "exam@example.org";
  return settings;
}

template <class Call>
std::string code_thrown(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "nothing";
}

TEST(SmtpCarrier, SendsKoreanTextWithALastingMessageId) {
  std::string first;
  for (int time = 0; time < 2; ++time) {
    Talker server("220 here\r\n", smtp("250 ok"));
    delivery::SmtpCarrier(mail_to(server)).carry(korean_message());
    server.join();
    EXPECT_THAT(server.heard, testing::HasSubstr("RCPT TO: <sky@example.com>"));
    EXPECT_THAT(server.heard, testing::HasSubstr("=?UTF-8?"));
    const auto at = server.heard.find("Message-ID: ");
    ASSERT_NE(at, std::string::npos);
    const std::string id = server.heard.substr(at, server.heard.find('\n', at) - at);
    EXPECT_TRUE(first.empty() || first == id);
    first = id;
  }
}

// Red while the sender was a bare address: people took the letters for a stranger's.
TEST(SmtpCarrier, NamesWhoWritesBesideTheAddress) {
  Talker server("220 here\r\n", smtp("250 ok"));
  delivery::MailSettings settings = mail_to(server);
  settings.sender = {"Hanbit \"City\"", "한빛시"};
  delivery::SmtpCarrier(settings).carry(korean_message());
  server.join();
  EXPECT_THAT(server.heard, testing::HasSubstr("MAIL FROM: <exam@example.org>"));
  EXPECT_THAT(server.heard, testing::HasSubstr("From: =?UTF-8?B?7ZWc67mb7Iuc?= <exam@example.org>"));
  Talker other("220 here\r\n", smtp("250 ok"));
  settings = mail_to(other);
  settings.sender = {"Hanbit \"City\"", "한빛시"};
  services::Message english = korean_message();
  english.language = Language::english;
  delivery::SmtpCarrier(settings).carry(english);
  other.join();
  EXPECT_THAT(other.heard, testing::HasSubstr(R"(From: "Hanbit \"City\"" <exam@example.org>)"));
}

// Red when the end of the conversation counted: the message was sent again by the next round.
TEST(SmtpCarrier, CountsAMessageAsSentOnceTheServerTookItHoweverTheConversationEnds) {
  auto answer = smtp("250 ok");
  Talker silent("220 here\r\n", [answer](const std::string& line) mutable {
    return line == "QUIT" ? std::string() : answer(line);  // no good-bye
  });
  auto settings = mail_to(silent);
  settings.timeout = std::chrono::seconds(1);
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(settings).carry(korean_message()); }), "nothing");
  silent.join();
  EXPECT_THAT(silent.heard, testing::HasSubstr("\n.\n"));
  EXPECT_THAT(silent.heard, testing::HasSubstr("QUIT"));
}

// Red while a limit counted for each read: a server that greets letter by letter kept a sender for hours.
TEST(SmtpCarrier, GivesUpOnAServerThatDripsItsAnswer) {
  Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
  std::atomic<bool> done{false};
  std::thread dripper([&] {
    const Poco::Net::StreamSocket client = socket.acceptConnection();
    while (!done && ::send(client.impl()->sockfd(), "2", 1, MSG_NOSIGNAL) == 1)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  });
  delivery::MailSettings settings;
  settings.host = "127.0.0.1";
  settings.port = socket.address().port();
  settings.from = "exam@example.org";
  settings.whole = std::chrono::seconds(1);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_NE(code_thrown([&] { delivery::SmtpCarrier(settings).carry(korean_message()); }), "nothing");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
  done = true;
  dripper.join();
}

TEST(SmtpCarrier, PartsALongSubjectBetweenCharactersOnly) {
  for (const char* subject : {"서울특별시 제3회 공개경쟁임용시험: 좌석이 배정되었습니다",
                              "a서울특별시제3회공개경쟁임용시험좌석이배정되었습니다",
                              "Seoul open competition, round 3: your seat has changed, please look", "=?x"}) {
    Talker server("220 here\r\n", smtp("250 ok"));
    auto message = korean_message();
    message.subject = subject;
    delivery::SmtpCarrier(mail_to(server)).carry(message);
    server.join();
    std::string read;
    const auto begin = server.heard.find("Subject: ") + 9;
    std::istringstream lines(server.heard.substr(begin));
    for (std::string line; std::getline(lines, line) && (read.empty() || line.starts_with(" "));) {
      EXPECT_LE(line.size(), 78U);
      const auto word = line.find("=?UTF-8?B?");
      if (word == std::string::npos) {
        read += line;
        continue;
      }
      std::istringstream encoded(line.substr(word + 10, line.rfind("?=") - word - 10));
      Poco::Base64Decoder decoder(encoded);
      const std::string part{std::istreambuf_iterator<char>(decoder), {}};
      ASSERT_FALSE(part.empty());
      EXPECT_NE(static_cast<unsigned char>(part.front()) & 0xC0, 0x80) << "begins inside a character";
      read += part;
    }
    EXPECT_EQ(read, subject);
  }
}

TEST(SmtpCarrier, TellsARefusalForEverFromOneForNow) {
  Talker never("220 here\r\n", smtp("550 no such mailbox"));
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(mail_to(never)).carry(korean_message()); }), "mail_refused");
  Talker later("220 here\r\n", smtp("451 later"));
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(mail_to(later)).carry(korean_message()); }), "mail_put_off");
}

// Red when a password that had changed gave up every message as if its mailbox did not exist.
TEST(SmtpCarrier, GivesUpNoMessageBecauseTheServerAdmitsNoneOfThem) {
  const auto answering = [](const std::string& beginning, const std::string& answer) {
    return [beginning, answer, usual = smtp("250 ok")](const std::string& line) -> std::string {
      if (line.starts_with(beginning)) return answer;
      return line.starts_with("EHLO") ? "250-here\r\n250 AUTH PLAIN LOGIN\r\n" : usual(line);
    };
  };
  Talker other_password("220 here\r\n", answering("AUTH", "535 5.7.8 no such account\r\n"));
  auto settings = mail_to(other_password);
  settings.user = "exam";
  settings.password = "of last year";
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(settings).carry(korean_message()); }), "mail_not_admitted");
  // Red when whatever is said of a recipient counted as the recipient's fault: a server that relays no longer for us, or
  // blocks us, gave up every message at once.
  for (const char* rule : {"554 5.7.1 <sky@example.com>: Relay access denied",
                           "550-5.7.26 Mail from here is not authenticated.\r\n550 5.7.26 See the rules"}) {
    Talker denying("220 here\r\n", smtp(rule));
    EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(mail_to(denying)).carry(korean_message()); }), "mail_not_admitted")
        << rule;
  }
  Talker unknown("220 here\r\n", smtp("550 5.1.1 <sky@example.com>: no such mailbox"));
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(mail_to(unknown)).carry(korean_message()); }), "mail_refused");
  Talker other_sender("220 here\r\n", answering("MAIL FROM", "553 5.7.1 not your address\r\n"));
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(mail_to(other_sender)).carry(korean_message()); }),
            "mail_not_admitted");
}

TEST(SmtpCarrier, SaysWhenNobodyAnswersAndLetsNoAddressBreakTheHead) {
  delivery::MailSettings nobody;
  nobody.host = "127.0.0.1";
  nobody.port = 1;
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(nobody).carry(korean_message()); }), "mail_unreachable");
  auto broken = korean_message();
  broken.to = "sky@example.com\r\nBcc: all@example.com";
  EXPECT_EQ(code_thrown([&] { delivery::SmtpCarrier(nobody).carry(broken); }), "bad_address");
}

// Red when only line breaks were looked for. Nobody answers at the server's port: an address that passed would say
// mail_unreachable.
TEST(SmtpCarrier, SaysNoAddressToAServerThatIsNotPlainlyWritten) {
  delivery::MailSettings nobody;
  nobody.host = "127.0.0.1";
  nobody.port = 1;
  const auto code_for = [&](const std::string& to) {
    auto message = korean_message();
    message.to = to;
    return code_thrown([&] { delivery::SmtpCarrier(nobody).carry(message); });
  };
  for (const std::string& bad :
       {std::string(), std::string("sky@example.com\r\nRCPT TO:<all@example.com>"), std::string("sky@example.com\r\n"),
        std::string("sky\n@example.com"), std::string("sky@example.com\rx"), std::string("<sky@example.com>"),
        std::string("sky@example.com> SIZE=1"), std::string("sky>@example.com"), std::string("Sky <sky@example.com>"),
        std::string("\"sky over\"@example.com"), std::string("\"sky@example.com\"@example.org"),
        std::string("sky\\@example.com"), std::string("sky@[127.0.0.1]"), std::string("sky@@example.com"),
        std::string("@relay.example.org:sky@example.com"), std::string("sky@example.com,sea@example.com"),
        std::string("sky@example.com;"), std::string(" sky@example.com"), std::string("sky(sea)@example.com"),
        std::string(65, 's') + "@example.com", "s@" + std::string(64, 'e') + ".com",
        "s@" + std::string(250, 'e') + ".com", std::string("sky@example.com\0", 16), std::string("하늘@example.com"),
        std::string("sky\xc2\xa0@example.com"), std::string(".sky@example.com"), std::string("sky@localhost")})
    EXPECT_EQ(code_for(bad), "bad_address") << bad;
  for (const std::string& good :
       {std::string("sky@example.com"), std::string("Sky.Of+exam@mail.example.co.kr"),
        std::string(64, 's') + "@example.com", std::string("o'sky_1@example.com")})
    EXPECT_EQ(code_for(good), "mail_unreachable") << good;
}

TEST(SmsCarrier, SaysNoNumberToAGatewayThatIsNoMobileTelephone) {
  delivery::SmsSettings nobody;
  nobody.url = "http://127.0.0.1:1/messages";
  for (const char* bad : {"", "112", "02-120", "sky@example.com", "010-1234-5678\r\nX: y", "+1 202 555 0100"}) {
    auto message = korean_message();
    message.to = bad;
    EXPECT_EQ(code_thrown([&] { delivery::SmsCarrier(nobody).carry(message); }), "bad_address") << bad;
  }
}

TEST(SmsCarrier, SendsTheDedupeIdAndReadsTheAnswer) {
  for (const auto& [answer, code] :
       {std::pair("200 OK", "nothing"), std::pair("503 Later", "sms_put_off"), std::pair("400 No", "sms_refused"),
        // Red when a key that had expired gave up every message.
        std::pair("401 Who", "sms_not_admitted"), std::pair("404 Nowhere", "sms_not_admitted"),
        std::pair("429 Slowly", "sms_put_off"), std::pair("520 What", "sms_put_off"), std::pair("302 There", "sms_not_admitted")}) {
    Talker gateway("", [reply = std::string(answer)](const std::string& line) -> std::string {
      return line.starts_with('{') ? "HTTP/1.1 " + reply + "\r\nContent-Length: 0\r\n\r\n" : "";
    });
    delivery::SmsSettings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(gateway.port()) + "/messages";
    settings.from = "02-120";
    auto message = korean_message();
    message.to = "010-1234-5678";
    EXPECT_EQ(code_thrown([&] { delivery::SmsCarrier(settings).carry(message); }), code);
    gateway.join();
    EXPECT_THAT(gateway.heard, testing::HasSubstr("receipt/1/abc"));
  }
}

}  // namespace
}  // namespace hanjari::tests
