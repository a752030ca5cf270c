#include "documents/local_time.h"

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"

namespace hanjari::documents {

std::string format_local_time(Instant instant, const std::string& time_zone, Language language) {
  return write_plain_moment(instant, time_zone).in(language);
}

std::string format_clock_time(int minutes) {
  return format_time_of_day(minutes);
}

}  // namespace hanjari::documents
