#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/metrics.h"
#include "site/operations.h"

namespace hanjari::web {
namespace {

Response say(int status, const nlohmann::ordered_json& words) {
  Response response;
  response.status = status;
  response.type = "application/json";
  response.body = words.dump() + "\n";
  return response;
}

// Names of files and keys help whoever runs this machine, and whoever attacks it: only the machine itself is told them.
bool may_know_names(const Call& call) {
  return call.request.source == "127.0.0.1" || call.request.source == "::1";
}

// What keeps the program from doing its work; empty when nothing does.
nlohmann::ordered_json reasons_of(const Call& call) {
  nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
  if (call.site.is_stopping()) {
    reasons.push_back({{"check", "program"}, {"code", "stopping"}, {"detail", "the program is about to stop"}});
  }
  try {
    call.site.check_ready();
  } catch (const Error& error) {
    reasons.push_back({{"check", "database"}, {"code", error.code()}});
    if (may_know_names(call)) reasons.back()["detail"] = error.message().en;
  }
  return reasons;
}

Response say_ready(const Call& call, nlohmann::ordered_json words) {
  const auto reasons = reasons_of(call);
  words["ready"] = reasons.empty();
  words["reasons"] = reasons;
  // One exam's key concerns its people only: the others are served, and the operator is told.
  const std::vector<std::string> damaged = call.site.list_damaged_keys();
  if (!damaged.empty()) words["damaged"] = damaged.size();
  if (!damaged.empty() && may_know_names(call)) words["damaged_keys"] = damaged;
  // Marks and verdicts wait; everybody else is served.
  if (const auto fault = call.site.find_office_fault()) {
    words["office_key"] = {{"code", fault->code}};
    if (may_know_names(call)) words["office_key"]["detail"] = fault->detail.en;
  }
  return say(reasons.empty() ? 200 : 503, words);
}

}  // namespace

Response show_health(const Call& call) {
  return say_ready(call, {{"live", true}});
}

Response show_live(const Call& /*call*/) {
  return say(200, {{"live", true}});
}

Response show_ready(const Call& call) {
  return say_ready(call, nlohmann::ordered_json::object());
}

Response show_metrics(const Call& call) {
  Response response;
  response.type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = call.site.metrics().write();
  return response;
}

}  // namespace hanjari::web
