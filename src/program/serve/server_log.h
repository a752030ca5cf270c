// What a running server writes: one JSON object a line on standard output, in batches. Which lines are written can be
// changed while it runs.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/site/edge.h"

namespace hanjari::cli {

enum class LogLevel { debug, info, warning, error };
// Nothing for an unknown word.
std::optional<LogLevel> parse_log_level(std::string_view word);
std::string_view spell(LogLevel level);

// Which requests are written: every one, those that ended in an error of ours (status 500 and above), none.
enum class LogRequests { all, errors, none };
std::optional<LogRequests> parse_log_requests(std::string_view word);

// An event with its level; docs/operations.md says of each what to do.
struct LogEvent {
  std::string_view name;
  LogLevel level;
};

namespace events {
constexpr LogEvent started{"started", LogLevel::info};
constexpr LogEvent ready{"ready", LogLevel::info};
constexpr LogEvent stopping{"stopping", LogLevel::info};
constexpr LogEvent stopped{"stopped", LogLevel::info};
constexpr LogEvent log_changed{"log_changed", LogLevel::warning};
constexpr LogEvent configuration_refused{"configuration_refused", LogLevel::error};
constexpr LogEvent tls_reloaded{"tls_reloaded", LogLevel::info};
constexpr LogEvent tls_refused{"tls_refused", LogLevel::error};
constexpr LogEvent audit_anchor{"audit_anchor", LogLevel::info};
constexpr LogEvent audit_anchor_failed{"audit_anchor_failed", LogLevel::error};
constexpr LogEvent exam_destroyed{"exam_destroyed", LogLevel::warning};
constexpr LogEvent upkeep_failed{"upkeep_failed", LogLevel::error};
constexpr LogEvent keys_not_current{"keys_not_current", LogLevel::error};
constexpr LogEvent keys_current{"keys_current", LogLevel::info};
constexpr LogEvent office_key_refused{"office_key_refused", LogLevel::error};
constexpr LogEvent seats_told{"seats_told", LogLevel::info};
constexpr LogEvent release_told{"release_told", LogLevel::info};
constexpr LogEvent holds_told{"holds_told", LogLevel::info};
constexpr LogEvent periodic_work_failed{"periodic_work_failed", LogLevel::error};
constexpr LogEvent unsent_told{"unsent_told", LogLevel::info};
constexpr LogEvent moved_days_told{"moved_days_told", LogLevel::info};
constexpr LogEvent jobs_failed{"jobs_failed", LogLevel::error};
}  // namespace events

// What a line says of an error beside its code: the words of Unavailable, which are written for operators. Those of the
// others are written for who asked, and may repeat what somebody typed or what a row holds.
std::string detail_of(const Error& error);

class ServerLog {
 public:
  using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

  // Writes to this descriptor, which stays open.
  explicit ServerLog(int descriptor);
  ~ServerLog();
  void set(LogLevel least, LogRequests requests);
  void write(const LogEvent& event, Fields fields = {});
  void write(const web::AccessEntry& entry);
  // What has been written so far goes out; also done when much has gathered and after every error.
  void flush();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hanjari::cli
