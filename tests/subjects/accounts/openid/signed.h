// Keys and signed tokens for the tests.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace hanjari::tests {

class Signer {
 public:
  // "RS256" or "ES256".
  Signer(std::string algorithm, std::string key_id);
  ~Signer();
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  nlohmann::json public_key() const;
  // A token of these claims; `header` replaces members of its head.
  std::string sign(const nlohmann::json& claims, const nlohmann::json& header = {}) const;

 private:
  struct State;
  State* state_;
};

}  // namespace hanjari::tests
