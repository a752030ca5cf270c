// What a listener gives to one source or account at most, so that nobody takes everything: open connections, and memory
// for bodies of requests.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace hanjari::web {

// Counts under names, from many threads. A name that holds nothing takes no memory.
class Shares {
 public:
  // False, and nothing is taken, when the name would hold more than `most`.
  bool take(const std::string& name, std::size_t amount, std::size_t most);
  void give_back(const std::string& name, std::size_t amount) noexcept;
  std::size_t held(const std::string& name) const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::size_t> held_;
};

// The place of one connection among those of its source; given back at its end.
class SourcePlace {
 public:
  explicit SourcePlace(Shares& shares) : shares_(shares) {}
  ~SourcePlace() { give_back(); }
  SourcePlace(const SourcePlace&) = delete;
  SourcePlace& operator=(const SourcePlace&) = delete;
  // `source`: an address; those of one IPv6 network of 64 bits are one source. False when there is no place.
  bool take(const std::string& address, std::size_t most);

 private:
  void give_back() noexcept;

  Shares& shares_;
  std::string source_;
  bool taken_ = false;
};

// Memory for the bodies of a listener, or for its answers.
struct BodyMemory {
  std::size_t most = 0;             // in all
  std::size_t most_of_source = 0;   // of one address or IPv6 network
  std::size_t most_of_account = 0;  // of one account
  Shares all{};
  Shares sources{};
  Shares accounts{};
};

// What one request holds of it. Bytes are reserved as they arrive: a length that was only announced takes nothing from
// others.
class HeldBytes {
 public:
  explicit HeldBytes(BodyMemory& memory) : memory_(memory) {}
  ~HeldBytes() { give_back(); }
  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;
  // Whose the body is; before its first byte. Without an account only the source counts.
  void begin(const std::string& address, std::string account);
  // The body has so many bytes now. False when that is more than there is for all, for the source or for the account;
  // what was held before stays held.
  bool grow(std::size_t bytes);
  // The same whatever an account's share is, where the account holds nothing else.
  bool grow_alone(std::size_t bytes);
  void give_back() noexcept;
  std::size_t bytes() const { return bytes_; }

 private:
  bool take(std::size_t more, std::size_t most_of_account);

  BodyMemory& memory_;
  std::string source_;
  std::string account_;
  std::size_t bytes_ = 0;
};

}  // namespace hanjari::web
