#include "database/driver_error.h"

#include <cppconn/exception.h>
#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

// "Duplicate entry 'VALUES' for key 'NAME'": the values stay out, the name goes on.
std::string key_of(std::string_view message) {
  const std::size_t end = message.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  const std::size_t begin = message.rfind('\'', end - 1);
  return begin == std::string_view::npos ? std::string{} : std::string(message.substr(begin + 1, end - begin - 1));
}

}  // namespace

DriverError::DriverError(int code, std::string sql_state)
    : code_(code), what_(fmt::format("database error {} ({})", code, sql_state)) {}

DriverError::DriverError(const sql::SQLException& thrown) : DriverError(thrown.getErrorCode(), thrown.getSQLState()) {
  if (code_ == 1062) key_ = key_of(thrown.what());
  // The connector reports some lost links with a text only.
  if (code_ == 0 && std::string_view(thrown.what()).find("lost") != std::string_view::npos) code_ = 2013;
}

DriverError::Kind DriverError::kind() const {
  switch (code_) {
    case 1062:  // ER_DUP_ENTRY
    case 1586:  // ER_DUP_ENTRY_WITH_KEY_NAME
      return Kind::duplicate;
    case 4025:  // ER_CONSTRAINT_FAILED
    case 1048:  // ER_BAD_NULL_ERROR
    case 1216:
    case 1217:
    case 1451:
    case 1452:  // foreign keys
    case 1264:  // out of range
    case 1265:  // data truncated
    case 1292:  // incorrect value
    case 1366:  // incorrect string value
    case 1406:  // data too long
      return Kind::refused;
    case 1205:  // lock wait
    case 1213:  // deadlock
      return Kind::busy;
    case 1040:  // too many connections
    case 1047:  // Galera: not ready
    case 1053:  // shutdown in progress
    case 1152:
    case 1153:
    case 1158:
    case 1159:
    case 1160:
    case 1161:  // network
    case 1317:  // query interrupted
    case 1927:  // connection was killed
    case 1969:  // max_statement_time
    case 2002:
    case 2003:
    case 2006:
    case 2013:
    case 2055:
      return Kind::lost;
    case 1044:
    case 1045:
    case 1049:
    case 1142:
    case 1227:
    case 1698:
    case 2026:  // TLS
      return Kind::denied;
    default:
      return Kind::other;
  }
}

void throw_translated(const DriverError& error) {
  const int code = error.code();
  switch (error.kind()) {
    case DriverError::Kind::duplicate:
      throw Conflict("already_stored", {fmt::format("the database has this already (key {})", error.key()),
                                        fmt::format("데이터베이스에 이미 있는 값입니다(키 {})", error.key())});
    case DriverError::Kind::refused:
      throw InvalidInput("value_refused", {fmt::format("the database refused a value (error {})", code),
                                           fmt::format("데이터베이스가 값을 거부했습니다(오류 {})", code)});
    case DriverError::Kind::busy:
      throw Unavailable("database_busy", {"the database is busy; please try again",
                                          "데이터베이스가 사용 중입니다. 잠시 후 다시 시도하십시오"});
    case DriverError::Kind::lost:
      throw Unavailable("database_lost",
                        {fmt::format("the database does not answer (error {}); please try again", code),
                         fmt::format("데이터베이스가 응답하지 않습니다(오류 {}). 잠시 후 다시 시도하십시오", code)});
    case DriverError::Kind::denied:
      throw Unavailable(
          "database_denied",
          {fmt::format("the database refused the connection or a right (error {}); check account, password file, "
                       "schema name, certificate and rights",
                       code),
           fmt::format(
               "데이터베이스가 접속 또는 권한을 거부했습니다(오류 {}). 계정, 비밀번호 파일, 스키마 이름, 인증서, "
               "권한을 확인하십시오",
               code)});
    case DriverError::Kind::other:
      break;
  }
  throw std::logic_error(error.what());
}

}  // namespace hanjari::storage
