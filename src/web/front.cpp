#include "web/front.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Timestamp.h>

#include "web/message_reader.h"

namespace hanjari::web {
namespace {

using Moment = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

// The other side closed, broke off, or was too slow for the deadline: nobody is there to answer.
struct Gone {};
struct TooSlow {};

constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
// A connection told to stop is looked at this often.
constexpr milliseconds patience{100};
// For a silent connection while others wait.
constexpr milliseconds crowd_patience{1'000};
// How long a program that stops goes on writing an answer.
constexpr milliseconds last_words{3'000};

class Connection : public Poco::Net::TCPServerConnection {
 public:
  Connection(const Poco::Net::StreamSocket& socket, FrontState& state) : TCPServerConnection(socket), state_(state) {}

  // Nothing may escape: whatever happens to one connection is no matter of the others.
  void run() override {
    ++state_.open;
    try {
      socket().setNoDelay(true);
      peer_ = socket().peerAddress().host().toString();
      while (serve_one()) {
      }
      linger();
    } catch (const Gone&) {
    } catch (const Poco::Exception&) {
    } catch (const std::exception&) {
    }
    --state_.open;
  }

 private:
  // One request and its answer; false when the connection is to be closed.
  bool serve_one() {
    if (!wait_for_request()) return false;
    const Moment deadline = std::chrono::steady_clock::now() + state_.settings.request_deadline;
    MessageHead head;
    try {
      head = read_head(receive_head(deadline));
      if (head.body_bytes > state_.settings.body_bytes) {
        throw Malformed{413, "body_too_large", {"The request is too large.", "요청이 너무 큽니다."}};
      }
      if (head.expects_continue) send(continue_line);
      receive_body(head, deadline);
    } catch (const Malformed& fault) {
      send(write(state_.edge.refuse(state_.listener, fault.status, fault.code, fault.message), false, false));
      return false;
    } catch (const TooSlow&) {
      send(write(state_.edge.refuse(state_.listener, 408, "too_slow",
                                    {"The request took too long.", "요청 시간이 초과되었습니다."}),
                 false, false));
      return false;
    }
    name_source(head.request);
    // Idle connections hold threads: in a crowd every answer is the last of its connection.
    const bool keep = head.keep_alive && !is_crowded() && !state_.stopping.load();
    send(write(state_.edge.answer(state_.listener, head.request), head.request.head_only, keep));
    return keep;
  }

  // Browsers open connections ahead of need; in a crowd those that say nothing make room at once.
  bool wait_for_request() {
    if (!buffer_.empty()) return true;
    const Moment begin = std::chrono::steady_clock::now();
    const milliseconds usual = first_ ? state_.settings.request_deadline : state_.settings.idle_deadline;
    first_ = false;
    while (!state_.stopping.load()) {
      const milliseconds allowed = is_crowded() ? std::min(usual, crowd_patience) : usual;
      if (std::chrono::steady_clock::now() - begin > allowed) return false;
      if (poll(std::min(allowed, patience), Poco::Net::Socket::SELECT_READ)) return receive_some() > 0;
    }
    return false;
  }

  // Half of the threads are taken.
  bool is_crowded() const { return state_.open.load() * 2 > state_.settings.threads; }

  std::string receive_head(Moment deadline) {
    while (true) {
      if (buffer_.starts_with("\r\n")) buffer_.erase(0, 2);  // an empty line before a request is to be skipped
      if (const auto end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
        if (end + 4 > state_.settings.header_bytes) refuse_large_head();
        std::string head = buffer_.substr(0, end + 4);
        buffer_.erase(0, end + 4);
        return head;
      }
      // A line that ends in a bare line feed will never be complete.
      if (buffer_.find("\n\n") != std::string::npos)
        throw Malformed{400, "malformed_request", {"The request cannot be read.", "요청을 읽을 수 없습니다."}};
      if (buffer_.size() > state_.settings.header_bytes) refuse_large_head();
      receive_before(deadline);
    }
  }

  [[noreturn]] static void refuse_large_head() {
    throw Malformed{431, "head_too_large", {"The request's head is too large.", "요청 헤더가 너무 큽니다."}};
  }

  void receive_body(MessageHead& head, Moment deadline) {
    while (buffer_.size() < head.body_bytes) receive_before(deadline);
    head.request.body = buffer_.substr(0, head.body_bytes);
    buffer_.erase(0, head.body_bytes);
  }

  void receive_before(Moment deadline) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left <= milliseconds(0) || !poll(left, Poco::Net::Socket::SELECT_READ)) throw TooSlow{};
    if (receive_some() == 0) throw Gone{};
  }

  std::size_t receive_some() {
    std::array<char, 16 * 1024> chunk{};
    const int count = socket().receiveBytes(chunk.data(), static_cast<int>(chunk.size()));
    if (count <= 0) return 0;
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    return static_cast<std::size_t>(count);
  }

  // All of it before the deadline, however slowly the other side takes it; a program that stops does not wait so long.
  void send(std::string_view bytes) {
    const Moment begin = std::chrono::steady_clock::now();
    while (!bytes.empty()) {
      const milliseconds allowed = state_.stopping.load() ? last_words : state_.settings.response_deadline;
      if (std::chrono::steady_clock::now() - begin > allowed) throw Gone{};
      if (!poll(patience, Poco::Net::Socket::SELECT_WRITE)) continue;
      const auto sent = ::send(socket().impl()->sockfd(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0 && errno != EAGAIN && errno != EINTR) throw Gone{};
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  bool poll(milliseconds time, int mode) {
    return socket().poll(Poco::Timespan(static_cast<Poco::Timespan::TimeDiff>(time.count()) * 1000), mode);
  }

  static std::string write(const Response& response, bool head_only, bool keep_alive) {
    return write_message(response, head_only, keep_alive,
                         Poco::DateTimeFormatter::format(Poco::Timestamp(), Poco::DateTimeFormat::HTTP_FORMAT));
  }

  // Who asks: the peer, or what a proxy of ours put last into X-Forwarded-For.
  void name_source(Request& request) const {
    request.source = peer_;
    if (!state_.settings.trusted_proxies.contains(peer_)) return;
    const std::string forwarded(request.header("x-forwarded-for"));
    const auto comma = forwarded.rfind(',');
    const auto from = forwarded.find_first_not_of(' ', comma == std::string::npos ? 0 : comma + 1);
    if (from != std::string::npos) request.source = forwarded.substr(from);
    request.encrypted = request.header("x-forwarded-proto") == "https";
  }

  // Lets the last answer arrive: closing with unread bytes would make the system break it off.
  void linger() {
    socket().shutdownSend();
    const auto give_up = std::chrono::steady_clock::now() + milliseconds(500);
    while (std::chrono::steady_clock::now() < give_up && poll(milliseconds(50), Poco::Net::Socket::SELECT_READ)) {
      buffer_.clear();
      if (receive_some() == 0) return;
    }
  }

  FrontState& state_;
  std::string peer_;
  std::string buffer_;
  bool first_ = true;
};

class Factory : public Poco::Net::TCPServerConnectionFactory {
 public:
  explicit Factory(FrontState& state) : state_(state) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new Connection(socket, state_);  // TCPServer owns it
  }

 private:
  FrontState& state_;
};

}  // namespace

Poco::Net::TCPServerConnectionFactory::Ptr make_front(FrontState& state) {
  return new Factory(state);
}

}  // namespace hanjari::web
