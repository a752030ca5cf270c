#include "accounts/sign_in_limits.h"

#include "hanjari/base/digest.h"

namespace hanjari::services {

SignInLimits::SignInLimits(AccountRepository& accounts, AttemptLimit& attempts, const std::string& account,
                           const Visitor& visitor, Instant now)
    : attempts_(attempts), now_(now), account_{"sign_in/account/" + account, 20, std::chrono::minutes(60)} {
  const std::string device = visitor.device.size() == 64 ? sha256(visitor.device).hex() : std::string{};
  known_device_ = !device.empty() && accounts.knows_device(account, device, now);
  if (known_device_) {
    limits_ = {{"sign_in/device/" + account + "/" + device, 10, std::chrono::minutes(15)}};
  } else {
    limits_ = {{"sign_in/pair/" + account + "/" + visitor.source, 5, std::chrono::minutes(15)},
               {"sign_in/source/" + visitor.source, 30, std::chrono::minutes(10)}};
  }
}

void SignInLimits::check() const {
  check_guesses(attempts_, limits_, now_);
}

bool SignInLimits::asks_for_more() const {
  return !known_device_ && attempts_.count_misses(account_.key, now_ - account_.within) >= account_.misses;
}

void SignInLimits::miss() const {
  record_misses(attempts_, limits_, now_);
  if (!known_device_) attempts_.record_miss(account_.key, now_);
}

}  // namespace hanjari::services
