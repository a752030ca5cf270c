#include "intake/pages/routes.h"

#include "hanjari/intake/attachments.h"
#include "hanjari/intake/notice_board.h"
#include "intake/pages/api/applying_api_routes.h"
#include "intake/pages/api/office_applications_api.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/notice_pages.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/setup/setup_routes.h"
#include "intake/pages/texts/text_pages.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t step_bytes = 32 * 1024;
// A photo as it comes from a camera, and what the form adds; photos wait for one another in picture_queue.
constexpr Limits photo_limits{12'100'000, 0, 1};
// A document of the largest size for every item that can be asked for.
constexpr Limits document_limits{7 * services::longest_document + 100'000, 8, 8};

// They wait for the payment provider: however slow it is, threads are left for everybody else.
constexpr int payments_at_once = 8;
constexpr Limits closing_limits{4 * 1024, 0};
// Both languages of a text, each byte as three signs of a form.
constexpr Limits text_limits{6 * services::longest_portal_text + 8 * 1024, 4};

// Asked anew each time, and answered "not modified" from memory. Whatever changes another program made are seen this
// soon.
constexpr std::chrono::milliseconds soon{1'000};
constexpr Keep page_rule{soon, 4 * soon, "private, no-cache"};

}  // namespace

// Notices are everybody's; forms and applications are their owner's.
void add_intake_routes(std::vector<Route>& routes) {
  const auto everybody = Permission::anybody();
  const auto applicant = Permission::staff({{Role::applicant, Reach::own}});
  const Limits step{step_bytes, 0};
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({Method::get, pattern, Listener::portal, who, handler, limits});
  };
  const auto post = [&](const char* pattern, const Permission& who, Handler handler, Limits limits) {
    routes.push_back({Method::post, pattern, Listener::portal, who, handler, limits});
  };
  routes.push_back({Method::get, "/{language}", Listener::portal, everybody, show_home, {}, {}, page_rule});
  routes.push_back(
      {Method::get, "/{language}/notices/{notice}", Listener::portal, everybody, show_notice, {}, {}, page_rule});
  get("/{language}/notices/{notice}/calendar", everybody, download_calendar);
  routes.push_back(
      {Method::get, "/{language}/about/{about}", Listener::portal, everybody, show_about, {}, {}, page_rule});

  get("/{language}/apply/{notice}", applicant, begin_applying);
  get("/{language}/apply/{notice}/unit", applicant, show_apply_unit);
  post("/{language}/apply/{notice}/unit", applicant, save_apply_unit, step);
  get("/{language}/apply/{notice}/person", applicant, show_apply_person);
  post("/{language}/apply/{notice}/person", applicant, save_apply_person, step);
  get("/{language}/apply/{notice}/photo", applicant, show_apply_photo);
  post("/{language}/apply/{notice}/photo", applicant, send_apply_photo, photo_limits);
  post("/{language}/apply/{notice}/photo/portrait", applicant, use_apply_photo, step);
  get("/{language}/apply/{notice}/photo/preview", applicant, preview_apply_photo, {0, 8});
  get("/{language}/apply/{notice}/claims", applicant, show_apply_claims);
  post("/{language}/apply/{notice}/claims", applicant, save_apply_claims, step);
  get("/{language}/apply/{notice}/support", applicant, show_apply_support);
  post("/{language}/apply/{notice}/support", applicant, save_apply_support, document_limits);
  get("/{language}/apply/{notice}/review", applicant, show_apply_review);
  // The page with the place in the queue is an answer to a POST; its address leads back to what was submitted.
  get("/{language}/apply/{notice}/submit", applicant, show_apply_review);
  post("/{language}/apply/{notice}/submit", applicant, submit_application, step);
  routes.back().when_away = keep_submission;

  get("/{language}/apply/{notice}/discard", applicant, show_discard);
  post("/{language}/apply/{notice}/discard", applicant, discard_form, step);

  get("/{language}/my", applicant, show_own_applications);
  get("/{language}/my/photos/{attachment}", applicant, send_own_photo);
  get("/{language}/my/documents/{attachment}", applicant, download_own_document, {0, 8});
  get("/{language}/my/{application}", applicant, show_own_application);
  get("/{language}/my/{application}/receipt", applicant, download_receipt);
  get("/{language}/my/{application}/receipt/paper", applicant, download_receipt_paper, {0, 8});
  get("/{language}/my/{application}/withdraw", applicant, show_withdraw);
  post("/{language}/my/{application}/withdraw", applicant, withdraw_application, step);
  routes.back().when_away = keep_withdrawal;
  get("/{language}/my/{application}/payment", applicant, show_payment);
  post("/{language}/my/{application}/payment", applicant, begin_own_payment, {step_bytes, payments_at_once});
  get("/{language}/my/{application}/report", applicant, show_self_report);
  post("/{language}/my/{application}/report", applicant, send_self_report, step);
  routes.back().when_away = keep_self_report;

  // Of the test provider, which stands in for another site.
  get("/pay/{order}", everybody, choose_pay_language);
  get("/{language}/pay/{order}", applicant, show_test_payment);
  post("/{language}/pay/{order}", applicant, decide_test_payment, step);

  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  constexpr Listener office = Listener::office;
  const auto reader = Permission::staff({{Role::exam_officer, Reach::everything}, {Role::auditor, Reach::everything}});
  routes.push_back({Method::get, "/{language}/recruitments", office, reader, show_recruitments});
  routes.push_back({Method::get, "/{language}/recruitments/{notice}", office, officer, show_recruitment});
  routes.push_back(
      {Method::post, "/{language}/recruitments/{notice}/closings", office, officer, order_shown_closing, closing_limits});

  routes.push_back({Method::get, "/{language}/about", office, officer, show_about_list});
  routes.push_back({Method::get, "/{language}/about/{about}", office, officer, show_about_form});
  routes.push_back({Method::post, "/{language}/about/{about}", office, officer, write_about, text_limits});
  add_office_application_routes(routes);
  add_setup_routes(routes);
  add_applying_api(routes);
  add_office_applications_api(routes);
}

}  // namespace hanjari::web
