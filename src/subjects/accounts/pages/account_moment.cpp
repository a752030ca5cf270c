#include "accounts/pages/account_moment.h"

#include "hanjari/base/written_day.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"

namespace hanjari::web {

std::string zone_of_service(const Call& call) {
  services::UseCases* intake = call.site.intake();
  return services::zone_of_service(intake != nullptr ? &intake->notices : nullptr, call.site.exams());
}

std::string write_account_moment(Instant at, const std::string& zone, Language language) {
  return write_plain_moment(at, zone).in(language);
}

}  // namespace hanjari::web
