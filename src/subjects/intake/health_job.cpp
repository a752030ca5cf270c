#include "hanjari/intake/health_job.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

std::string write_health_made(const HealthMade& made) {
  return json{{"decided", made.decided}, {"left", made.left}}.dump();
}

[[noreturn]] void throw_bad_order() {
  throw InvalidInput("bad_request", {"Decisions name reports (numbers), decision (isolation, reserve or declined) and language (ko or en).",
                                     "reports(번호 목록), decision(isolation, reserve, declined), language(ko, en)를 적으십시오."});
}

std::vector<ReportWish> wishes_of_order(const HealthOrder& order) {
  std::vector<ReportWish> wishes;
  const std::string told = usual_words(order.decision).in(order.language);
  for (const std::int64_t report : order.reports) wishes.push_back({report, order.decision, told});
  return wishes;
}

}  // namespace

std::string write_health_order(const HealthOrder& order) {
  return json{{"reports", order.reports},
              {"decision", spell(order.decision)},
              {"language", order.language == Language::korean ? "ko" : "en"}}
      .dump();
}

HealthOrder parse_health_order(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || !read.contains("reports") || !read["reports"].is_array()) throw_bad_order();
  HealthOrder order;
  for (const json& one : read["reports"]) {
    if (!one.is_number_integer()) throw_bad_order();
    order.reports.push_back(one.get<std::int64_t>());
  }
  const auto word_of = [&](const char* key) {
    const auto found = read.find(key);
    if (found == read.end()) return std::string();
    if (!found->is_string()) throw_bad_order();
    return found->get<std::string>();
  };
  const auto decision = parse_meant(word_of("decision"), parse_report_decision);
  const std::string language = word_of("language");
  if (!decision || (!language.empty() && language != "ko" && language != "en")) throw_bad_order();
  order.decision = *decision;
  order.language = language == "en" ? Language::english : Language::korean;
  return order;
}

Text usual_words(ReportDecision decision) {
  switch (decision) {
    case ReportDecision::isolation:
      return {"You sit the exam at a separate venue.", "별도 시험장에서 응시하시게 됩니다."};
    case ReportDecision::reserve:
      return {"You sit the exam in a separate room.", "별도 시험실에서 응시하시게 됩니다."};
    case ReportDecision::declined:
      return {"You sit the exam at your seat as before.", "기존 좌석에서 그대로 응시하시면 됩니다."};
    case ReportDecision::asked:
      break;
  }
  return {};
}

Job order_health_decisions(HealthDecisions& health, JobRepository& jobs, const Actor& actor, const ExamCode& exam,
                           const HealthOrder& order, const Change& change) {
  health.check_list(actor, exam, wishes_of_order(order));
  const JobOrder asked{health_job_kind, exam.text(), write_health_order(order)};
  const Job job = jobs.add_job(asked, draw_token(), change);
  if (job.order.request == asked.request) return job;
  throw Conflict("health_job_running",
                 {"Other health reports of this recruitment are being decided. Wait until that job is done.",
                  "이 채용의 다른 자진신고를 처리하는 중입니다. 그 작업이 끝난 뒤 다시 요청하십시오."});
}

std::optional<HealthMade> parse_health_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("decided")) return std::nullopt;
  HealthMade made;
  made.decided = read.value("decided", std::int64_t{0});
  made.left = read.value("left", std::int64_t{0});
  return made;
}

JobWork health_work(HealthDecisions& health, const Clock& clock) {
  return [&health, &clock](const JobCall& call) {
    // Whoever ordered it was an officer then.
    const Actor officer{call.job.author, Role::exam_officer, {}};
    const auto wishes = wishes_of_order(parse_health_order(call.job.order.request));
    call.progress.stage({"Deciding and giving seats", "결정과 좌석 배정"}, wishes.size());
    HealthMade made;
    const auto leave = [&](const ReportWish& wish, const Error& refusal) {
      ++made.left;
      if (call.warnings == nullptr) return;
      call.warnings->push_back({fmt::format("Report {}: {}", wish.report, refusal.message().en),
                                fmt::format("신고 {}: {}", wish.report, refusal.message().ko)});
    };
    for (const ReportWish& wish : wishes) {
      try {
        if (!health.was_decided(officer, wish.report, wish.decision, call.job.asked_at)) {
          const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
          health.decide_report(officer, wish.report, wish.decision, wish.told, change, no_progress());
        }
        ++made.decided;
      } catch (const PersonalDataDamaged& damaged) {
        leave(wish, damaged);  // of this report, or of its application
      } catch (const Unavailable&) {
        throw;  // would concern every further report too; what is decided stays so
      } catch (const Error& refusal) {
        leave(wish, refusal);
      }
      call.progress.report(static_cast<std::uint64_t>(made.decided + made.left), "");
    }
    return write_health_made(made);
  };
}

}  // namespace hanjari::services
