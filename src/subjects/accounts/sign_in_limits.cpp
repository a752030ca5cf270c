#include "accounts/sign_in_limits.h"

#include <limits>

#include "hanjari/base/digest.h"

namespace hanjari::services {
namespace {

// Beyond this a source waits, whoever is behind it: each guess costs a tenth of a second of a core.
constexpr int most_of_source = 300;
constexpr int no_limit = std::numeric_limits<int>::max();

}  // namespace

SignInLimits::SignInLimits(AccountRepository& accounts, AttemptLimit& attempts, const std::string& account,
                           const Visitor& visitor, Instant now)
    : attempts_(attempts), now_(now),
      account_{"sign_in/account/" + account, 20, std::chrono::minutes(60)},
      source_{"sign_in/source/" + source_of_limits(visitor.source), 30, std::chrono::minutes(10)} {
  const std::string device = visitor.device.size() == 64 ? sha256(visitor.device).hex() : std::string{};
  known_device_ = !device.empty() && accounts.knows_device(account, device, now);
  if (known_device_) {
    limits_ = {{"sign_in/device/" + account + "/" + device, 10, std::chrono::minutes(15)}};
  } else {
    const std::string source = source_of_limits(visitor.source);
    limits_ = {{"sign_in/pair/" + account + "/" + source, 5, std::chrono::minutes(15)},
               {source_.key, most_of_source, source_.within},
               // Refuses nobody: it tells when unknown devices are asked for more.
               {account_.key, no_limit, account_.within}};
  }
}

bool SignInLimits::asks_for_more() const {
  if (known_device_) return false;
  // The guess itself is among those that are counted.
  return attempts_.count_misses(account_.key, now_ - account_.within) > account_.misses ||
         attempts_.count_misses(source_.key, now_ - source_.within) > source_.misses;
}

}  // namespace hanjari::services
