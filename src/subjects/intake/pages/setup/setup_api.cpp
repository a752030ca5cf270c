#include "intake/pages/setup/setup_api.h"

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/api/applying_json.h"
#include "intake/pages/setup/proposal_pages.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/json_call.h"
#include "site/pages/problems.h"
#include "site/second_factor.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

services::SetupPart part_of_call(const Call& call) {
  if (const auto part = services::parse_setup_part(call.path.at("setup_part"))) return *part;
  throw NotFound("unknown_part",
                 {"The parts are notice, policy and subjects.", "있는 항목은 notice, policy, subjects입니다."});
}

services::Change setup_change_in(const Call& call, const nlohmann::json& body) {
  return services::change_of(call.actor(), text_in(body, "reason"), call.site.now());
}

ordered_json value_as_json(const std::optional<std::string>& value) {
  return value ? ordered_json::parse(*value) : ordered_json();
}

ordered_json as_json(const std::vector<services::FieldDifference>& differences) {
  ordered_json list = ordered_json::array();
  for (const auto& one : differences)
    list.push_back({{"path", one.path}, {"before", value_as_json(one.before)}, {"after", value_as_json(one.after)}});
  return list;
}

ordered_json as_json(const services::NoticeEffects& effects) {
  ordered_json list = ordered_json::array();
  for (const services::NoticeEffect& effect : effects.list) {
    ordered_json units = ordered_json::array();
    for (const UnitCode& unit : effect.units) units.push_back(unit.text());
    list.push_back({{"effect", services::spell(effect.kind)},
                    {"what", effect.what.en},
                    {"what_ko", effect.what.ko},
                    {"units", std::move(units)},
                    {"people", effect.people}});
  }
  return list;
}

ordered_json as_json(const services::SetupOutcome& outcome) {
  ordered_json conflicts = ordered_json::array();
  for (const auto& one : outcome.conflicts) {
    conflicts.push_back({{"path", one.path},
                         {"base", value_as_json(one.base)},
                         {"theirs", value_as_json(one.theirs)},
                         {"mine", value_as_json(one.mine)}});
  }
  return {{"saved", outcome.saved},
          {"proposed", outcome.proposed},
          {"version", outcome.version},
          {"other_author", outcome.other_author},
          {"differences", as_json(outcome.differences)},
          {"theirs", as_json(outcome.theirs)},
          {"conflicts", std::move(conflicts)},
          {"effects", as_json(outcome.effects)},
          {"concerned", outcome.effects.people}};
}

ordered_json as_json(const services::SetupVersion& version) {
  return {{"version", version.version}, {"state", version.state},   {"copied_from", version.copied_from},
          {"author", version.author},   {"reason", version.reason}, {"saved_at", format_instant(version.saved_at)},
          {"confirmed_by", version.confirmed_by},                   {"emergency", version.emergency}};
}

ordered_json as_json(const Call& call, const services::NoticeChange& change) {
  const services::NoticeProposal& proposal = change.proposal;
  ordered_json answer{{"waits", change.waits()},
                      {"base_version", proposal.base_version},
                      {"version", change.version},
                      {"digest", proposal.digest},
                      {"proposed_by", proposal.proposed_by},
                      {"proposed_at", format_instant(proposal.at)},
                      {"reason", proposal.reason},
                      {"concerned", change.concerned},
                      {"effects", as_json(change.effects)},
                      {"differences", as_json(change.differences)},
                      {"definition", ordered_json::parse(proposal.definition)}};
  if (!proposal.refused_by.empty()) {
    answer["refused"] = {{"by", proposal.refused_by},
                         {"at", format_instant(proposal.refused_at)},
                         {"reason", proposal.refusal}};
  }
  answer["next_steps"] = list_change_steps(call, change);
  if (change.waits()) answer["key"] = key_question(call, what_is_confirmed(notice_code(call), proposal));
  return answer;
}

services::SetupEdit edit_in(const nlohmann::json& body, services::SetupPart part) {
  services::SetupEdit edit;
  edit.part = part;
  edit.base_version = count_in(body, "base_version").value_or(0);
  edit.answered_version = count_in(body, "answered_version").value_or(0);
  const auto definition = body.find("definition");
  if (definition == body.end() || !definition->is_object())
    throw InvalidInput("bad_member", {"definition is not an object.", "definition의 값은 객체여야 합니다."});
  edit.definition = definition->dump();
  edit.saving = saving_in(body);
  const auto choices = body.find("choices");
  if (choices != body.end()) edit.choices = services::read_choices(choices->dump());
  return edit;
}

}  // namespace

services::NoticeSaving saving_in(const nlohmann::json& body) {
  services::NoticeSaving saving;
  const std::string word = text_in(body, "pending");
  saving.pending = pending_wish_of(word);
  if (!word.empty() && saving.pending == services::NoticeSaving::Pending::stays)
    throw InvalidInput("bad_member", {"pending is grows or gives_way.", "pending의 값은 grows나 gives_way입니다."});
  saving.emergency = flag_in(body, "emergency");
  saving.concerned = count_in(body, "concerned").value_or(-1);
  return saving;
}

void refuse_with_effects(const services::EffectsUnsaid& refusal) {
  const ordered_json members{{"concerned", refusal.effects().people}, {"effects", as_json(refusal.effects())}};
  throw RefusedWith(refusal.code(), refusal.message(), members.dump());
}

Response describe_setup_part(const Call& call) {
  const std::string typed = field_of(call.query, "version");
  const std::int64_t version = typed.empty() ? 0 : number_typed(typed);
  if (version < 0) throw InvalidInput("bad_request", {"version is a whole number.", "version은 정수여야 합니다."});
  const auto found = setup_of(call).load_version(call.actor(), notice_code(call), part_of_call(call), version);
  ordered_json answer = as_json(found);
  answer["definition"] = ordered_json::parse(found.definition);
  return answer_json(answer);
}

Response save_setup_part(const Call& call) {
  const nlohmann::json body = read_json(call);
  const services::SetupEdit edit = edit_in(body, part_of_call(call));
  services::NoticeSetup& setup = setup_of(call);
  if (flag_in(body, "preview")) return answer_json(as_json(setup.try_edit(call.actor(), notice_code(call), edit)));
  const auto outcome = [&] {
    try {
      return setup.save_edit(call.actor(), notice_code(call), edit, setup_change_in(call, body));
    } catch (const services::EffectsUnsaid& refusal) {
      refuse_with_effects(refusal);
    }
  }();
  if (outcome.proposed) return answer_json(as_json(outcome), 202);
  return answer_json(as_json(outcome), outcome.saved ? 200 : 409);
}

Response list_setup_part_versions(const Call& call) {
  ordered_json answer{{"versions", ordered_json::array()}};
  for (const auto& version : setup_of(call).list_versions(call.actor(), notice_code(call), part_of_call(call)))
    answer["versions"].push_back(as_json(version));
  return answer_json(answer);
}

Response list_setup_gaps(const Call& call) {
  ordered_json answer{{"gaps", ordered_json::array()}};
  for (const auto& gap : setup_of(call).list_gaps(call.actor(), notice_code(call))) {
    answer["gaps"].push_back({{"code", gap.code},
                              {"blocks", gap.weight == services::SetupGap::Weight::blocks},
                              {"form", gap.form},
                              {"what", gap.what.in(call.language)}});
  }
  return answer_json(answer);
}

Response order_notice_step(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  setup_of(call).load_notice(call.actor(), notice_code(call));
  const nlohmann::json body = read_json(call);
  take_notice_step(call, text_in(body, "step"), count_in(body, "version").value_or(0),
                   count_in(body, "concerned").value_or(0), text_in(body, "reason"));
  const auto notice = setup_of(call).load_version(call.actor(), notice_code(call), services::SetupPart::notice, 0);
  return answer_json({{"state", notice.state}, {"version", notice.version}});
}

Response describe_notice_change(const Call& call) {
  const auto change = setup_of(call).find_change(call.actor(), notice_code(call));
  ordered_json answer{{"proposal", nullptr}};
  if (change) answer["proposal"] = as_json(call, *change);
  return answer_json(answer);
}

Response order_change_step(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  setup_of(call).load_notice(call.actor(), notice_code(call));
  const nlohmann::json body =
      read_json(call);
  try {
    take_change_step(call, {text_in(body, "step"), text_in(body, "digest"), count_in(body, "version").value_or(0),
                            count_in(body, "concerned").value_or(-1), sent_factor(call, body), text_in(body, "reason")});
  } catch (const services::EffectsUnsaid& refusal) {
    refuse_with_effects(refusal);
  }
  const auto notice = setup_of(call).load_version(call.actor(), notice_code(call), services::SetupPart::notice, 0);
  return answer_json({{"state", notice.state}, {"version", notice.version}});
}

Response order_notice_copy(const Call& call) {
  const nlohmann::json body = read_json(call);
  const services::NoticeCopy wish{ExamCode(text_in(body, "code")), read_weeks(count_in(body, "weeks").value_or(52))};
  const ExamCode code = setup_of(call).copy_exam(call.actor(), notice_code(call), wish, setup_change_in(call, body));
  return answer_json({{"code", code.text()}, {"version", 1}}, 201);
}

Response list_checker_declarations(const Call& call) {
  ordered_json answer{{"declarations", ordered_json::array()}};
  for (const auto& one : setup_of(call).list_declarations(call.actor(), notice_code(call))) {
    answer["declarations"].push_back({{"checker", one.checker},
                                      {"has_relative", one.has_relative},
                                      {"declared_at", format_instant(one.declared_at)}});
  }
  return answer_json(answer);
}

Response declare_checker_relative(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  setup_of(call).load_notice(call.actor(), notice_code(call));
  const nlohmann::json body = read_json(call);
  if (!body.contains("has_relative"))
    throw InvalidInput("bad_member", {"has_relative is missing.", "has_relative가 없습니다."});
  setup_of(call).declare_relative(call.actor(), notice_code(call), text_in(body, "checker"),
                                  flag_in(body, "has_relative"), setup_change_in(call, body));
  return answer_json({{"declared", true}}, 201);
}

}  // namespace hanjari::web
