#include "database/server/server_check.h"

#include <fmt/format.h>

#include <charconv>

#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

bool is_known_server(const std::string& version) {
  int major = 0;
  int minor = 0;
  const char* end = version.data() + version.size();
  const auto [dot, error] = std::from_chars(version.data(), end, major);
  if (error != std::errc{} || dot == end) return false;
  std::from_chars(dot + 1, end, minor);
  return version.find("MariaDB") != std::string::npos && (major > 10 || (major == 10 && minor >= 11));
}

}  // namespace

void check_server(Connection& connection) {
  Rows rows = connection.select("SELECT @@version, @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog");
  rows.next();
  const std::string version = rows.text();
  const std::int64_t flush = rows.integer();
  const bool binary_log = rows.integer() != 0;
  const std::int64_t sync_binlog = rows.integer();
  if (!is_known_server(version)) {
    throw Unavailable("wrong_server", {fmt::format("the server is {}; MariaDB 10.11 or newer is needed", version),
                                       fmt::format("서버가 {}입니다. MariaDB 10.11 이상이 필요합니다", version)});
  }
  if (flush != 1 || (binary_log && sync_binlog != 1)) {
    const std::string settings = fmt::format("innodb_flush_log_at_trx_commit = {}{}", flush,
                                             binary_log ? fmt::format(", sync_binlog = {}", sync_binlog) : "");
    throw Unavailable("unsafe_durability",
                      {fmt::format("the database server may lose what it acknowledged ({}); set "
                                   "innodb_flush_log_at_trx_commit = 1 and sync_binlog = 1",
                                   settings),
                       fmt::format("데이터베이스 서버가 저장했다고 답한 것을 잃을 수 있습니다({}). "
                                   "innodb_flush_log_at_trx_commit = 1, sync_binlog = 1로 설정하십시오",
                                   settings)});
  }
}

}  // namespace hanjari::storage
