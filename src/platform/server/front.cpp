#include "server/front.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "server/connection.h"
#include "server/shares.h"
#include "site/metrics.h"

namespace hanjari::web {
namespace {

using std::chrono::milliseconds;

constexpr int events_at_once = 512;
constexpr int accepts_at_once = 64;
constexpr std::size_t no_bound = std::numeric_limits<std::size_t>::max();
// Deadlines are looked after this often.
constexpr milliseconds between_sweeps{50};

std::string write_peer(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
  } else if (address.ss_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text.data(), text.size());
  }
  const std::string peer = text.data();
  // An IPv4 client over an IPv6 socket.
  return peer.starts_with("::ffff:") && peer.find('.') != std::string::npos ? peer.substr(7) : peer;
}

// A thread with an epoll of its own, edge-triggered: sockets are registered once, for everything.
class EventLoop {
 public:
  EventLoop(FrontState& state, int listening_socket)
      : state_(state), listening_(listening_socket), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0 || !add(listening_, EPOLLIN | EPOLLEXCLUSIVE, &listening_) ||
        !add(inbox_.descriptor(), EPOLLIN, &inbox_)) {
      const int reason = errno;
      if (epoll_ >= 0) ::close(epoll_);
      throw Unavailable("cannot_listen",
                        {fmt::format("the system gives no event queue: {}", std::strerror(reason)),
                         fmt::format("시스템이 이벤트 대기열을 주지 않습니다: {}", std::strerror(reason))});
    }
    ++state_.listening;
    thread_ = std::thread([this] { run(); });
  }
  ~EventLoop() {
    // An end without begin_stop() closes the listening socket too.
    begin_stop(milliseconds(0));
    ended_ = true;
    inbox_.knock();
    if (thread_.joinable()) thread_.join();
    ::close(epoll_);
  }
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  void begin_stop(milliseconds timeout) {
    if (!stopping_) timeout_ = timeout;  // read by the loop only after the flag
    stopping_ = true;
    inbox_.knock();
  }
  bool is_empty() const { return empty_; }

 private:
  bool add(int descriptor, std::uint32_t events, void* what) const {
    epoll_event event{};
    event.events = events;
    event.data.ptr = what;
    return ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) == 0;
  }

  void run() {
    std::array<epoll_event, events_at_once> events{};
    Moment last_sweep = std::chrono::steady_clock::now();
    while (!ended_ || !told_to_stop_) {
      const int wait = !again_.empty() ? 0 : connections_.empty() ? 1'000 : static_cast<int>(between_sweeps.count());
      const int count = ::epoll_wait(epoll_, events.data(), events_at_once, wait);
      const Moment now = std::chrono::steady_clock::now();
      for (int at = 0; at < count; ++at) {
        const epoll_event& event = events[static_cast<std::size_t>(at)];
        if (event.data.ptr == &listening_) {
          whatever_happens([&] { accept_some(); });
        } else if (event.data.ptr != &inbox_) {
          auto* connection = static_cast<Connection*>(event.data.ptr);
          const bool hung_up = (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
          advance(connection, [&] { return connection->wake(hung_up, now); });
        }
      }
      whatever_happens([&] { take_answers(now); });
      whatever_happens([&] { go_on(now); });
      if (stopping_ && !told_to_stop_) stop_listening(now);
      if (now - last_sweep >= between_sweeps) {
        whatever_happens([&] { sweep(now); });
        last_sweep = now;
      }
      remove_closed();
      empty_ = told_to_stop_ && connections_.empty();
    }
  }

  // An exception that left this thread would end the program. What is left undone then (no memory for a list) is done by
  // the next sweep, which looks at every connection.
  template <class Work>
  static void whatever_happens(Work work) noexcept {
    try {
      work();
    } catch (...) {
    }
  }

  // What goes wrong with one connection ends that connection, and nothing else.
  template <class Step>
  void advance(Connection* connection, Step step) noexcept {
    whatever_happens([&] {
      try {
        settle(connection, step());
      } catch (...) {
        connection->give_up();
        if (connection->is_over()) dead_.push_back(connection);
      }
    });
  }

  // How many came; as many as may at once when there are more.
  int accept_some() {
    for (int turn = 0; turn < accepts_at_once; ++turn) {
      sockaddr_storage address{};
      socklen_t size = sizeof address;
      const int socket =
          ::accept4(listening_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (socket < 0) {
        if (errno == EMFILE || errno == ENFILE) {  // no file is left for whoever knocks: not to spin until one is
          sweep(std::chrono::steady_clock::now());
          std::this_thread::sleep_for(milliseconds(1));
        }
        return turn;
      }
      const int one = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      if (state_.open >= state_.settings.connections) {
        turn_away(socket);
        continue;
      }
      auto transport = own(socket);
      const std::string peer = write_peer(address);
      // A proxy comes for many, who are told apart by what it says of them.
      auto place = std::make_unique<SourcePlace>(state_.sources);
      if (!state_.proxies.contains(peer) && !place->take(peer, state_.settings.connections_of_source)) {
        say_full(socket, "source_full");
        continue;
      }
      auto connection =
          std::make_unique<Connection>(state_, inbox_, std::move(transport), peer, std::move(place));
      Connection* const made = connection.get();
      connections_.emplace(made, std::move(connection));
      if (told_to_stop_) made->stop(std::chrono::steady_clock::now(), timeout_);
      // Without memory or watches in the system nothing would ever be heard of it: it ends at once.
      if (!add(socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, made)) {
        made->give_up();
        dead_.push_back(made);
      }
    }
    return accepts_at_once;
  }

  // Without memory for its owner nobody would ever close the socket.
  std::unique_ptr<Transport> own(int socket) {
    try {
      return std::make_unique<Transport>(socket, state_.tls());
    } catch (...) {
      ::close(socket);
      throw;
    }
  }

  // More connections than there may be: an honest word instead of silence.
  void turn_away(int socket) {
    const Transport closes_it(socket, nullptr);
    say_full(socket, "full");
  }

  void say_full(int socket, std::string_view because) {
    state_.edge.site().metrics().connection_opened(state_.listener);
    if (!state_.tls()) {
      const Response refusal = state_.edge.refuse(
          state_.listener, 503, "busy", {"Too many people are here at the moment.", "지금 이용이 몰리고 있습니다."});
      const std::string message = write_head(refusal, {}, After::close) + refusal.body;
      [[maybe_unused]] const auto sent = ::send(socket, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      ::shutdown(socket, SHUT_WR);
    }
    state_.edge.site().metrics().connection_closed(state_.listener, because);
  }

  void settle(Connection* connection, bool more) {
    if (more) again_.push_back(connection);
    if (connection->is_over()) dead_.push_back(connection);
  }

  void take_answers(Moment now) {
    for (Inbox::Made& made : inbox_.take())
      advance(made.connection, [&] { return made.connection->finish(std::move(made), now); });
  }

  void go_on(Moment now) {
    const auto waiting = std::exchange(again_, {});
    for (Connection* connection : waiting) advance(connection, [&] { return connection->advance(now); });
  }

  void sweep(Moment now) {
    for (auto& [connection, owned] : connections_) {
      Connection* const one = connection;
      advance(one, [&] { return one->check_time(now); });
    }
  }

  // What has been accepted by the system counts as accepted.
  void stop_listening(Moment now) {
    told_to_stop_ = true;
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, listening_, nullptr);
    accept_all();
    // Closed at once by the last of the loops: whoever comes now is told so, and not left waiting in a queue that nobody
    // looks at.
    if (--state_.listening == 0) {
      accept_all();
      ::close(listening_);
    }
    for (auto& [connection, owned] : connections_) {
      Connection* const one = connection;
      advance(one, [&] {
        one->stop(now, timeout_);
        return false;
      });
    }
  }

  void accept_all() noexcept {
    whatever_happens([&] {
      while (accept_some() == accepts_at_once) {
      }
    });
  }

  // Only here connections vanish, so that nothing before it in a round points to one that is gone. Closing the socket
  // is not enough: a child process between fork and exec holds it too, and its events would go on coming.
  void remove_closed() {
    for (Connection* connection : dead_) {
      const auto found = connections_.find(connection);
      if (found == connections_.end()) continue;
      std::erase(again_, connection);
      ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection->socket(), nullptr);
      connections_.erase(found);
    }
    dead_.clear();
  }

  FrontState& state_;
  int listening_;
  int epoll_;
  Inbox inbox_;
  std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> again_;
  std::vector<Connection*> dead_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> ended_{false};
  std::atomic<bool> empty_{false};
  milliseconds timeout_{0};
  bool told_to_stop_ = false;
  std::thread thread_;
};

}  // namespace

FrontState::FrontState(Edge& its_edge, Listener its_listener, const ServerSettings& its_settings)
    : edge(its_edge),
      listener(its_listener),
      settings(its_settings),
      proxies(its_settings.trusted_proxies),
      head_limits{its_settings.header_bytes, its_settings.target_bytes, its_settings.header_fields} {
  bodies.most = settings.held_bytes;
  bodies.most_of_source = settings.held_bytes_of_source;
  bodies.most_of_account = settings.held_bytes_of_account;
  const bool office = listener == Listener::office;
  answers.most = office ? no_bound : settings.waiting_bytes;
  answers.most_of_source = office ? no_bound : settings.waiting_bytes_of_source;
  answers.most_of_account = office ? settings.waiting_bytes_of_account : no_bound;
  constexpr int operations_workers = 2;
  const int threads = listener == Listener::operations ? operations_workers : settings.workers;
  workers = std::make_unique<WorkerPool>(threads, settings.queue, settings.queue_deadline, [this](std::size_t waiting) {
    edge.site().metrics().waiting(listener, waiting);
  });
}

std::shared_ptr<SSL_CTX> FrontState::tls() {
  const std::lock_guard lock(tls_mutex_);
  return tls_;
}

void FrontState::set_tls(std::shared_ptr<SSL_CTX> context) {
  const std::lock_guard lock(tls_mutex_);
  tls_ = std::move(context);
}

struct Front::Parts {
  FrontState& state;
  std::vector<std::unique_ptr<EventLoop>> loops;
};

Front::Front(FrontState& state, int listening_socket, int loops) : parts_(std::make_unique<Parts>(Parts{state, {}})) {
  for (int count = 0; count < loops; ++count)
    parts_->loops.push_back(std::make_unique<EventLoop>(state, listening_socket));
}

Front::~Front() {
  begin_stop(milliseconds(0));
  finish_stop(std::chrono::steady_clock::now());
}

void Front::begin_stop(milliseconds timeout) {
  for (auto& loop : parts_->loops) loop->begin_stop(timeout);
}

void Front::finish_stop(std::chrono::steady_clock::time_point give_up) {
  const auto all_empty = [&] {
    return std::all_of(parts_->loops.begin(), parts_->loops.end(), [](const auto& loop) { return loop->is_empty(); });
  };
  while (!all_empty() && std::chrono::steady_clock::now() < give_up) std::this_thread::sleep_for(milliseconds(5));
  parts_->state.workers->finish();  // a handler that runs still knows its connection
  parts_->loops.clear();
}

}  // namespace hanjari::web
