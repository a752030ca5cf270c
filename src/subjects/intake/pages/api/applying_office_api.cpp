// The JSON of the office: notices, decisions, closing.
#include <charconv>
#include <chrono>
#include <optional>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/intake/closing_job.h"
#include "hanjari/intake/health_job.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/site/site.h"
#include "intake/pages/api/applying_json.h"
#include "intake/pages/api/applying_office_api.h"
#include "intake/pages/setup/setup_api.h"
#include "site/pages/problems.h"

namespace hanjari::web {
namespace {

using nlohmann::ordered_json;

constexpr int applications_per_page = 200;
constexpr int messages_per_page = 200;
// A list of decisions is answered well before the server gives its caller up.
constexpr std::chrono::seconds time_for_list{45};

services::Change change_of(const Call& call, const nlohmann::json& body) {
  const services::Actor& actor = call.actor();
  return {actor.account,       text_member(body, "reason"),
          call.site.now(),     std::string(services::spell(actor.role)),
          call.request.source, call.request.id};
}

std::string query_of(const Call& call, const char* name) {
  const auto found = call.query.find(name);
  return found == call.query.end() ? std::string{} : found->second;
}

[[noreturn]] void throw_bad_word(const char* name) {
  throw InvalidInput("bad_member", {std::string(name) + " is not one of the known words.",
                                    std::string(name) + "의 값은 알 수 없는 낱말입니다."});
}

// The refusal with the number of people that the caller has to say.
[[noreturn]] void refuse_with_count(const Conflict& refusal, std::int64_t concerned) {
  ordered_json members = ordered_json::object();
  members["concerned"] = concerned;
  throw RefusedWith(refusal.code(), refusal.message(), members.dump());
}

services::RecruitmentState state_of(const std::string& word) {
  for (const auto state : {services::RecruitmentState::prepared, services::RecruitmentState::published,
                           services::RecruitmentState::closed}) {
    if (services::spell(state) == word) return state;
  }
  throw_bad_word("state");
}

}  // namespace

Response list_all_recruitments(const Call& call) {
  ordered_json listed{{"recruitments", ordered_json::array()}};
  for (const auto& stored : intake_of(call).officers.list_all_notices(call.actor())) {
    listed["recruitments"].push_back(
        {{"code", stored->notice.header.code.text()},
         {"state", services::spell(stored->state)},
         {"version", stored->version},
         {"definition", ordered_json::parse(package::render_recruitment(stored->notice))}});
  }
  return answer_json(listed);
}

Response save_recruitment(const Call& call) {
  const nlohmann::json body = read_json(call);
  std::vector<Fault> warnings;
  const Recruitment notice =
      package::parse_recruitment(body.value("definition", nlohmann::json::object()).dump(), "definition", warnings);
  const std::int64_t version = number_member(body, "version", 0);
  const std::string word = text_member(body, "state");
  std::optional<services::RecruitmentState> first;
  if (!word.empty()) first = state_of(word);
  const services::NoticeSaving saving = saving_in(body);
  if (saving.pending == services::NoticeSaving::Pending::grows) {
    throw InvalidInput("bad_member", {"pending is gives_way: a whole notice takes the place of a proposal.",
                                      "pending의 값은 gives_way입니다. 공고 전체를 보내면 상신에 더하지 않고 그 상신을 대신합니다."});
  }
  const auto saved = [&] {
    try {
      return intake_of(call).setup.save_notice(call.actor(), notice, first, version, saving, change_of(call, body));
    } catch (const services::EffectsUnsaid& refusal) {
      refuse_with_effects(refusal);
    }
  }();
  ordered_json answer{{"code", notice.header.code.text()},
                      {"version", saved.proposed ? version : version + 1},
                      {"state", services::spell(saved.state)}};
  if (saved.proposed) answer["proposed"] = true;
  // A key that nobody knows may be a misspelt one: what it says is not in the notice.
  for (const Fault& warning : warnings) {
    answer["warnings"].push_back({{"detail", warning.format(Language::english)}, {"detail_ko", warning.format(Language::korean)}});
  }
  if (saved.proposed) return answer_json(answer, 202);
  return answer_json(answer, version == 0 ? 201 : 200);
}

Response change_recruitment_state(const Call& call) {
  const nlohmann::json body = read_json(call);
  intake_of(call).officers.require_notice(call.actor(), ExamCode(call.path.at("notice")));
  const auto to = state_of(text_member(body, "state"));
  const ExamCode code(call.path.at("notice"));
  services::OfficersWork& officers = intake_of(call).officers;
  try {
    officers.change_state(call.actor(), code, to, number_member(body, "concerned", 0), change_of(call, body));
  } catch (const Conflict& refusal) {
    refuse_with_count(refusal, officers.count_concerned(call.actor(), code));
  }
  return answer_json({{"state", services::spell(to)}});
}

Response list_recruitment_applications(const Call& call) {
  const std::string word = query_of(call, "state");
  const auto state = word.empty() ? std::nullopt : parse_meant(word, parse_application_state);
  if (!word.empty() && !state) throw_bad_word("state");
  const auto listed =
      intake_of(call).officers.list_for_officer(call.actor(), ExamCode(call.path.at("notice")), state,
                                                ApplicationId(query_of(call, "after")), applications_per_page);
  ordered_json answer{{"per_page", applications_per_page}, {"applications", ordered_json::array()}};
  for (const Application& application : listed) answer["applications"].push_back(as_json(application));
  if (static_cast<int>(listed.size()) == applications_per_page) answer["next_after"] = listed.back().id.text();
  return answer_json(answer);
}

Response show_counts(const Call& call) {
  ordered_json answer{{"units", ordered_json::array()}};
  const ExamCode exam(call.path.at("notice"));
  services::OfficersWork& officers = intake_of(call).officers;
  officers.require_notice(call.actor(), exam);
  for (const auto& [unit, count] : officers.count_applications(call.actor(), exam)) {
    answer["units"].push_back({{"unit_code", unit.text()},
                               {"submitted", count.submitted},
                               {"paid", count.paid},
                               {"withdrawn", count.withdrawn},
                               {"lapsed", count.lapsed}});
  }
  return answer_json(answer);
}

Response decide_accommodation_item(const Call& call) {
  const nlohmann::json body = read_json(call);
  const auto decision = parse_meant(text_member(body, "decision"), parse_item_decision);
  if (!decision) throw_bad_word("decision");
  intake_of(call).officers.decide_accommodation(call.actor(), ApplicationId(call.path.at("application")),
                                                text_member(body, "item"), *decision, text_member(body, "told"),
                                                change_of(call, body));
  return answer_json({{"decided", true}}, 201);
}

Response list_self_reports(const Call& call) {
  ordered_json answer{{"self_reports", ordered_json::array()}};
  for (const auto& report : intake_of(call).health.list_waiting_reports(call.actor(), ExamCode(call.path.at("notice"))))
    answer["self_reports"].push_back(as_json(report));
  return answer_json(answer);
}

Response decide_self_report(const Call& call) {
  const nlohmann::json body = read_json(call);
  const auto decision = parse_meant(text_member(body, "decision"), services::parse_report_decision);
  const std::string& id = call.path.at("report");
  const bool digits = !id.empty() && id.size() < 18 && id.find_first_not_of("0123456789") == std::string::npos;
  if (!decision) throw_bad_word("decision");
  if (!digits) throw NotFound("unknown_report", {"There is no such report.", "해당 신고가 없습니다."});
  return answer_json(
      as_json(intake_of(call).health.decide_report(call.actor(), std::stoll(id), *decision, text_member(body, "told"),
                                                   change_of(call, body), no_progress())),
      201);
}

namespace {

std::vector<services::ReportWish> report_wishes_in(const nlohmann::json& body) {
  const auto given = body.find("decisions");
  if (given == body.end() || !given->is_array()) {
    throw InvalidInput("bad_member", {"decisions is not a list.", "decisions의 값은 목록이어야 합니다."});
  }
  std::vector<services::ReportWish> wishes;
  for (const nlohmann::json& one : *given) {
    if (!one.is_object()) {
      throw InvalidInput("bad_member",
                         {"An entry of decisions is not an object.", "decisions의 항목은 객체여야 합니다."});
    }
    require_known_members(one, {"report", "decision", "told"});
    const auto decision = parse_meant(text_member(one, "decision"), services::parse_report_decision);
    if (!decision) throw_bad_word("decision");
    wishes.push_back({number_member(one, "report", 0), *decision, text_member(one, "told")});
  }
  return wishes;
}

}  // namespace

Response preview_self_reports(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  intake_of(call).setup.load_notice(call.actor(), ExamCode(call.path.at("notice")));
  const auto wishes = report_wishes_in(read_json(call));
  ordered_json answer{{"reports", ordered_json::array()}};
  for (const services::ReportPreview& preview :
       intake_of(call).health.preview_reports(call.actor(), ExamCode(call.path.at("notice")), wishes)) {
    ordered_json one{{"report", preview.report}, {"application", preview.application.text()}};
    if (preview.code.empty()) {
      one["old_place"] = preview.old_place;
      one["new_place"] = preview.new_place;
    } else {
      one["code"] = preview.code;
      one["why"] = {{"en", preview.why.en}, {"ko", preview.why.ko}};
    }
    answer["reports"].push_back(std::move(one));
  }
  return answer_json(answer);
}

Response order_self_report_decisions(const Call& call) {
  // Whose it is comes before what is wrong with the entry.
  intake_of(call).setup.load_notice(call.actor(), ExamCode(call.path.at("notice")));
  const nlohmann::json body = read_json(call);
  if (call.site.jobs() == nullptr)
    throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
  const services::Job job = services::order_health_decisions(
      intake_of(call).health, *call.site.jobs(), call.actor(), ExamCode(call.path.at("notice")),
      services::parse_health_order(body.dump()), change_of(call, body));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

Response decide_self_reports(const Call& call) {
  const nlohmann::json body = read_json(call);
  const auto wishes = report_wishes_in(body);
  ordered_json answer{{"decided", 0}, {"reports", ordered_json::array()}};
  std::size_t decided = 0;
  for (const services::ReportOutcome& outcome : intake_of(call).health.decide_reports(
           call.actor(), wishes, change_of(call, body), no_progress(), time_for_list)) {
    ordered_json one{{"report", outcome.report}};
    if (outcome.decided) {
      ++decided;
      one["decided"] = as_json(*outcome.decided);
    } else {
      one["code"] = outcome.code;
      one["why"] = {{"en", outcome.why.en}, {"ko", outcome.why.ko}};
    }
    answer["reports"].push_back(std::move(one));
  }
  answer["decided"] = decided;
  return answer_json(answer);
}

Response list_failed_messages(const Call& call) {
  const std::string before = query_of(call, "before");
  std::int64_t number = 0;
  std::from_chars(before.data(), before.data() + before.size(), number);
  const auto failed = intake_of(call).officers.list_failed_messages(call.actor(), number, messages_per_page);
  ordered_json answer{{"messages", ordered_json::array()}};
  for (const services::FailedMessage& one : failed) {
    answer["messages"].push_back({{"number", one.id},
                                  {"about", one.dedupe_id},
                                  {"channel", services::spell(one.channel)},
                                  {"attempts", one.attempts},
                                  {"why", one.why},
                                  {"failed_at", format_instant(one.failed_at)}});
  }
  if (static_cast<int>(failed.size()) == messages_per_page) answer["next_before"] = failed.back().id;
  return answer_json(answer);
}

Response close_recruitment(const Call& call) {
  const nlohmann::json body = read_json(call);
  services::ApplicationCloser& closing = intake_of(call).closing;
  if (call.site.jobs() == nullptr)
    throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
  const ExamCode code(call.path.at("notice"));
  const services::Job job = [&] {
    try {
      return services::order_closing(closing, *call.site.jobs(), call.actor(), code, number_member(body, "concerned", 0),
                                     change_of(call, body));
    } catch (const Conflict& refusal) {
      refuse_with_count(refusal, closing.ask_closing(call.actor(), code).unpaid);
    }
  }();
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace hanjari::web
