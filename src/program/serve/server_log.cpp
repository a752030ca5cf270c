#include "program/serve/server_log.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <nlohmann/json.hpp>

namespace hanjari::cli {
namespace {

constexpr std::size_t enough = 32 * 1024;

// A system call for many lines: with thousands of requests a second one for each would cost more than the answers.
class BatchSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit BatchSink(int descriptor) : descriptor_(descriptor) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    gathered_.append(message.payload.begin(), message.payload.end());
    gathered_ += '\n';
    if (gathered_.size() >= enough) flush_();
  }
  void flush_() override {
    std::string_view rest = gathered_;
    while (!rest.empty()) {
      const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) break;  // nobody reads; the service goes on
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    gathered_.clear();
  }

 private:
  int descriptor_;
  std::string gathered_;
};

spdlog::level::level_enum level_of(LogLevel level) {
  constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
  return levels.at(static_cast<std::size_t>(level));
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view word) {
  for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
    if (word == spell(level)) return level;
  }
  return std::nullopt;
}

std::string_view spell(LogLevel level) {
  constexpr std::array<std::string_view, 4> words{"debug", "info", "warning", "error"};
  return words.at(static_cast<std::size_t>(level));
}

std::optional<LogRequests> parse_log_requests(std::string_view word) {
  if (word == "all") return LogRequests::all;
  if (word == "errors") return LogRequests::errors;
  if (word == "none") return LogRequests::none;
  return std::nullopt;
}

std::string detail_of(const Error& error) {
  const auto* unavailable = dynamic_cast<const Unavailable*>(&error);
  return unavailable == nullptr ? std::string() : unavailable->message().en;
}

struct ServerLog::State {
  explicit State(int descriptor) : logger("hanjari", std::make_shared<BatchSink>(descriptor)) {
    logger.flush_on(spdlog::level::err);
  }
  spdlog::logger logger;
  std::atomic<LogRequests> requests{LogRequests::all};
};

ServerLog::ServerLog(int descriptor) : state_(std::make_unique<State>(descriptor)) {}

ServerLog::~ServerLog() {
  flush();
}

void ServerLog::set(LogLevel least, LogRequests requests) {
  state_->logger.set_level(level_of(least));
  state_->requests = requests;
}

void ServerLog::write(const LogEvent& event, Fields fields) {
  if (!state_->logger.should_log(level_of(event.level))) return;
  nlohmann::ordered_json line{
      {"at", format_instant(system_clock().now())}, {"level", spell(event.level)}, {"event", event.name}};
  for (const auto& [name, value] : fields) line[std::string(name)] = value;
  const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  state_->logger.log(level_of(event.level), spdlog::string_view_t(text));
}

void ServerLog::write(const web::AccessEntry& entry) {
  const bool failed = entry.status >= 500;
  const LogRequests wanted = state_->requests.load(std::memory_order_relaxed);
  if (wanted == LogRequests::none || (wanted == LogRequests::errors && !failed)) return;
  const auto level = failed ? spdlog::level::err : spdlog::level::info;
  if (!state_->logger.should_log(level)) return;
  const std::string line = web::format_access_entry(entry);
  state_->logger.log(level, spdlog::string_view_t(line));
}

void ServerLog::flush() {
  state_->logger.flush();
}

}  // namespace hanjari::cli
