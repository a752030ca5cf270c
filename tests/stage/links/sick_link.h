// A way to the database's socket that falls ill: answers come late, or nothing gets through.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace hanjari::tests {

class SickLink {
 public:
  // Listens on a socket of its own in `folder` and passes everything on to `server`.
  SickLink(const std::filesystem::path& folder, const std::filesystem::path& server);
  ~SickLink();
  SickLink(const SickLink&) = delete;
  SickLink& operator=(const SickLink&) = delete;

  const std::filesystem::path& socket() const { return socket_; }
  // From now on every statement waits so long before it reaches the server.
  void delay(std::chrono::milliseconds by) { delay_ms_ = by.count(); }
  // Cuts what stands and lets nobody in, as when the server is gone.
  void go_away() { away_ = true; }
  void come_back() { away_ = false; }

 private:
  void accept_all();
  void pass(int client);
  void wait_as_told() const;

  std::filesystem::path socket_;
  std::filesystem::path server_;
  int listening_;
  std::atomic<std::int64_t> delay_ms_{0};
  std::atomic<bool> away_{false};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<std::thread> passing_;
  std::thread accepting_;
};

// The server of a test, stopped in the middle of whatever it does; it goes on with the object's end at the latest.
class HungServer {
 public:
  // `data`: the data folder of its program.
  explicit HungServer(const std::filesystem::path& data);
  ~HungServer();
  HungServer(const HungServer&) = delete;
  HungServer& operator=(const HungServer&) = delete;
  void go_on();

 private:
  pid_t pid_;
};

}  // namespace hanjari::tests
