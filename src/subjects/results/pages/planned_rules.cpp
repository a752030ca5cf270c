#include "results/pages/planned_rules.h"

#include "hanjari/base/error.h"
#include "hanjari/definitions/definitions.h"
#include "hanjari/intake/notice_of_exam.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/pass_rules.h"
#include "hanjari/site/site.h"

namespace hanjari::web {
namespace {

// As write_pass_rules begins; empty where nothing was set up.
std::string planned_rules_of(const Call& call, const ExamCode& exam) {
  services::UseCases* intake = call.site.intake();
  const auto stored = services::find_notice_of_exam(intake, exam);
  if (!stored || call.actor().role != services::Role::exam_officer) return {};
  const services::SetupVersion planned =
      intake->setup.load_version(call.actor(), stored->notice.header.code, services::SetupPart::pass_rules, 0);
  if (planned.version == 0) return {};
  try {
    return selection::canonical_json(package::parse_pass_rules(planned.definition, "rules.json"),
                                     selection::Stage::written);
  } catch (const InvalidInput&) {
    return {};  // of another version of this program
  }
}

}  // namespace

nlohmann::json compare_with_planned_rules(const Call& call, const ExamCode& exam, const std::string& rules) {
  nlohmann::json rows = nlohmann::json::array();
  const std::string planned = planned_rules_of(call, exam);
  nlohmann::json sent = nlohmann::json::parse(rules.substr(0, rules.find('\n')), nullptr, false);
  if (planned.empty() || !sent.is_object()) return rows;
  // The set-up has the version as a text: there 3 is no other one than "3".
  if (const auto version = sent.find("version"); version != sent.end() && !version->is_string())
    *version = version->dump();
  for (const services::FieldDifference& one : services::compare_definitions(planned, sent.dump())) {
    rows.push_back({{"place", services::name_place(one.path).in(call.language)},
                    {"planned", services::name_value(one.path, one.before, "UTC").in(call.language)},
                    {"sent", services::name_value(one.path, one.after, "UTC").in(call.language)}});
  }
  return rows;
}

}  // namespace hanjari::web
