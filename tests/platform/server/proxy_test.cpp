// TLS, proxies before the program, and whose word is believed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <Poco/Net/ServerSocket.h>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "server/wire.h"

namespace hanjari::web::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string close_field = "Connection: close\r\n";
const std::string proxied_page = "/ko/exams/seoul-2021-1/seat";

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-edge-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// A certificate of its own for localhost, made by openssl.
TlsFiles make_certificate(const Folder& folder, const char* name) {
  TlsFiles files{folder / (std::string(name) + ".pem").c_str(), folder / (std::string(name) + ".key").c_str()};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + std::string(name) +
      " -keyout '" + files.key.string() + "' -out '" + files.certificate.string() + "' 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 0);
  ::chmod(files.key.c_str(), 0600);
  return files;
}

// What a TLS client hears, and the name in the certificate.
struct Heard {
  std::string answer;
  std::string common_name;
  std::string protocol;
};

Heard ask_over_tls(std::uint16_t port, const std::string& request, int most_version = TLS1_3_VERSION,
                   const std::string& before = "") {
  Heard heard;
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", port));
  if (!before.empty()) socket.sendBytes(before.data(), static_cast<int>(before.size()));
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, most_version);
  const unsigned char alpn[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(context, alpn, 9);
  SSL* tls = SSL_new(context);
  SSL_set_fd(tls, socket.impl()->sockfd());
  if (SSL_connect(tls) == 1) {
    heard.protocol = SSL_get_version(tls);
    X509* certificate = SSL_get1_peer_certificate(tls);
    char name[100] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    heard.common_name = name;
    X509_free(certificate);
    // In two pieces: a record is not a request.
    SSL_write(tls, request.data(), static_cast<int>(request.size() / 2));
    SSL_write(tls, request.data() + request.size() / 2, static_cast<int>(request.size() - request.size() / 2));
    char bytes[4096];
    for (int count = 0; (count = SSL_read(tls, bytes, sizeof bytes)) > 0;)
      heard.answer.append(bytes, static_cast<std::size_t>(count));
  }
  ERR_clear_error();
  SSL_free(tls);
  SSL_CTX_free(context);
  return heard;
}

TEST(Tls, ServesPortalAndOfficeOnOneMachine) {
  const Folder folder;
  ServerSettings settings = Serving::quick();
  settings.header_deadline = milliseconds(3'000);
  settings.tls = make_certificate(folder, "first");
  Serving serving(settings);
  for (const auto& [listener, path] :
       {std::pair{Listener::portal, proxied_page}, std::pair{Listener::portal, std::string("/ko")},
        std::pair{Listener::office, std::string("/ko/sign-in")}}) {
    const Heard heard = ask_over_tls(serving.port(listener), get_of(path, close_field));
    EXPECT_THAT(heard.answer, StartsWith("HTTP/1.1 200")) << path;
    EXPECT_EQ(heard.protocol, "TLSv1.3");
    EXPECT_FALSE(field_of(heard.answer, "Strict-Transport-Security").empty());
    EXPECT_THAT(field_of(heard.answer, "Set-Cookie"), HasSubstr("; Secure"));
    EXPECT_EQ(body_of(heard.answer).size(), std::stoul(field_of(heard.answer, "Content-Length")));
  }
  EXPECT_EQ(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field), TLS1_2_VERSION).protocol,
            "TLSv1.2");
  EXPECT_EQ(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field), TLS1_1_VERSION).answer, "")
      << "too old";
  EXPECT_THAT(exchange(serving.port(Listener::operations), get_of("/health/live", close_field)),
              StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/ko", close_field)), ::testing::Not(HasSubstr("200 OK")))
      << "not in plain text";
  // A large file over several records.
  const std::string page = ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field)).answer;
  const auto at = page.find("/assets/site.");
  const Heard style =
      ask_over_tls(serving.port(Listener::portal), get_of(page.substr(at, page.find('"', at) - at), close_field));
  EXPECT_EQ(body_of(style.answer).size(), std::stoul(field_of(style.answer, "Content-Length")));
  EXPECT_GT(body_of(style.answer).size(), 20'000U);
}

TEST(Tls, ReadsItsCertificateAgain) {
  const Folder folder;
  ServerSettings settings = Serving::quick();
  settings.tls = make_certificate(folder, "first");
  Serving serving(settings);
  EXPECT_EQ(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field)).common_name, "first");
  const TlsFiles second = make_certificate(folder, "second");
  std::filesystem::copy_file(second.certificate, settings.tls.certificate,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THROW(serving.server.reload_tls(), InvalidInput) << "a certificate without its key";
  EXPECT_EQ(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field)).common_name, "first");
  std::filesystem::copy_file(second.key, settings.tls.key, std::filesystem::copy_options::overwrite_existing);
  serving.server.reload_tls();
  EXPECT_EQ(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field)).common_name, "second");
}

TEST(Tls, DoesNotStartWithAKeyThatOthersMayRead) {
  const Folder folder;
  ServerSettings settings = Serving::quick();
  settings.tls = make_certificate(folder, "open");
  ::chmod(settings.tls.key.c_str(), 0640);
  EXPECT_THROW(Serving{settings}, InvalidInput);
  settings.tls.certificate = folder / "missing.pem";
  ::chmod(settings.tls.key.c_str(), 0600);
  EXPECT_THROW(Serving{settings}, InvalidInput);
}

TEST(Tls, EndsHandshakesThatNeverEnd) {
  const Folder folder;
  ServerSettings settings = Serving::quick();
  settings.tls = make_certificate(folder, "slow");
  Serving serving(settings);
  Wire wire(serving.port(Listener::portal));
  wire.send("\x16\x03\x01");
  EXPECT_TRUE(wire.is_closed_by_peer(milliseconds(2'000)));
}

// Eleven wrong guesses over connections that begin with `header`; the last answer's status.
std::string guess_often(Serving& serving, const std::string& header, const std::string& fields) {
  std::string last;
  for (int guess = 0; guess < 11; ++guess) {
    const auto send = [&](const std::string& request) {
      return exchange(serving.port(Listener::portal), header + request);
    };
    const std::string page = send(get_of(proxied_page, fields + close_field));
    const std::string cookie = field_of(page, "Set-Cookie").substr(0, field_of(page, "Set-Cookie").find(';'));
    const std::string body =
        "number=0100000" + std::to_string(guess % 10) + "&birth=19000101&form_token=" + Browser::form_token_in(page);
    last =
        send("POST " + proxied_page + " HTTP/1.1\r\nHost: x\r\n" + fields + close_field + "Cookie: " + cookie +
             "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\n\r\n" + body);
  }
  return last.substr(0, 12);
}

TEST(Proxies, SayWhoAsksByProxyHeader) {
  ServerSettings settings = Serving::quick();
  settings.trusted_proxies = {"127.0.0.1"};
  settings.proxy_protocol = true;
  Serving serving(settings);
  const std::string one = "PROXY TCP4 203.0.113.5 10.0.0.1 1 2\r\n";
  const std::string other("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0\x71\x06\x0a\0\0\1\0\1\0\2", 28);
  EXPECT_EQ(guess_often(serving, one, ""), "HTTP/1.1 429");
  EXPECT_THAT(exchange(serving.port(Listener::portal), other + get_of(proxied_page, close_field)),
              StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(guess_often(serving, other, "X-Forwarded-For: 198.51.100.77\r\n"), "HTTP/1.1 429")
      << "behind the header stands a client, whose fields count for nothing";
  EXPECT_EQ(exchange(serving.port(Listener::portal), get_of("/ko", close_field)), "")
      << "a proxy that forgets its header";
  EXPECT_EQ(exchange(serving.port(Listener::portal), "PROXY TCP4 x y z\r\n" + get_of("/ko", close_field)), "");
  Wire slow(serving.port(Listener::portal));
  slow.send("PROXY");
  EXPECT_TRUE(slow.is_closed_by_peer(milliseconds(1'500)));
  EXPECT_THAT(exchange(serving.port(Listener::operations), get_of("/health/live", close_field)),
              StartsWith("HTTP/1.1 200"));
}

TEST(Proxies, StandBeforeTlsToo) {
  const Folder folder;
  ServerSettings settings = Serving::quick();
  settings.trusted_proxies = {"127.0.0.0/8"};
  settings.proxy_protocol = true;
  settings.tls = make_certificate(folder, "behind");
  Serving serving(settings);
  EXPECT_THAT(ask_over_tls(serving.port(Listener::portal), get_of("/ko", close_field), TLS1_3_VERSION,
                           "PROXY TCP4 203.0.113.5 10.0.0.1 1 2\r\n")
                  .answer,
              StartsWith("HTTP/1.1 200"));
}

TEST(Proxies, AreBelievedOnlyWhenNamed) {
  Serving stranger;
  EXPECT_EQ(guess_often(stranger, "", "X-Forwarded-For: 203.0.113.5\r\nForwarded: for=203.0.113.6\r\n"),
            "HTTP/1.1 429");
  EXPECT_THAT(guess_often(stranger, "", "X-Forwarded-For: 203.0.113.77\r\n"), StartsWith("HTTP/1.1 429"))
      << "the same source, whatever it says";
  EXPECT_THAT(exchange(stranger.port(Listener::portal), "PROXY TCP4 203.0.113.5 10.0.0.1 1 2\r\n" + get_of("/ko")),
              StartsWith("HTTP/1.1 400"));
  const std::string answer =
      exchange(stranger.port(Listener::portal),
               get_of("/ko", close_field + "X-Request-Id: from-a-stranger\r\nX-Forwarded-Proto: https\r\n"));
  EXPECT_EQ(field_of(answer, "X-Request-Id").size(), 13U);
  EXPECT_EQ(field_of(answer, "Strict-Transport-Security"), "");

  ServerSettings settings = Serving::quick();
  settings.trusted_proxies = {"127.0.0.1"};
  Serving named(settings);
  EXPECT_EQ(guess_often(named, "", "X-Forwarded-For: 203.0.113.5\r\n"), "HTTP/1.1 429");
  EXPECT_THAT(
      exchange(named.port(Listener::portal), get_of(proxied_page, close_field + "X-Forwarded-For: 203.0.113.5\r\n")),
      StartsWith("HTTP/1.1 200"));
  for (const std::string& path : {std::string("/ko"), std::string("/ko"), proxied_page}) {
    const std::string told =
        exchange(named.port(Listener::portal),
                 get_of(path, close_field + "X-Request-Id: of-the-proxy-1\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(field_of(told, "X-Request-Id"), "of-the-proxy-1");
    EXPECT_NE(field_of(told, "Strict-Transport-Security"), "");
    EXPECT_EQ(
        field_of(exchange(named.port(Listener::portal), get_of(path, close_field + "X-Request-Id: a<b>c!defgh\r\n")),
                 "X-Request-Id")
            .size(),
        13U)
        << "no proxy's word looks so";
  }
}

std::uint16_t free_port() {
  Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
  return socket.address().port();
}

// A program that ends with the test.
class Child {
 public:
  explicit Child(const std::vector<std::string>& words, const std::filesystem::path& said) {
    pid_ = ::fork();
    if (pid_ != 0) return;
    if (std::freopen(said.c_str(), "w", stderr) == nullptr || std::freopen(said.c_str(), "w", stdout) == nullptr)
      ::_exit(126);
    std::vector<char*> raw;
    for (const std::string& word : words) raw.push_back(const_cast<char*>(word.c_str()));
    raw.push_back(nullptr);
    ::execvp(raw[0], raw.data());
    ::_exit(127);
  }
  ~Child() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

 private:
  pid_t pid_;
};

TEST(Haproxy, WorksWithTheExampleConfiguration) {
  const char* program = std::filesystem::exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "/usr/bin/haproxy";
  if (!std::filesystem::exists(program)) GTEST_SKIP() << "haproxy is not installed";
  const Folder folder;
  const TlsFiles certificate = make_certificate(folder, "front");
  std::ofstream(folder / "hanjari.pem") << read_file(certificate.certificate) << read_file(certificate.key);
  ServerSettings settings = Serving::quick();
  settings.header_deadline = settings.idle_deadline = milliseconds(5'000);
  settings.trusted_proxies = {"127.0.0.1"};
  Serving one(settings, {.behind_tls = true});
  Serving two(settings, {.behind_tls = true});
  const std::uint16_t portal = free_port();
  const std::uint16_t office = free_port();
  std::string text = read_file(std::filesystem::path(hanjari::tests::source_dir) / "etc/haproxy.example.cfg");
  const auto put = [&](const std::string& what, const std::string& instead) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + instead.size()), ++count)
      text.replace(at, what.size(), instead);
    EXPECT_GT(count, 0U) << what;
  };
  const auto of = [](Serving& serving, Listener listener) { return std::to_string(serving.port(listener)); };
  put("bind :443 ", "bind 127.0.0.1:" + std::to_string(portal) + " ");
  put("bind :8443 ", "bind 127.0.0.1:" + std::to_string(office) + " ");
  put("/etc/haproxy/hanjari.pem", (folder / "hanjari.pem").string());
  put("maxconn 40000", "maxconn 400");
  put("127.0.0.1:8080 port 8082", "127.0.0.1:" + of(one, Listener::portal) + " port " + of(one, Listener::operations));
  put("127.0.0.1:8180 port 8182", "127.0.0.1:" + of(two, Listener::portal) + " port " + of(two, Listener::operations));
  put("127.0.0.1:8081 port 8082", "127.0.0.1:" + of(one, Listener::office) + " port " + of(one, Listener::operations));
  put("127.0.0.1:8181 port 8182", "127.0.0.1:" + of(two, Listener::office) + " port " + of(two, Listener::operations));
  put("inter 2s", "inter 100ms");
  put("gt 1000 }", "gt 12 }");
  std::ofstream(folder / "haproxy.cfg") << text;
  const std::string check = std::string(program) + " -c -q -f '" + (folder / "haproxy.cfg").string() + "'";
  ASSERT_EQ(std::system(check.c_str()), 0);
  const Child haproxy({program, "-db", "-f", (folder / "haproxy.cfg").string()}, folder / "said");
  Heard heard;
  for (int tries = 0; tries < 100 && !heard.answer.starts_with("HTTP/1.1 200"); ++tries) {
    std::this_thread::sleep_for(milliseconds(50));
    try {
      heard = ask_over_tls(portal, get_of("/ko", close_field));
    } catch (const Poco::Exception&) {  // not there yet
    }
  }
  EXPECT_THAT(heard.answer, StartsWith("HTTP/1.1 200")) << read_file(folder / "said");
  EXPECT_THAT(ask_over_tls(office, get_of("/ko/sign-in", close_field)).answer, StartsWith("HTTP/1.1 200"));

  // What a client says of itself is the proxy's to say: the log has the proxy's name, cookies are for TLS only.
  const std::string fields = close_field + "X-Forwarded-For: 203.0.113.5\r\nX-Request-Id: from-a-stranger\r\n";
  const std::string answer = ask_over_tls(portal, get_of(proxied_page, fields)).answer;
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  // HAProxy writes names of fields in lower case.
  const std::string id = field_of(answer, "x-request-id");
  EXPECT_EQ(id.size(), 36U) << answer.substr(0, 900);
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef-"), std::string::npos) << id;
  const std::string cookie = field_of(answer, "set-cookie");
  EXPECT_THAT(cookie, StartsWith("hanjari_form="));
  EXPECT_THAT(cookie, HasSubstr("; Secure"));

  // One source takes no more connections than its share, and has them again. Red while anybody could take all.
  {
    std::signal(SIGPIPE, SIG_IGN);
    const auto becomes = [&](bool refused) {
      for (int tries = 0; tries < 200; ++tries) {
        std::string said;
        try {
          said = ask_over_tls(portal, get_of("/robots.txt", close_field)).answer;
        } catch (const Poco::Exception&) {  // refused before a byte was sent
        }
        if (said.empty() == refused) return true;
        std::this_thread::sleep_for(milliseconds(50));
      }
      return false;
    };
    std::vector<std::unique_ptr<Wire>> open;
    for (int count = 0; count < 40; ++count) open.push_back(std::make_unique<Wire>(portal));
    EXPECT_TRUE(becomes(true));
    open.clear();
    EXPECT_TRUE(becomes(false));
  }

  // A program that is not ready is asked no more; a request in between is not lost.
  one.site.begin_stopping();
  std::this_thread::sleep_for(milliseconds(600));
  std::size_t before = 0;
  {
    const std::lock_guard lock(one.mutex);
    before = static_cast<std::size_t>(std::count_if(
        one.log.begin(), one.log.end(), [](const AccessEntry& entry) { return entry.listener == Listener::portal; }));
  }
  one.server.stop(std::chrono::seconds(2));
  for (int count = 0; count < 10; ++count) {
    EXPECT_THAT(ask_over_tls(portal, get_of(proxied_page, close_field)).answer, StartsWith("HTTP/1.1 200"));
  }
  const std::lock_guard lock(one.mutex);
  EXPECT_EQ(
      static_cast<std::size_t>(std::count_if(
          one.log.begin(), one.log.end(), [](const AccessEntry& entry) { return entry.listener == Listener::portal; })),
      before);
}

}  // namespace
}  // namespace hanjari::web::testing
