// Who changes the keys of a database: one program at a time, on whatever machine. The lock is a row of the database that
// is held for a time and renewed, so that it outlives neither its program nor a machine that is cut off.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "database/connection.h"

namespace hanjari::storage {

class KeyLease {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  // How long the row is held at most after its holder was last heard of.
  static constexpr std::chrono::milliseconds held_for{60'000};

  // Throws Conflict (rotation_running) while another program holds it, DriverError.
  explicit KeyLease(Open open);
  ~KeyLease();
  KeyLease(const KeyLease&) = delete;
  KeyLease& operator=(const KeyLease&) = delete;

  // Holds the row until the end of the transaction in which it is called; throws Conflict (rotation_running) when the
  // lease was lost, so that the transaction changes nothing.
  void hold(Connection& connection) const;

 private:
  void claim(Connection& connection);
  void renew();

  Open open_;
  std::string holder_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hanjari::storage
