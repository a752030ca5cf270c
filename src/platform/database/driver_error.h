// What the driver said, and its translation into the five errors of the program. Never carries values: a duplicate
// key's message would quote them.
#pragma once

#include <exception>
#include <string>

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
    other       // a fault of ours
  };

  DriverError(int code, std::string sql_state);
  explicit DriverError(const sql::SQLException& thrown);
  int code() const { return code_; }
  Kind kind() const;
  // Of a duplicate: the name of the key that refused. Empty otherwise.
  const std::string& key() const { return key_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  int code_;
  std::string what_;
  std::string key_;
};

// Conflict, InvalidInput or Unavailable with words for people; std::logic_error for `other`.
[[noreturn]] void throw_translated(const DriverError& error);

}  // namespace hanjari::storage
