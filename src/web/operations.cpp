#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/web/site.h"
#include "web/handlers.h"
#include "web/metrics.h"

namespace hanjari::web {
namespace {

Response say(int status, const nlohmann::ordered_json& words) {
  Response response;
  response.status = status;
  response.type = "application/json";
  response.body = words.dump() + "\n";
  return response;
}

bool is_ready(const Call& call) {
  try {
    call.site.check_ready();
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

Response show_health(const Call& call) {
  const bool ready = is_ready(call);
  return say(ready ? 200 : 503, {{"live", true}, {"ready", ready}});
}

Response show_live(const Call& /*call*/) {
  return say(200, {{"live", true}});
}

Response show_ready(const Call& call) {
  const bool ready = is_ready(call);
  return say(ready ? 200 : 503, {{"ready", ready}});
}

Response show_metrics(const Call& call) {
  Response response;
  response.type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = call.site.metrics().write();
  return response;
}

}  // namespace hanjari::web
