// Keeps the key file of a running program in step with the database: takes the next master key before it is used, drops
// earlier ones when nothing is wrapped by them any more, and tells the other programs what it has.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "hanjari/database/settings.h"
#include "vault/data_keys.h"
#include "vault/key_registry.h"

namespace hanjari::storage {

std::filesystem::path key_file_of(const DatabaseSettings& settings);
KeyRing load_ring(const DatabaseSettings& settings);

// Called after each step that outlives the program, with its name; tests end the program there.
using AfterStep = std::function<void(const std::string&)>;

// The problem of a program that has an earlier master key in HANJARI_KEYS.
constexpr const char* in_environment = "earlier_key_in_environment";

// Brings the key file in step: takes the prepared key, or drops earlier ones when none is prepared and nothing needs
// them. Returns what the file then holds; a failure stands in `problem`. `none_under_masters` keeps from look to look
// that no value is sealed with a master key itself, which is dear to find and stays so. Throws DriverError.
LivingProgram hold_keys(Connection& connection, const DatabaseSettings& settings, const NamedKey& current,
                        const std::optional<PreparedKey>& prepared, bool& none_under_masters,
                        const AfterStep& after_step);

// Whether the master keys before the current one open nothing any more that is in the database.
bool nothing_needs_earlier_masters(Connection& connection, const KeyRing& ring, const NamedKey& current,
                                   bool& none_under_masters);

// Whether a value of an earlier version is still sealed with a master key itself.
bool has_values_under_masters(Connection& connection);

class KeyKeeper {
 public:
  // How long a program that is not heard of counts as alive, and how often it tells that it lives.
  static constexpr std::chrono::milliseconds life{60'000};
  static constexpr std::chrono::milliseconds between_signs{10'000};

  KeyKeeper(DatabaseSettings settings, DataKeys::Open open, std::shared_ptr<const DataKeys> data_keys,
            AfterStep after_step = {});
  ~KeyKeeper();
  KeyKeeper(const KeyKeeper&) = delete;
  KeyKeeper& operator=(const KeyKeeper&) = delete;

  // Looks once; throws the program's errors.
  void look();
  // Looks as often as the settings say, in a thread of its own, until the end.
  void start();

 private:
  void look_on(Connection& connection);
  void run();

  DatabaseSettings settings_;
  DataKeys::Open open_;
  std::shared_ptr<const DataKeys> data_keys_;
  AfterStep after_step_;
  std::string id_;
  std::string process_;
  std::string place_;
  std::unique_ptr<Connection> connection_;
  std::optional<LivingProgram> told_;
  std::optional<std::chrono::steady_clock::time_point> told_at_;
  bool none_under_masters_ = false;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hanjari::storage
