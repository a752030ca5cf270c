#include "plans/pages/workbench/bench.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "site/pages/pages.h"
#include "site/pages/plan_refusals.h"

namespace hanjari::web {

Bench bench_of(const Call& call) {
  if (call.site.exams() == nullptr || call.site.workbench() == nullptr)
    throw NotFound("no_plans", {"This program makes no plans.", "이 프로그램은 배정안을 만들지 않습니다."});
  const ExamCode code(call.path.at("code"));
  services::choose_population(*call.site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*call.site.exams(), *call.site.workbench(), code};
}

services::StoredPlan plan_of_path(const Call& call, const Bench& bench) {
  return in_words_of_pages([&] { return services::find_stored_plan(bench.exams, bench.code, call.path.at("plan")); });
}

std::string address_of_exam(const Call& call) {
  return fmt::format("/{}/exams/{}", code_of(call.language), encode_percent(call.path.at("code")));
}

std::string address_of_plan(const Call& call, const std::string& digest) {
  return address_of_exam(call) + "/plans/" + encode_percent(digest);
}

std::string write_km(Metres metres) {
  const Metres tenths = (metres + 50) / 100;
  return fmt::format("{}.{}", group_digits(tenths / 10), tenths % 10);
}

std::string write_mean_km(Metres metres, std::int64_t people) {
  return write_km(people == 0 ? 0 : (metres + people / 2) / people);
}

nlohmann::json seatless_people(const Call& call, const services::StoredPlan& plan, std::int64_t unseated) {
  if (unseated == 0) return false;
  return {{"people", group_digits(unseated)}, {"reasons", address_of_plan(call, plan.digest) + "/settings"}};
}

nlohmann::json head_of_exam(const Call& call, const Bench& bench) {
  const auto head = bench.exams.find_head(bench.code).value_or(services::ExamHead{});
  return {{"name", call.language == Language::korean ? head.name_ko : head.name_en},
          {"on", write_day(head.exam_on, call.language)}};
}

}  // namespace hanjari::web
