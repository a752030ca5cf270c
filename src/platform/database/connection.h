// One connection to the database, used by one thread at a time. The only place that sees the connector.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace hanjari::storage {

// Where and how to connect.
struct ConnectTo {
  std::string host;
  int port = 3306;
  std::string socket;  // instead of host and port
  std::string user;
  std::string password;
  std::string schema;  // may be empty
  std::string tls_ca;  // not empty: only encrypted, only a server with a certificate of this authority
};

// The rows of a SELECT, read column by column in the order of the SELECT. Must not outlive its connection.
class Rows {
 public:
  explicit Rows(std::unique_ptr<sql::ResultSet> rows);
  ~Rows();
  Rows(Rows&&) noexcept;
  bool next();
  std::string text();
  std::int64_t integer();
  double real();
  std::optional<std::string> maybe_text();
  std::optional<std::int64_t> maybe_integer();
  std::optional<double> maybe_real();

 private:
  std::unique_ptr<sql::ResultSet> rows_;
  unsigned column_ = 0;
};

// A prepared statement with its parameters, bound in order.
class Statement {
 public:
  explicit Statement(std::unique_ptr<sql::PreparedStatement> prepared);
  ~Statement();
  Statement(Statement&&) noexcept;

  Statement& bind(std::string_view text);
  Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
  Statement& bind(const char* text) { return bind(std::string_view(text)); }
  Statement& bind(std::int64_t value);
  Statement& bind(std::uint64_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(std::uint32_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(double value);
  Statement& bind(std::nullopt_t);
  template <class T>
  Statement& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind(std::nullopt);
  }

  Statement& restart() {
    bound_ = 0;
    return *this;
  }
  std::uint64_t change();  // executes; rows matched by the WHERE clause
  Rows select();

 private:
  std::unique_ptr<sql::PreparedStatement> prepared_;
  unsigned bound_ = 0;
};

// Throws DriverError, from every method. Never reconnects by itself: a lost connection is thrown away.
class Connection {
 public:
  explicit Connection(const ConnectTo& to);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One statement without parameters and without rows (BEGIN, DDL, SET).
  void execute(const std::string& statement);
  // A statement from text that the program has written; values come as parameters only. Kept for the next time.
  Statement& statement(const std::string& text);
  // The same, not kept: for statements of a size that comes once.
  Statement prepare(const std::string& text);
  template <class... Values>
  std::uint64_t change(const std::string& text, const Values&... values) {
    Statement& prepared = statement(text);
    (prepared.bind(values), ...);
    return prepared.change();
  }
  template <class... Values>
  Rows select(const std::string& text, const Values&... values) {
    Statement& prepared = statement(text);
    (prepared.bind(values), ...);
    return prepared.select();
  }
  std::uint64_t last_insert_id();
  // Counts the connections of this program, from a random number.
  std::uint32_t number() const { return number_; }

 private:
  std::uint32_t number_;
  std::unique_ptr<sql::Connection> driver_;
  std::map<std::string, Statement> statements_;
};

}  // namespace hanjari::storage
