// The lines of the access log.
#include <fmt/format.h>

#include "hanjari/site/edge.h"
#include "http/json_text.h"

namespace hanjari::web {

std::string format_access_entry(const AccessEntry& entry) {
  // The moment is written once a second: there are many lines in one.
  thread_local std::string moment;
  thread_local std::chrono::sys_seconds written_for;
  if (const auto second = std::chrono::floor<std::chrono::seconds>(entry.at); second != written_for || moment.empty()) {
    moment = format_instant(entry.at);
    written_for = second;
  }
  std::string line = fmt::format(
      R"({{"at":"{}","level":"{}","event":"request","listener":"{}","method":"{}","route":"{}","status":{},"bytes":{},"ms":{:.1f})",
      moment, entry.status >= 500 ? "error" : "info", spell(entry.listener), entry.method, entry.route, entry.status,
      entry.bytes, entry.milliseconds);
  if (!entry.request_id.empty()) line += R"(,"request":")" + entry.request_id + '"';
  if (!entry.problem.empty()) {
    line += ",\"problem\":";
    append_json_text(line, entry.problem);
  }
  line += '}';
  return line;
}

}  // namespace hanjari::web
