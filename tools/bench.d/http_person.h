// One person's browser: a connection that is kept, requests one after the other, everything tried again by the caller.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <string>
#include <string_view>

namespace bench {

struct Answer {
  int status = 0;  // 0: no answer
  int retry_after = 0;
  std::string body;
};

class Person {
 public:
  explicit Person(int port) : port_(port) {}
  ~Person() { hang_up(); }
  Person(const Person&) = delete;
  Person& operator=(const Person&) = delete;

  Answer get(const std::string& path, const std::string& cookie) { return ask("GET", path, cookie, {}, {}); }
  Answer post(const std::string& path, const std::string& cookie, const std::string& json,
              const std::string& key = {}) {
    return ask("POST", path, cookie, json, key);
  }

 private:
  void hang_up() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
    waiting_.clear();
  }

  bool connect() {
    if (socket_ >= 0) return true;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port_));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{60, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return true;
    hang_up();
    return false;
  }

  bool receive() {
    char buffer[16'384];
    const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got <= 0) return false;
    waiting_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  static int number_after(std::string_view head, std::string_view name) {
    const auto at = head.find(name);
    int value = 0;
    if (at != std::string_view::npos) std::from_chars(head.data() + at + name.size(), head.data() + head.size(), value);
    return value;
  }

  Answer ask(const char* method, const std::string& path, const std::string& cookie, const std::string& json,
             const std::string& key) {
    if (!connect()) return {};
    std::string request = std::string(method) + " " + path +
                          " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: hanjari_applicant=" + cookie + "\r\n";
    if (*method == 'P') {
      request += "Content-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) + "\r\n";
      if (!key.empty()) request += "Idempotency-Key: " + key + "\r\n";
    }
    request += "\r\n" + json;
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      hang_up();
      return {};
    }
    std::size_t end = 0;
    while ((end = waiting_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) {
        hang_up();
        return {};
      }
    }
    const std::string head = waiting_.substr(0, end + 2);
    Answer answer;
    answer.status = number_after(head, "HTTP/1.1 ");
    answer.retry_after = number_after(head, "Retry-After: ");
    const auto length = static_cast<std::size_t>(number_after(head, "Content-Length: "));
    while (waiting_.size() < end + 4 + length) {
      if (!receive()) {
        hang_up();
        return {};
      }
    }
    answer.body = waiting_.substr(end + 4, length);
    waiting_.erase(0, end + 4 + length);
    if (head.find("Connection: close") != std::string::npos) hang_up();
    return answer;
  }

  int port_;
  int socket_ = -1;
  std::string waiting_;
};

}  // namespace bench
