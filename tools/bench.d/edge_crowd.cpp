// edge_crowd PORT CONNECTIONS SECONDS PATH: holds so many connections that send a byte of a request every three seconds
// and come again when they are closed; meanwhile other readers ask in an ordinary way, and how they fare is printed.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

int connect_to(int port, bool at_once) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | (at_once ? SOCK_NONBLOCK : 0), 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 &&
      errno != EINPROGRESS) {
    ::close(socket);
    return -1;
  }
  return socket;
}

struct Slow {
  int socket = -1;
  std::size_t sent = 0;
};

// One turn of three seconds over all of them, in even steps.
void drip(int port, std::size_t count, const std::atomic<bool>& over, std::atomic<std::size_t>& open,
          std::atomic<std::size_t>& again) {
  const std::string request = "GET /ko HTTP/1.1\r\nHost: x\r\nX-Slow: " + std::string(1'000, 'a');
  std::vector<Slow> crowd(count);
  constexpr std::size_t steps = 300;
  for (std::size_t turn = 0; !over; ++turn) {
    const auto begin = Clock::now();
    for (std::size_t step = 0; step < steps && !over; ++step) {
      for (std::size_t at = step * count / steps; at < (step + 1) * count / steps; ++at) {
        Slow& slow = crowd[at];
        char answer[2'048];
        if (slow.socket >= 0) {
          const ssize_t read = ::recv(slow.socket, answer, sizeof answer, MSG_DONTWAIT);
          const bool closed = read >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
          if (closed ||
              ::send(slow.socket, &request[slow.sent++ % request.size()], 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
            ::close(slow.socket);
            slow = {};
            --open;
            ++again;
          }
        }
        if (slow.socket < 0) {
          slow.socket = connect_to(port, true);
          if (slow.socket >= 0) ++open;
        }
      }
      std::this_thread::sleep_until(begin + std::chrono::milliseconds(10 * (step + 1)));
    }
  }
  for (const Slow& slow : crowd) {
    if (slow.socket >= 0) ::close(slow.socket);
  }
}

bool ask(int socket, const std::string& request) {
  if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) return false;
  std::string answer;
  char bytes[16'384];
  while (true) {
    const ssize_t count = ::recv(socket, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    answer.append(bytes, static_cast<std::size_t>(count));
    const auto end = answer.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    const auto length = answer.find("Content-Length: ");
    if (length == std::string::npos || length > end) return false;
    if (answer.size() >= end + 4 + std::strtoul(answer.c_str() + length + 16, nullptr, 10))
      return answer.starts_with("HTTP/1.1 200");
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: edge_crowd PORT CONNECTIONS SECONDS PATH\n");
    return 64;
  }
  const int port = std::atoi(argv[1]);
  const auto count = static_cast<std::size_t>(std::atol(argv[2]));
  const int seconds = std::atoi(argv[3]);
  const std::string path = argv[4];
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);

  std::atomic<bool> over{false};
  std::atomic<std::size_t> open{0};
  std::atomic<std::size_t> again{0};
  std::thread dripping(drip, port, count, std::cref(over), std::ref(open), std::ref(again));
  while (open < count) std::this_thread::sleep_for(std::chrono::milliseconds(100));

  // Ten readers, 20 requests a second each, every tenth over a new connection.
  std::vector<std::vector<double>> taken(10);
  std::atomic<std::size_t> failed{0};
  std::vector<std::thread> readers;
  const auto end = Clock::now() + std::chrono::seconds(seconds);
  for (auto& own : taken) {
    readers.emplace_back([&] {
      int socket = -1;
      for (std::size_t number = 0; Clock::now() < end; ++number) {
        const auto begin = Clock::now();
        if (number % 10 == 0 || socket < 0) {
          if (socket >= 0) ::close(socket);
          socket = connect_to(port, false);
        }
        if (socket >= 0 && ask(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
          own.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        } else {
          ++failed;
          if (socket >= 0) ::close(socket);
          socket = -1;
        }
        std::this_thread::sleep_until(begin + std::chrono::milliseconds(50));
      }
      if (socket >= 0) ::close(socket);
    });
  }
  std::size_t fewest = open;
  while (Clock::now() < end) {
    fewest = std::min(fewest, open.load());
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  for (std::thread& reader : readers) reader.join();
  over = true;
  dripping.join();
  std::vector<double> all;
  for (const auto& own : taken) all.insert(all.end(), own.begin(), own.end());
  std::sort(all.begin(), all.end());
  const double asked = static_cast<double>(all.size() + failed);
  const auto at = [&](double share) {
    return all.empty() ? 0.0 : all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
  };
  std::printf(
      "slow connections: %zu (at least %zu open at any time, %zu told 408 and back); requests: %.0f, answered %.3f %%, "
      "p50 %.1f ms, p99 %.1f ms, max %.1f ms\n",
      count, fewest, again.load(), asked, 100.0 * static_cast<double>(all.size()) / asked, at(0.5), at(0.99), at(1.0));
  return 0;
}
