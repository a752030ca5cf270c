// New keys for all personal data, ordered by an administrator and carried out by a job.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/site/site.h"
#include "privacy/pages/keys_page.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr std::size_t jobs_shown = 20;

services::JobRepository& jobs_of_keys(const Call& call) {
  if (call.site.jobs() != nullptr) return *call.site.jobs();
  throw NotFound("no_jobs", {"This program keeps no jobs.", "이 프로그램에는 작업이 없습니다."});
}

}  // namespace

Response show_keys(const Call& call) {
  Page page{.name = "keys", .title = call.site.pages().text(call.language, "keys.title")};
  page.data = {{"form_token", call.form_token},
               {"action", fmt::format("/{}/keys", code_of(call.language))},
               {"jobs", nlohmann::json::array()}};
  bool running = false;
  const services::JobFilter filter{.exam = {}, .kind = services::key_rotation_job_kind, .limit = jobs_shown};
  for (const services::Job& job : jobs_of_keys(call).list_jobs(filter)) {
    running = running || !services::is_over(job.state);
    page.data["jobs"].push_back({{"address", fmt::format("/{}/jobs/{}", code_of(call.language), job.id)},
                                 {"at", write_moment(job.asked_at, machine_time_zone())},
                                 {"author", job.author},
                                 {"state", services::name_of(job.state).in(call.language)}});
  }
  page.data["any"] = !page.data["jobs"].empty();
  page.data["running"] = running;
  return show(call, page);
}

Response order_new_keys(const Call& call) {
  if (clean_line(field_of(call.form, "reason")).empty() || field_of(call.form, "sure").empty()) {
    throw InvalidInput("not_sure", {"Say why the keys are changed, and tick that a new backup will be made afterwards.",
                                    "키를 교체하는 사유를 적고, 교체한 뒤에 새로 백업해야 함을 확인했다는 칸에 표시하십시오."});
  }
  const services::Job job =
      services::order_upkeep(jobs_of_keys(call), services::key_rotation_job_kind,
                             services::change_of(call.actor(), field_of(call.form, "reason"), call.site.now()));
  return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
}

}  // namespace hanjari::web
