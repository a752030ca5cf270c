#include "database/driver_error.h"

#include <cppconn/exception.h>
#include <fmt/format.h>

#include <stdexcept>
#include <string_view>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

// "Duplicate entry 'VALUES' for key 'NAME'": the values stay out, the name goes on.
std::string key_of(std::string_view message) {
  const std::size_t end = message.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  const std::size_t begin = message.rfind('\'', end - 1);
  return begin == std::string_view::npos ? std::string{} : std::string(message.substr(begin + 1, end - begin - 1));
}

// "Data too long for column 'NAME' at row 1".
std::string column_of(std::string_view message) {
  const std::size_t begin = message.find("column '");
  if (begin == std::string_view::npos) return {};
  const std::string_view rest = message.substr(begin + 8);
  return std::string(rest.substr(0, rest.find('\'')));
}

// Galera tells a transaction over wsrep_max_ws_size or wsrep_max_ws_rows by 1180 or 1105 like other failures; only the
// words differ: "Maximum writeset size exceeded", "wsrep_max_ws_rows exceeded".
bool tells_of_size(std::string_view message) {
  return message.find("writeset size") != std::string_view::npos || message.find("wsrep_max_ws") != std::string_view::npos ||
         message.find("Message too long") != std::string_view::npos;
}

// "Illegal mix of collations (ascii_bin,IMPLICIT) and (utf8mb4_nopad_bin,COERCIBLE) for operation '='": the second is what
// somebody wrote. Two columns are both IMPLICIT: then a table or a statement of ours is wrong.
bool tells_of_columns(std::string_view message) {
  constexpr std::string_view column = ",IMPLICIT)";
  const std::size_t first = message.find(column);
  return first != std::string_view::npos && message.find(column, first + 1) != std::string_view::npos &&
         message.find("COERCIBLE") == std::string_view::npos;
}

[[noreturn]] void throw_refusing(int code) {
  throw DatabaseUnavailable(
      "database_refusing",
      {fmt::format("the database takes no more connections (error {}); raise max_connections, or the limit of the "
                   "account, or look who holds them",
                   code),
       fmt::format("데이터베이스가 더 이상 접속을 받지 않습니다(오류 {}). max_connections나 계정의 한도를 늘리거나 "
                   "접속을 차지하고 있는 프로그램을 확인하십시오",
                   code)});
}

}  // namespace

DriverError::DriverError(int code, std::string sql_state, std::string_view words)
    : code_(code), what_(fmt::format("database error {} ({})", code, sql_state)) {
  if (code_ == 1062) key_ = key_of(words);
  if (code_ == 1406) key_ = column_of(words);
  if (code_ == 1180 || code_ == 1105) over_limit_ = tells_of_size(words);
  if (code_ == 1267 || code_ == 1270) of_columns_ = tells_of_columns(words);
  // The connector reports some lost links with a text only.
  if (code_ == 0 && words.find("lost") != std::string_view::npos) code_ = 2013;
}

DriverError::DriverError(const sql::SQLException& thrown)
    : DriverError(thrown.getErrorCode(), thrown.getSQLState(), thrown.what()) {}

DriverError of_working_link(const DriverError& error) {
  return error.code() == 2026 ? DriverError(2013, "08S01") : error;
}

DriverError::Kind DriverError::kind() const {
  if (over_limit_) return Kind::too_much;
  if (of_columns_) return Kind::other;
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
    case 1267:
    case 1270:
    case 1271:  // compared with letters that the column cannot hold
      return Kind::refused;
    case 1205:  // lock wait
    case 1213:  // deadlock
      return Kind::busy;
    case 1040:  // too many connections
    case 1203:  // too many of this account
    case 1226:  // a limit of this account
    case 1047:  // Galera: not ready
    case 1053:  // shutdown in progress
    case 1152:
    case 1153:
    case 1158:
    case 1159:
    case 1160:
    case 1161:  // network
    case 1180:  // error during commit: whether it went through is unknown (Galera: the node left the cluster meanwhile)
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
    case 1290:  // prevented by an option: read_only
    case 1792:  // read-only transaction
    case 1836:  // read-only mode
      return Kind::read_only;
    case 3:     // error writing a file
    case 1021:  // disk full
    case 1030:  // error of the storage engine
    case 1114:  // table full
      return Kind::full;
    case 5:     // out of memory
    case 23:    // no file is left to the server
    case 24:
    case 1016:  // cannot open a file
    case 1037:
    case 1038:
    case 1041:  // out of memory
    case 1135:  // cannot create a thread
    case 1105:  // unknown error: what the server says when it cannot say more
      return Kind::broken;
    default:
      return Kind::other;
  }
}

void throw_translated(const DriverError& error) {
  const int code = error.code();
  switch (error.kind()) {
    case DriverError::Kind::duplicate:
      throw AlreadyStored({fmt::format("the database has this already (key {})", error.key()),
                           fmt::format("데이터베이스에 이미 있는 값입니다(키 {})", error.key())});
    case DriverError::Kind::refused:
      if (code == 1406) {
        throw ValueTooLong({fmt::format("a text is longer than the database can hold (column {})", error.key()),
                            fmt::format("데이터베이스에 저장할 수 있는 길이를 넘었습니다(열 {})", error.key())});
      }
      // Ids that we draw are ASCII, and so are their columns: what somebody wrote in other letters is the id of nothing.
      if (code == 1267 || code == 1270 || code == 1271) {
        throw NotFound("nothing_stored", {"Nothing is stored under this. Look at the address or the number again.",
                                          "해당하는 내용이 없습니다. 주소나 번호를 다시 확인하십시오."});
      }
      throw InvalidInput("value_refused", {fmt::format("the database refused a value (error {})", code),
                                           fmt::format("데이터베이스가 값을 거부했습니다(오류 {})", code)});
    case DriverError::Kind::busy:
      throw DatabaseUnavailable("database_busy", {"the database is busy; please try again",
                                                  "데이터베이스가 사용 중입니다. 잠시 후 다시 시도하십시오"});
    case DriverError::Kind::lost:
      if (error.refuses_connections()) throw_refusing(code);
      throw DatabaseLost({fmt::format("the database does not answer (error {}); please try again", code),
                          fmt::format("데이터베이스가 응답하지 않습니다(오류 {}). 잠시 후 다시 시도하십시오", code)});
    case DriverError::Kind::denied:
      throw DatabaseUnavailable(
          "database_denied",
          {fmt::format("the database refused the connection or a right (error {}); check account, password file, "
                       "schema name, certificate and rights",
                       code),
           fmt::format(
               "데이터베이스가 접속 또는 권한을 거부했습니다(오류 {}). 계정, 비밀번호 파일, 스키마 이름, 인증서, "
               "권한을 확인하십시오",
               code)});
    case DriverError::Kind::too_much:
      throw Unavailable(
          "transaction_too_large",
          {fmt::format("the cluster refuses a transaction of this size (error {}); raise wsrep_max_ws_size and "
                       "wsrep_max_ws_rows on all nodes (wsrep_max_ws_rows = 0: no limit), then do it again",
                       code),
           fmt::format("클러스터가 이 크기의 트랜잭션을 거부했습니다(오류 {}). 모든 노드에서 wsrep_max_ws_size와 "
                       "wsrep_max_ws_rows를 늘린 뒤(wsrep_max_ws_rows = 0이면 제한 없음) 다시 하십시오",
                       code)});
    case DriverError::Kind::read_only:
      throw DatabaseUnavailable(
          "database_read_only",
          {fmt::format("the database takes no changes (error {}): read_only is set", code),
           fmt::format("데이터베이스가 변경을 받지 않습니다(오류 {}). read_only가 켜져 있습니다", code)});
    case DriverError::Kind::full:
      throw DatabaseUnavailable(
          "database_full",
          {fmt::format("the database cannot write (error {}); look whether its disk is full", code),
           fmt::format("데이터베이스가 쓸 수 없습니다(오류 {}). 디스크가 가득 찼는지 확인하십시오", code)});
    case DriverError::Kind::broken:
      throw DatabaseUnavailable(
          "database_broken",
          {fmt::format("the database server reports a failure of its own (error {}); look into its error log: full "
                       "disk, damaged table or a node outside of its cluster",
                       code),
           fmt::format(
               "데이터베이스 서버가 자체 오류를 알렸습니다(오류 {}). 서버의 오류 로그에서 디스크 부족, 테이블 손상, "
               "클러스터 이탈 여부를 확인하십시오",
               code)});
    case DriverError::Kind::other:
      break;
  }
  throw std::logic_error(error.what());
}

}  // namespace hanjari::storage
