// hanjari recruitment save, publish, retract, list, counts: notices from files into the database.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/concerned.h"
#include "cli/exam_arguments.h"
#include "cli/suggestion.h"
#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/commands/commands.h"
#include "program/opening/database_options.h"
#include "program/opening/officer_call.h"

namespace hanjari::cli {
namespace {

std::optional<services::RecruitmentState> state_of(const Arguments& arguments) {
  const auto word = arguments.find("state");
  if (!word) return std::nullopt;
  constexpr services::RecruitmentState states[] = {services::RecruitmentState::prepared, services::RecruitmentState::published};
  const std::string_view words[] = {services::spell(states[0]), services::spell(states[1])};
  const std::size_t meant = find_meant_word(*word, words);
  if (meant < std::size(states)) return states[meant];
  throw WrongUsage{{"--state: prepared or published", "--state: prepared 또는 published"}};
}

std::string_view korean_state(services::RecruitmentState state) {
  switch (state) {
    case services::RecruitmentState::prepared:
      return "게시 전";
    case services::RecruitmentState::published:
      return "게시됨";
    case services::RecruitmentState::closed:
      break;
  }
  return "마감됨";
}

services::NoticeSaving saving_of(const Arguments& arguments) {
  services::NoticeSaving saving;
  if (arguments.has("replace")) saving.pending = services::NoticeSaving::Pending::gives_way;
  saving.emergency = arguments.has("emergency");
  if (saving.emergency && arguments.find("reason").value_or("").empty()) {
    throw WrongUsage{{"--emergency needs a --reason, which is recorded",
                      "--emergency에는 기록으로 남길 --reason이 필요합니다"}};
  }
  return saving;
}

// A line for each change that people who have applied notice.
void say_effects(const services::NoticeEffects& effects, const Terminal& terminal) {
  for (const services::NoticeEffect& effect : effects.list) {
    terminal.say({fmt::format("{}: {}", effect.what.en, count_people(effect.people)),
                  fmt::format("{}: {}명", effect.what.ko, group_digits(effect.people))});
  }
}

// Throws Conflict (concern_unsaid) unless the number of people was said whom the new version concerns.
std::int64_t ask_effects(const Arguments& arguments, const Terminal& terminal, const services::NoticeEffects& effects) {
  say_effects(effects, terminal);
  if (effects.people == 0 || effects.is_refused()) return arguments.has("concerned") ? ask_concerned(arguments, terminal, 0, {}, {}) : 0;
  const std::int64_t said =
      ask_concerned(arguments, terminal, effects.people, {"changing the announced notice", "게시된 공고를 바꿉니다"},
                    {"have applied and whom this concerns", "이미 접수하여 영향을 받는 사람이"});
  if (services::says_concerned(effects.people, said)) return said;
  const std::string again =
      suggest_again(arguments, "recruitment save", {"--concerned", std::to_string(effects.people)});
  const Text what = services::tell_effects(effects);
  throw Conflict("concern_unsaid",
                 {fmt::format("this concerns {} who have applied: {}; nothing was changed. Say their number: {}",
                              count_people(effects.people), what.en, again),
                  fmt::format("이미 접수한 {}명에게 영향을 줍니다. {}. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                              group_digits(effects.people), what.ko, again)});
}

void say_saved(const Arguments& arguments, const Recruitment& notice, std::int64_t version,
               const services::NoticeSetup::SavedNotice& saved, const Terminal& terminal) {
  const std::string& code = notice.header.code.text();
  if (saved.proposed) {
    const std::string look = suggest(arguments, {"recruitment", "proposal", code});
    terminal.say({fmt::format("{}: applicants see this notice, so nothing was saved; the change of version {} is proposed, "
                              "and another officer has to confirm it: {}",
                              code, version, look),
                  fmt::format("{}: 게시된 공고라 저장하지 않고 버전 {}의 변경으로 상신했습니다. 다른 담당자가 승인해야 "
                              "합니다: {}",
                              code, version, look)});
    return;
  }
  terminal.say({fmt::format("{}: version {} saved ({}), {}", code, version + 1, services::spell(saved.state),
                            count_of(std::ssize(notice.units), "unit", "units")),
                fmt::format("{}: 버전 {} 저장({}), 모집단위 {}개", code, version + 1, korean_state(saved.state),
                            notice.units.size())});
}

Exit run_save(const Arguments& arguments, const Terminal& terminal) {
  services::NoticeSaving saving = saving_of(arguments);
  std::vector<Fault> warnings;
  const Recruitment notice = package::load_recruitment(arguments.positionals[0], warnings);
  say_warnings(warnings, terminal);
  const auto first = state_of(arguments);
  OfficerCall call(arguments, terminal);
  std::int64_t version = 0;
  const auto stored = call.intake().officers.find_notice(call.actor(), notice.header.code);
  if (arguments.has("version")) {
    version = arguments.integer("version", 0, 1'000'000'000);
  } else if (stored) {
    version = stored->version;
  }
  services::Change change = call.change();
  services::NoticeSetup& setup = call.intake().setup;
  if (stored && setup.waits_for_another(call.actor(), notice.header.code)) {
    require_approvals_here(arguments);
    if (!saving.emergency) call.require_account(arguments);
    change = change_of_operator(arguments);
  } else if (stored && stored->state != services::RecruitmentState::prepared &&
             !setup.find_rule(call.actor(), notice.header.code).waived_by.empty()) {
    call.require_account(arguments);  // who saves is the other one of two
  }
  const services::NoticeEffects effects = setup.find_effects(call.actor(), notice);
  const bool proposes = stored && !saving.emergency && setup.waits_for_another(call.actor(), notice.header.code);
  if (proposes) {
    say_effects(effects, terminal);  // the officer who confirms it is asked
  } else {
    setup.check_notice(call.actor(), notice, first, version);  // of what is refused in any case nobody is asked first
    saving.concerned = ask_effects(arguments, terminal, effects);
  }
  const auto saved = setup.save_notice(call.actor(), notice, first, version, saving, change);
  say_saved(arguments, notice, version, saved, terminal);
  return Exit::done;
}

// Where two officers stand behind what goes onto the portal, a name that nobody has is no second one.
void require_publisher(const Arguments& arguments, OfficerCall& call, const ExamCode& code) {
  if (!call.intake().officers.find_notice(call.actor(), code)) return;  // said by the step itself
  const services::NoticeRule rule = call.intake().setup.find_rule(call.actor(), code);
  if (!rule.waived_by.empty()) require_approvals_here(arguments);  // who publishes is the other one of two
  if (rule.second_officer || !rule.waived_by.empty()) call.require_account(arguments);
}

Exit run_state(const Arguments& arguments, const Terminal& terminal, const char* name, services::RecruitmentState to,
               const Text& what, const Text& done) {
  OfficerCall call(arguments, terminal);
  const ExamCode code = call.exam(arguments.positionals[0]);
  if (to != services::RecruitmentState::prepared) {
    // Before anybody is asked about people who are not there any more.
    call.intake().officers.refuse_destroyed(call.actor(), code);
    require_publisher(arguments, call, code);
  }
  const std::int64_t people = call.intake().officers.count_concerned(call.actor(), code);
  const std::int64_t concerned = ask_concerned(
      arguments, terminal, people, what, {"have an application that stands", "접수가 유효한 사람이"});
  const auto stored = call.intake().officers.find_notice(call.actor(), code);
  if (concerned != people && stored && stored->state != to) {
    const std::string again = suggest_again(arguments, name, {"--concerned", std::to_string(people)});
    throw Conflict("concern_unsaid",
                   {fmt::format("{} {} an application that stands; nothing was changed. Say their number: {}",
                                count_people(people), word_for(people, "has", "have"), again),
                    fmt::format("접수가 유효한 사람은 {}명입니다. 아무것도 바꾸지 않았습니다. 인원을 적으십시오: {}",
                                group_digits(people), again)});
  }
  call.intake().officers.change_state(call.actor(), code, to, concerned, call.change());
  terminal.say({code.text() + ": " + done.en, code.text() + ": " + done.ko});
  return Exit::done;
}

Exit run_publish(const Arguments& arguments, const Terminal& terminal) {
  return run_state(arguments, terminal, "recruitment publish", services::RecruitmentState::published,
                   {"publishing the notice", "공고를 게시합니다"}, {"published", "게시했습니다"});
}

Exit run_retract(const Arguments& arguments, const Terminal& terminal) {
  return run_state(arguments, terminal, "recruitment retract", services::RecruitmentState::prepared,
                   {"taking the notice off the portal; its page, forms and status pages are not found any more",
                    "공고를 내립니다. 공고, 지원서, 접수 현황 화면이 보이지 않게 됩니다"},
                   {"off the portal", "게시를 중단했습니다"});
}

Exit run_list(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  std::string lines = "exam_code,state,version,exam_on,apply_from,apply_until,units,apply_from_local,apply_until_local\n";
  for (const auto& stored : call.intake().officers.list_all_notices(call.actor())) {
    const Period window = stored->notice.applications();
    const ExamHeader& header = stored->notice.header;
    lines += fmt::format("{},{},{},{},{},{},{},{},{}\n", header.code.text(), services::spell(stored->state),
                         stored->version, format_date(header.exam_on), format_instant(window.opens),
                         format_instant(window.closes), stored->notice.units.size(),
                         format_local(window.opens, header.time_zone), format_local(window.closes, header.time_zone));
  }
  terminal.print(lines);
  return Exit::done;
}

Exit run_counts(const Arguments& arguments, const Terminal& terminal) {
  OfficerCall call(arguments, terminal);
  const ExamCode code = call.exam(arguments.positionals[0]);
  const auto stored = call.intake().officers.find_notice(call.actor(), code);
  if (!stored) {
    throw NotFound("unknown_recruitment", {fmt::format("there is no recruitment {}", code.text()),
                                           in_korean("채용 공고 {}[이/가] 없습니다", code.text())});
  }
  const auto counts = call.intake().officers.count_applications(call.actor(), code);
  std::string lines = "unit_code,posts,submitted,paid,withdrawn,lapsed\n";
  nlohmann::ordered_json units = nlohmann::ordered_json::array();
  for (const NoticeUnit& unit : stored->notice.units) {
    const auto found = counts.find(unit.unit.code);
    const services::UnitCount count = found == counts.end() ? services::UnitCount{} : found->second;
    lines += fmt::format("{},{},{},{},{},{}\n", unit.unit.code.text(), unit.unit.posts, count.submitted, count.paid,
                         count.withdrawn, count.lapsed);
    units.push_back({{"unit_code", unit.unit.code.text()},
                     {"posts", unit.unit.posts},
                     {"submitted", count.submitted},
                     {"paid", count.paid},
                     {"withdrawn", count.withdrawn},
                     {"lapsed", count.lapsed}});
  }
  terminal.print(arguments.has("json") ? nlohmann::ordered_json{{"units", units}}.dump(2) + "\n" : lines);
  return Exit::done;
}

}  // namespace

Command recruitment_save_command() {
  return {
      "recruitment save",
      {"creates or changes a recruitment from recruitment.json", "recruitment.json으로 채용 공고를 만들거나 바꿉니다"},
      {{"FILE", {"recruitment.json; units.csv may stand beside it", "recruitment.json. 옆에 units.csv를 둘 수 있음"}}},
      officer_options(
          {{"state",
            "STATE",
            {"of a new notice: prepared (default) or published", "새 공고의 상태: prepared(기본), published"}},
           {"version",
            "N",
            {"only if the stored version is this one (0: new)", "저장된 버전이 N일 때만(0: 새 공고)"}},
           {"replace",
            "",
            {"in place of the own proposal that waits, where applicants see the notice and another officer confirms",
             "승인을 기다리는 본인의 상신을 대신합니다"}},
           {"emergency",
            "",
            {"without another officer's confirmation; recorded and shown in the office",
             "다른 담당자의 승인 없이 저장합니다. 기록되고 담당자 화면에 표시됩니다"}},
           concerned_option({"how many people who have applied a change of an announced notice concerns",
                             "게시된 공고의 변경이 영향을 주는, 이미 접수한 인원"})}),
      run_save};
}

namespace {

std::vector<Option> state_options() {
  return officer_options(
      {concerned_option({"how many people with an application that stands it concerns", "영향을 받는, 접수가 유효한 인원"})});
}

const Positional code_of_exam{"CODE", {"code of the exam", "시험 코드"}};

}  // namespace

Command recruitment_publish_command() {
  return {"recruitment publish",
          {"puts a notice onto the portal", "채용 공고를 게시합니다"},
          {code_of_exam},
          state_options(),
          run_publish};
}

Command recruitment_retract_command() {
  return {"recruitment retract",
          {"takes a notice off the portal", "채용 공고를 내립니다"},
          {code_of_exam},
          state_options(),
          run_retract};
}

Command recruitment_list_command() {
  return {"recruitment list",
          {"lists recruitments as CSV", "채용 공고를 CSV로 보여 줍니다"},
          {},
          officer_options({}),
          run_list};
}

Command recruitment_counts_command() {
  return {"recruitment counts",
          {"counts applications per unit and state", "모집단위별 접수 현황을 보여 줍니다"},
          {{"CODE", {"code of the exam", "시험 코드"}}},
          officer_options({{"json", "", {"as JSON", "JSON으로"}}}),
          run_counts};
}

}  // namespace hanjari::cli
