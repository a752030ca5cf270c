// The page of the test payment provider: does on demand what real ones do by accident. It stands in for another site and
// shows its order alone; but it stands on this one, where nobody but who has begun an order may open or decide it.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/intake/use_cases.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_pages.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

// NotFound with any other provider: then this page does not exist.
services::TestProvider& load_test_provider(const Call& call) {
  services::TestProvider* provider = load_intake(call).paying.test_provider();
  if (provider == nullptr)
    throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
  return *provider;
}

}  // namespace

ApplicationId load_own_order(const Call& call, const std::string& order) {
  services::UseCases& intake = load_intake(call);
  const auto application = intake.paying.find_application_of(order);
  if (!application) throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  return intake.own.load_own_application(applicant_of(call), *application).id;
}

Response choose_pay_language(const Call& call) {
  return redirect(fmt::format("/{}/pay/{}", code_of(call.language), encode_percent(call.path.at("order"))));
}

Response show_test_payment(const Call& call) {
  services::TestProvider& provider = load_test_provider(call);
  const std::string number = provider.order_of(call.path.at("order"));
  load_own_order(call, number);
  const services::ProviderNotice order = provider.ask(number);
  if (order.state == services::ProviderState::unknown)
    throw NotFound("unknown_order", {"There is no such order.", "해당 결제 주문이 없습니다."});
  Page page{.name = "test_payment", .title = call.site.pages().text(call.language, "pay.test_title")};
  page.data = {{"order", order.order},
               {"amount", write_won(call.site.pages(), order.amount, call.language)},
               {"action", call.request.path}};
  return show(call, page);
}

Response decide_test_payment(const Call& call) {
  services::TestProvider& provider = load_test_provider(call);
  services::UseCases& intake = load_intake(call);
  const std::string order = provider.order_of(call.path.at("order"));
  const ApplicationId application = load_own_order(call, order);
  const auto outcome = services::parse_test_outcome(typed(call, "outcome"));
  if (!outcome) return redirect(call.request.path);
  for (const auto& notification : provider.decide(order, *outcome))
    intake.paying.accept_notification(notification.body, notification.signature);
  return redirect(application_address(call, application) + "/payment");
}

}  // namespace hanjari::web
