// The page of an exam's set-up: what is missing, the forms, the steps of the notice, its copy, and who may not check.
#include <algorithm>
#include <charconv>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/setup/setup_forms.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::RecruitmentState;
using services::SetupPart;

constexpr int usual_weeks = 52;

// What is missing, or what the notice can be announced without: an English name, say.
json describe_gaps(const Call& call, const std::vector<services::SetupGap>& gaps, services::SetupGap::Weight weight) {
  json listed = json::array();
  for (const services::SetupGap& gap : gaps) {
    if (gap.weight != weight) continue;
    listed.push_back({{"what", gap.what.in(call.language)}, {"address", setup_address(call, "/setup/" + gap.form)}});
  }
  return listed;
}

json describe_forms(const Call& call) {
  json listed = json::array();
  for (const SetupForm form : list_setup_forms()) {
    listed.push_back({{"name", name_of(form).in(call.language)},
                      {"address", setup_address(call, "/setup/" + std::string(spell(form)))}});
  }
  return listed;
}

json describe_histories(const Call& call) {
  json listed = json::array();
  for (const SetupPart part : {SetupPart::notice, SetupPart::policy, SetupPart::subjects, SetupPart::pass_rules}) {
    listed.push_back({{"name", services::name_of(part).in(call.language)},
                      {"address", setup_address(call, "/versions/" + std::string(services::spell(part)))}});
  }
  return listed;
}

// The subjects with what is due. The first page of the office reminds of them from a fortnight before; nobody is written to.
json describe_subjects(const Call& call, const std::string& zone) {
  const Date today = local_time(call.site.now(), zone).day;
  const Pages& pages = call.site.pages();
  json rows = json::array();
  for (const package::ExamSubject& subject : setup_of(call).list_subjects(call.actor(), notice_code(call))) {
    std::string checkers;
    for (const std::string& checker : subject.checkers) checkers += (checkers.empty() ? "" : ", ") + checker;
    const auto words = [&](std::string_view word) {
      return services::name_value("", json(word).dump(), zone).in(call.language);
    };
    json row{{"name", subject.name.in(call.language)},
             {"code", subject.code},
             {"set_by", words(package::spell(subject.set_by))},
             {"setter", subject.setter.empty() ? "–" : subject.setter},
             {"checkers", checkers.empty() ? "–" : checkers},
             {"state", words(package::spell(subject.state))},
             {"due", subject.due_on ? write_day(*subject.due_on, call.language) : std::string("–")}};
    const bool settled = subject.state == package::SubjectState::settled;
    if (subject.due_on && !settled) {
      const int days = subject.due_on->days - today.days;
      row["left"] = {
          {"late", days < 0},
          {"words", days < 0 ? pages.text(call.language, days == -1 ? "setup.days_late_one" : "setup.days_late",
                                           {{"days", std::to_string(-days)}})
                             : pages.text(call.language, days == 1 ? "setup.days_left_one" : "setup.days_left",
                                           {{"days", std::to_string(days)}})}};
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Whom a link can be sent to; false where no subject names a checker.
json describe_links(const Call& call) {
  std::set<std::string> checkers;
  for (const package::ExamSubject& subject : setup_of(call).list_subjects(call.actor(), notice_code(call)))
    checkers.insert(subject.checkers.begin(), subject.checkers.end());
  if (checkers.empty()) return false;
  json named = json::array();
  for (const std::string& checker : checkers) named.push_back({{"who", checker}});
  return {{"address", setup_address(call, "/checker-links")}, {"named", std::move(named)}};
}

json describe_declarations(const Call& call) {
  json rows = json::array();
  for (const auto& one : setup_of(call).list_declarations(call.actor(), notice_code(call)))
    rows.push_back({{"checker", one.checker}, {"relative", one.has_relative}});
  return rows;
}

// Of an exam whose people are destroyed a notice can only be taken off the portal; what would be refused is not offered.
bool is_destroyed(const Call& call) {
  try {
    load_intake(call).officers.refuse_destroyed(call.actor(), notice_code(call));
  } catch (const Conflict&) {
    return true;
  }
  return false;
}

// What the officer may do with the notice, and whom it concerns.
void describe_steps(const Call& call, const services::SetupVersion& notice, bool complete, json& data) {
  services::NoticeSetup& setup = setup_of(call);
  const services::NoticeRule rule = setup.find_rule(call.actor(), notice_code(call));
  const services::NoticeApproval approval = setup.find_approval(call.actor(), notice_code(call));
  const std::int64_t people = load_intake(call).officers.count_concerned(call.actor(), notice_code(call));
  const bool up = notice.state == services::spell(RecruitmentState::published);
  const bool prepared = notice.state == services::spell(RecruitmentState::prepared);
  const bool proposed = approval.notice_version == notice.version && !approval.proposed_by.empty();
  const bool confirmed = proposed && !approval.confirmed_by.empty();
  const Pages& pages = call.site.pages();
  const auto question = [&](const char* one, const char* many) {
    return pages.text(call.language, people == 1 ? one : many, {{"count", group_digits(people)}});
  };
  data["concerned"] = std::to_string(people);
  data["seen_version"] = std::to_string(notice.version);
  data["second"] = rule.second_officer;
  data["confirm_dates"] = rule.dates_to_confirm;
  if (proposed) data["proposal"] = {{"by", approval.proposed_by}};
  if (confirmed) data["confirmation"] = {{"by", approval.confirmed_by}};
  const bool destroyed = is_destroyed(call);
  data["destroyed"] = destroyed;
  const bool may_go_up = !up && !destroyed;
  data["may_propose"] = rule.second_officer && may_go_up && !proposed && complete;
  data["may_confirm"] =
      rule.second_officer && may_go_up && proposed && !confirmed && approval.proposed_by != call.actor().account;
  const bool free_to_go = !rule.second_officer || confirmed;
  if (may_go_up && complete && free_to_go)
    data["announce"] = {{"sentence", question("setup.announce_one", "setup.announce_many")}, {"again", !prepared}};
  if (!prepared) data["withdraw"] = {{"sentence", question("setup.withdraw_one", "setup.withdraw_many")}};
  if (const auto change = setup.find_change(call.actor(), notice_code(call)))
    data["pending_change"] = {{"address", setup_address(call, "/proposal")}, {"by", change->proposal.proposed_by}};
  if (up || !prepared) data["close"] = {{"address", setup_address(call, "")}};
}

}  // namespace

services::NoticeSetup& setup_of(const Call& call) {
  return load_intake(call).setup;
}

ExamCode notice_code(const Call& call) {
  return ExamCode(call.path.at("notice"));
}

std::string setup_address(const Call& call, const std::string& below) {
  return fmt::format("/{}/recruitments/{}{}", code_of(call.language), encode_percent(call.path.at("notice")), below);
}

std::int64_t number_typed(const std::string& text) {
  std::int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? number : -1;
}

void take_notice_step(const Call& call, const std::string& step, std::int64_t version, std::int64_t concerned,
                      const std::string& reason) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  const services::Actor& actor = call.actor();
  const services::Change change = services::change_of(actor, reason, call.site.now());
  if (step == "announce") return setup.announce(actor, code, concerned, change);
  if (step == "withdraw") return setup.withdraw(actor, code, concerned, change);
  if (step == "propose") return setup.propose_notice(actor, code, version, change);
  if (step == "confirm") return setup.confirm_notice(actor, code, version, change);
  if (step == "confirm_dates") return setup.confirm_dates(actor, code, change);
  if (step == "second_on") return setup.set_second_officer(actor, code, true, change);
  if (step == "second_off") return setup.set_second_officer(actor, code, false, change);
  throw InvalidInput(
      "bad_step",
      {"'step' is announce, withdraw, propose, confirm, confirm_dates, second_on or second_off.",
       "'step'은 announce, withdraw, propose, confirm, confirm_dates, second_on, second_off 가운데 하나입니다."});
}

namespace {

// `refused`: why what was typed makes no copy.
Response show_setup_page(const Call& call, const FormView& refused, int status) {
  services::NoticeSetup& setup = setup_of(call);
  const ExamCode code = notice_code(call);
  const services::SetupVersion notice = setup.load_version(call.actor(), code, SetupPart::notice, 0);
  const auto stored = setup.load_notice(call.actor(), code);
  const ExamHeader& header = stored->notice.header;
  const auto gaps = setup.list_gaps(call.actor(), code);
  const bool complete = std::none_of(gaps.begin(), gaps.end(), [](const services::SetupGap& gap) {
    return gap.weight == services::SetupGap::Weight::blocks;
  });
  Page page{.name = "setup", .title = call.site.pages().text(call.language, "setup.title")};
  page.data = {{"name", name_of_exam(header, call.language)},
               {"code", code.text()},
               {"on", write_day(header.exam_on, call.language)},
               {"form_token", call.form_token},
               {"back", setup_address(call, "")},
               {"thread", fmt::format("/{}/exams/{}/thread", code_of(call.language), encode_percent(code.text()))},
               {"preview", setup_address(call, "/preview")},
               {"steps", setup_address(call, "/steps")},
               {"copies", setup_address(call, "/copies")},
               {"declarations_address", setup_address(call, "/declarations")},
               {"copy_code", clean_line(field_of(call.form, "code"))},
               {"weeks", refused.any_fault() ? clean_line(field_of(call.form, "weeks")) : std::to_string(usual_weeks)},
               {"gaps", describe_gaps(call, gaps, services::SetupGap::Weight::blocks)},
               {"advised", describe_gaps(call, gaps, services::SetupGap::Weight::warns)},
               {"complete", complete},
               {"forms", describe_forms(call)},
               {"histories", describe_histories(call)},
               {"exam_subjects", describe_subjects(call, header.time_zone)},
               {"links", describe_links(call)},
               {"declarations", describe_declarations(call)}};
  page.data["any_advice"] = !page.data["advised"].empty();
  page.data["any_subject"] = !page.data["exam_subjects"].empty();
  page.data["any_declaration"] = !page.data["declarations"].empty();
  describe_steps(call, notice, complete, page.data);
  refused.describe(page.data);
  page.status = status;
  if (refused.any_fault()) page.repost = call.form;
  return show(call, page);
}

}  // namespace

Response show_setup(const Call& call) {
  return show_setup_page(call, {}, 200);
}

Response take_setup_step(const Call& call) {
  take_notice_step(call, field_of(call.form, "step"), number_typed(field_of(call.form, "version")),
                   number_typed(field_of(call.form, "concerned")), field_of(call.form, "reason"));
  return redirect(setup_address(call, "/setup"));
}

Response copy_shown_notice(const Call& call) {
  FormView refused;
  const auto refuse = [&](const std::string& words) { refused.add_fault_at("#copy-code", words); };
  int status = 422;
  try {
    const std::int64_t weeks = number_typed(clean_signs(field_of(call.form, "weeks")));
    const services::NoticeCopy wish{ExamCode(clean_line(field_of(call.form, "code"))), read_weeks(weeks)};
    const ExamCode code =
        setup_of(call).copy_exam(call.actor(), notice_code(call), wish,
                                 services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()));
    return redirect(fmt::format("/{}/recruitments/{}/setup", code_of(call.language), encode_percent(code.text())));
  } catch (const InvalidInput& invalid) {
    for (const Fault& fault : invalid.faults().kept()) refuse(say_fault(fault, "", call.language));
    if (invalid.faults().empty()) refuse(invalid.message().in(call.language));
  } catch (const Conflict& taken) {
    refuse(taken.message().in(call.language));
    status = 409;
  }
  return show_setup_page(call, refused, status);
}

int read_weeks(std::int64_t weeks) {
  if (weeks >= 1 && weeks <= 520) return static_cast<int>(weeks);
  throw InvalidInput("bad_weeks", {"Say by how many whole weeks the dates move: 1 to 520.",
                                   "날짜를 몇 주 옮길지 1에서 520 사이의 수로 적으십시오."});
}

Response declare_shown_relative(const Call& call) {
  setup_of(call).declare_relative(call.actor(), notice_code(call), field_of(call.form, "checker"),
                                  field_of(call.form, "relative") == "yes",
                                  services::change_of(call.actor(), "", call.site.now()));
  return redirect(setup_address(call, "/setup") + "#subjects");
}

Response preview_notice(const Call& call) {
  const services::SetupVersion version =
      setup_of(call).load_version(call.actor(), notice_code(call), SetupPart::notice, 0);
  auto stored = setup_of(call).load_notice(call.actor(), notice_code(call));
  const bool of_proposal = field_of(call.query, "of") == "proposal";
  if (of_proposal) {
    const auto change = setup_of(call).find_change(call.actor(), notice_code(call));
    if (!change) throw NotFound("no_such_page", {"Nothing is proposed.", "상신된 변경이 없습니다."});
    auto proposed = std::make_shared<services::StoredRecruitment>(*stored);
    std::vector<Fault> warnings;
    proposed->notice = package::parse_recruitment(change->proposal.definition, "recruitment.json", warnings);
    stored = std::move(proposed);
  }
  Page page{.name = "notice", .title = name_of_exam(stored->notice.header, call.language)};
  page.data = describe_notice(call.site.pages(), *stored, {}, call.site.now(), call.language);
  page.data["preview_of"] = {{"version", std::to_string(version.version)},
                             {"proposal", of_proposal},
                             {"back", setup_address(call, of_proposal ? "/proposal" : "/setup")}};
  page.data["is_open"] = false;  // nobody applies from a preview
  page.data["is_preview"] = true;
  return show(call, page);
}

}  // namespace hanjari::web
