// The five ways in which a request cannot be done. Anything else that escapes is a bug of ours.
#pragma once

#include <exception>
#include <string>
#include <utility>

#include "hanjari/base/fault.h"
#include "hanjari/base/text.h"

namespace hanjari {

// Base of the five. `code` is stable and machine-readable (snake_case); the message is for people.
class Error : public std::exception {
 public:
  Error(std::string code, Text message) : code_(std::move(code)), message_(std::move(message)) {}
  const std::string& code() const { return code_; }
  const Text& message() const { return message_; }
  const char* what() const noexcept override { return message_.en.c_str(); }

 private:
  std::string code_;
  Text message_;
};

// What was given is wrong; says every fault at once. Exit status 2, HTTP 400 or 422.
class InvalidInput : public Error {
 public:
  InvalidInput(std::string code, Text message, Faults faults = {})
      : Error(std::move(code), std::move(message)), faults_(std::move(faults)) {}
  // The message is made from the number of faults.
  explicit InvalidInput(Faults faults);
  const Faults& faults() const { return faults_; }

 private:
  Faults faults_;
};

// The caller may not do this. HTTP 401 or 403.
class NotAllowed : public Error {
 public:
  using Error::Error;
};

// It does not exist, or the caller may not know that it does. Exit status 2, HTTP 404.
class NotFound : public Error {
 public:
  using Error::Error;
};

// Somebody else changed it meanwhile, or it contradicts what is stored. Exit status 2, HTTP 409.
class Conflict : public Error {
 public:
  using Error::Error;
};

// A needed service does not answer; trying again later may help. Exit status 5, HTTP 503.
class Unavailable : public Error {
 public:
  using Error::Error;
};

}  // namespace hanjari
