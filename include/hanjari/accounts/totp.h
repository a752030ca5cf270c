// Codes of an authenticator: RFC 6238 with SHA-1, six digits, steps of 30 seconds, as every authenticator knows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"

namespace hanjari::services {

std::int64_t totp_step_at(Instant now);
// Six digits. `secret`: raw bytes.
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code this is, of the present one and its neighbours; nothing otherwise. Spaces in `code` do not count.
std::optional<std::int64_t> find_totp_step(std::string_view secret, std::string_view code, Instant now);

// RFC 4648 without padding.
std::string write_base32(std::string_view bytes);

}  // namespace hanjari::services
