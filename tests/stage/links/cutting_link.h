// A way to the database's socket that can be cut at the worst moment: after a commit went through and before its answer
// was heard.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "stage/test_database.h"

namespace hanjari::tests {

class CuttingLink {
 public:
  // Listens on a socket of its own in `folder` and passes everything on to `server`.
  CuttingLink(const std::filesystem::path& folder, const std::filesystem::path& server);
  ~CuttingLink();
  CuttingLink(const CuttingLink&) = delete;
  CuttingLink& operator=(const CuttingLink&) = delete;

  const std::filesystem::path& socket() const { return socket_; }
  // The answers to the next `count` COMMITs are not passed on; their connections end instead.
  void swallow_commits(int count) { to_swallow_ = count; }
  int swallowed() const { return swallowed_; }

 private:
  void accept_all();
  void pass(int client);

  std::filesystem::path socket_;
  std::filesystem::path server_;
  int listening_;
  std::atomic<int> to_swallow_{0};
  std::atomic<int> swallowed_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<std::thread> passing_;
  std::thread accepting_;
};

// The settings of another program that works with the test's server.
storage::DatabaseSettings beside(const TestDatabase& database, const std::filesystem::path& socket);

}  // namespace hanjari::tests
