// What the driver said, and its translation into the five errors of the program. Never carries values: a duplicate
// key's message would quote them.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace sql {
class SQLException;
}

namespace hanjari::storage {

class DriverError : public std::exception {
 public:
  enum class Kind {
    duplicate,  // a UNIQUE key refused
    refused,    // a CHECK or foreign key refused, a value does not fit
    busy,       // deadlock or lock wait: roll back and try again on the same connection
    lost,       // the connection is gone or the server does not answer: try again on a new one
    denied,     // account, password or rights
    too_much,   // the transaction is larger than the cluster takes: smaller ones, or another setting
    broken,     // the server itself says that something is wrong with it: its operator must look
    read_only,  // it takes no changes
    full,       // its disk is full
    other       // a fault of ours
  };

  // `words`: what the driver said, from which only names and known phrases are taken.
  DriverError(int code, std::string sql_state, std::string_view words = {});
  explicit DriverError(const sql::SQLException& thrown);
  int code() const { return code_; }
  Kind kind() const;
  // Of kind `lost`: the server is there and takes no more connections, its own limit or the account's being reached.
  bool refuses_connections() const { return code_ == 1040 || code_ == 1203 || code_ == 1226; }
  // Of a duplicate: the name of the key that refused; of a text that is too long: the name of its column. Empty
  // otherwise.
  const std::string& key() const { return key_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  int code_;
  bool over_limit_ = false;  // of the size of a transaction in a cluster
  bool of_columns_ = false;  // columns that cannot be compared with one another, whatever anybody wrote
  std::string what_;
  std::string key_;
};

// A cut TLS link is told like a refused handshake (2026). On a connection that has worked before it can only be the
// first: then it is a lost link, after which work is tried again.
DriverError of_working_link(const DriverError& error);

// Conflict, InvalidInput or Unavailable with words for people; std::logic_error for `other`.
[[noreturn]] void throw_translated(const DriverError& error);

}  // namespace hanjari::storage
