// The key pair by which an officer receives shares: everybody can seal for the officer, and only the officer's own
// passphrase opens what was sealed.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::embargo {

constexpr std::size_t shortest_passphrase = 12;  // bytes

struct OfficerKey {
  std::string public_half;     // 32 raw bytes (X25519)
  std::string private_sealed;  // salt (16), nonce (24), and the private half by XSalsa20-Poly1305 under Argon2id of the passphrase
};

// Takes some 100 ms and 64 MB, as a password does. Throws InvalidInput (short_passphrase), Unavailable (busy_passphrase)
// when the memory is not to be had.
OfficerKey make_officer_key(std::string_view passphrase);

// A message that only the private half opens.
std::string seal_for(std::string_view public_half, std::string_view message);

// Throws NotAllowed (wrong_passphrase); Conflict (wrong_share) when the message was sealed for another key or changed.
std::string open_sealed_for(const OfficerKey& key, std::string_view passphrase, std::string_view sealed);

}  // namespace hanjari::embargo
