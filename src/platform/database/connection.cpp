#include "database/connection.h"

#include <cppconn/connection.h>
#include <cppconn/datatype.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_driver.h>
#include <sodium.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include "database/driver_error.h"

namespace hanjari::storage {
namespace {

template <class Call>
auto opening(Call call) {
  try {
    return call();
  } catch (const sql::SQLException& exception) {
    throw DriverError(exception);
  }
}

// Every call of the connector on a connection that stands goes through here.
template <class Call>
auto translated(Call call) {
  try {
    return call();
  } catch (const sql::SQLException& exception) {
    throw of_working_link(DriverError(exception));
  }
}

sql::Driver& driver() {
  // get_mysql_driver_instance is not safe to call for the first time from two threads.
  static sql::Driver* const instance = sql::mysql::get_mysql_driver_instance();
  return *instance;
}

std::uint32_t next_number() {
  static std::atomic<std::uint32_t> next{randombytes_random()};
  return next.fetch_add(1);
}

sql::ConnectOptionsMap options_of(const ConnectTo& to) {
  sql::ConnectOptionsMap options;
  if (to.socket.empty()) {
    options["hostName"] = sql::SQLString(to.host);
    options["port"] = to.port;
  } else {
    options["hostName"] = sql::SQLString("unix://" + to.socket);
  }
  options["userName"] = sql::SQLString(to.user);
  options["password"] = sql::SQLString(to.password);
  if (!to.schema.empty()) options["schema"] = sql::SQLString(to.schema);
  options["OPT_CHARSET_NAME"] = sql::SQLString("utf8mb4");
  options["OPT_CONNECT_TIMEOUT"] = to.connect_seconds;
  options["OPT_READ_TIMEOUT"] = to.answer_seconds;
  options["OPT_WRITE_TIMEOUT"] = to.answer_seconds;
  // On by default: a server could ask for any file this program may read.
  options["OPT_LOCAL_INFILE"] = 0;
  options["CLIENT_FOUND_ROWS"] = true;
  if (!to.tls_ca.empty()) {
    // OPT_SSL_MODE does not do what it says in this connector.
    options["sslEnforce"] = true;
    options["sslVerify"] = true;
    options["sslCA"] = sql::SQLString(to.tls_ca);
  }
  return options;
}

constexpr const char* session_settings =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
    "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 10, "
    "foreign_key_checks = 1, unique_checks = 1, check_constraint_checks = 1, character_set_client = utf8mb4, "
    "character_set_results = utf8mb4, collation_connection = utf8mb4_nopad_bin";

}  // namespace

Rows::Rows(std::unique_ptr<sql::ResultSet> rows) : rows_(std::move(rows)) {}
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;

bool Rows::next() {
  column_ = 0;
  return translated([&] { return rows_->next(); });
}

std::string Rows::text() {
  return translated([&] { return rows_->getString(++column_).asStdString(); });
}

std::int64_t Rows::integer() {
  return translated([&] { return rows_->getInt64(++column_); });
}

double Rows::real() {
  return translated([&] { return static_cast<double>(rows_->getDouble(++column_)); });
}

std::optional<std::string> Rows::maybe_text() {
  return translated([&]() -> std::optional<std::string> {
    if (rows_->isNull(++column_)) return std::nullopt;
    return rows_->getString(column_).asStdString();
  });
}

std::optional<std::int64_t> Rows::maybe_integer() {
  return translated([&]() -> std::optional<std::int64_t> {
    if (rows_->isNull(++column_)) return std::nullopt;
    return rows_->getInt64(column_);
  });
}

std::optional<double> Rows::maybe_real() {
  return translated([&]() -> std::optional<double> {
    if (rows_->isNull(++column_)) return std::nullopt;
    return static_cast<double>(rows_->getDouble(column_));
  });
}

Statement::Statement(std::unique_ptr<sql::PreparedStatement> prepared) : prepared_(std::move(prepared)) {}
Statement::~Statement() = default;
Statement::Statement(Statement&&) noexcept = default;

Statement& Statement::bind(std::string_view text) {
  translated([&] { prepared_->setString(++bound_, sql::SQLString(text.data(), text.size())); });
  return *this;
}

Statement& Statement::bind(std::int64_t value) {
  translated([&] { prepared_->setInt64(++bound_, value); });
  return *this;
}

Statement& Statement::bind(double value) {
  translated([&] { prepared_->setDouble(++bound_, value); });
  return *this;
}

Statement& Statement::bind(std::nullopt_t) {
  translated([&] { prepared_->setNull(++bound_, sql::DataType::SQLNULL); });
  return *this;
}

std::uint64_t Statement::change() {
  bound_ = 0;
  return translated([&] { return static_cast<std::uint64_t>(prepared_->executeUpdate()); });
}

Rows Statement::select() {
  bound_ = 0;
  return translated([&] { return Rows(std::unique_ptr<sql::ResultSet>(prepared_->executeQuery())); });
}

Connection::Connection(const ConnectTo& to) : number_(next_number()) {
  static std::timed_mutex once_at_a_time;  // the driver's own set-up is shared by all connections
  opening([&] {
    sql::ConnectOptionsMap options = options_of(to);
    // Behind others that ask a server which does not answer: each of them waits as long as this one would.
    const std::unique_lock lock(once_at_a_time, std::chrono::seconds(to.connect_seconds));
    if (!lock) throw DriverError(2013, "08S01");
    driver_.reset(driver().connect(options));
  });
  execute(session_settings);
  if (!to.tls_ca.empty()) {
    Rows cipher =
        select("SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'SSL_CIPHER'");
    if (!cipher.next() || cipher.text().empty()) throw DriverError(2026, "08S01");
  }
}

Connection::~Connection() {
  statements_.clear();
}

void Connection::execute(const std::string& statement) {
  translated([&] {
    const std::unique_ptr<sql::Statement> direct(driver_->createStatement());
    direct->execute(statement);
  });
}

Statement& Connection::statement(const std::string& text) {
  const auto found = statements_.find(text);
  if (found != statements_.end()) return found->second.restart();
  return statements_.emplace(text, prepare(text)).first->second;
}

Statement Connection::prepare(const std::string& text) {
  return translated(
      [&] { return Statement(std::unique_ptr<sql::PreparedStatement>(driver_->prepareStatement(text))); });
}

std::uint64_t Connection::last_insert_id() {
  Rows rows = select("SELECT LAST_INSERT_ID()");
  rows.next();
  return static_cast<std::uint64_t>(rows.integer());
}

}  // namespace hanjari::storage
