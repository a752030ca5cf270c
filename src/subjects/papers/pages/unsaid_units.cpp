#include "papers/pages/unsaid_units.h"

#include <memory>

#include "hanjari/base/error.h"
#include "hanjari/documents/exam_times.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {

UnsaidUnits find_unsaid_units(const Call& call, const std::vector<Unit>& units) {
  UnsaidUnits found;
  std::shared_ptr<const documents::Templates> templates;
  try {
    templates = call.site.printed_templates();
  } catch (const InvalidInput&) {
    return found;
  }
  const documents::UnsaidTimes unsaid = documents::find_unsaid_times(units, templates.get());
  for (const UnitIndex unit : unsaid.starts_at) found.without_start.push_back(units[unit.value].code.text());
  for (const UnitIndex unit : unsaid.seated_by) found.without_seating.push_back(units[unit.value].code.text());
  return found;
}

nlohmann::json show_unsaid_times(const Call& call, const UnsaidUnits& unsaid) {
  nlohmann::json told = nlohmann::json::array();
  const auto tell = [&](const char* words, const std::vector<std::string>& units) {
    std::string codes;
    for (const std::string& code : units) codes += (codes.empty() ? "" : ", ") + code;
    if (!codes.empty()) told.push_back({{"what", call.site.pages().text(call.language, words)}, {"codes", codes}});
  };
  tell("papers.without_start", unsaid.without_start);
  tell("papers.without_seating", unsaid.without_seating);
  return told;
}

}  // namespace hanjari::web
