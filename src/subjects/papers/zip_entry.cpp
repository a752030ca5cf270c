#include "papers/zip_entry.h"

#include <zip.h>

#include <algorithm>

namespace hanjari::services {

void describe_entry(zip* archive, std::uint64_t index, bool is_text, const LocalTime& time) {
  zip_set_file_compression(archive, index, is_text ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
  const CalendarDay day = calendar_day(time.day);
  const int years = std::clamp(day.year - 1980, 0, 127);
  zip_file_set_dostime(archive, index, static_cast<zip_uint16_t>(time.minute / 60 << 11 | time.minute % 60 << 5),
                       static_cast<zip_uint16_t>(years << 9 | day.month << 5 | day.day), 0);
  zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, 0100644U << 16);
}

}  // namespace hanjari::services
