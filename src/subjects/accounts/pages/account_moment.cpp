#include "accounts/pages/account_moment.h"

#include <set>

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"

namespace hanjari::web {

std::string zone_of_service(const Call& call) {
  std::set<std::string> zones;
  if (services::UseCases* intake = call.site.intake(); intake != nullptr) {
    services::read_legibly([&] {
      for (const auto& stored : intake->notices.list_notices()) zones.insert(stored->notice.header.time_zone);
    });
  }
  return zones.size() == 1 && !zones.begin()->empty() ? *zones.begin() : machine_time_zone();
}

std::string write_account_moment(Instant at, const std::string& zone, Language language) {
  return write_plain_moment(at, zone).in(language);
}

}  // namespace hanjari::web
