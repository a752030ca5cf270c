// What-ifs and trade-offs ordered as jobs.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/plans/whatif_job.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "plans/pages/workbench/edit_fields.h"
#include "plans/pages/workbench/settings_page.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

services::Job order_one(const Call& call, const services::WhatifWish& wish, const std::string& reason) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  return services::order_whatif(bench.exams, bench.workbench, jobs_of_edits(call), bench.code, plan, wish,
                                services::change_of(call.actor(), reason, call.site.now()));
}

}  // namespace

Response order_shown_whatif(const Call& call) {
  services::WhatifWish wish;
  const std::string key = field_of(call.form, "key");
  const std::string range = clean_signs(field_of(call.form, "range"));
  if (key.empty()) {
    wish.trade_off = field_of(call.form, "trade_off");
  } else {
    wish.vary = key + "=" + range;
  }
  wish.from_plan = !field_of(call.form, "from_plan").empty();
  try {
    const services::Job job = order_one(call, wish, "");
    return redirect(fmt::format("/{}/jobs/{}", code_of(call.language), job.id));
  } catch (const InvalidInput& refused) {
    return refuse_shown_whatif(call, refused);
  }
}

Response order_whatif_by_api(const Call& call) {
  const nlohmann::json body = read_json(call);
  services::WhatifWish wish;
  wish.vary = text_in(body, "vary");
  wish.trade_off = text_in(body, "trade_off");
  wish.from_plan = flag_in(body, "from_plan");
  const services::Job job = order_one(call, wish, text_in(body, "reason"));
  Response response = answer_json({{"job", job.id}}, 202);
  response.set_header("Location", "/api/v1/jobs/" + job.id);
  return response;
}

}  // namespace hanjari::web
