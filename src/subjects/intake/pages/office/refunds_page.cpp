// Fees that go back: what is on its way, and what has gone.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/site/site.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/office_words.h"
#include "intake/pages/portal_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

constexpr int refunds_shown = 50;

}  // namespace

Response show_refunds(const Call& call) {
  const ExamCode exam = notice_of(call);
  services::UseCases& intake = load_intake(call);
  intake.officers.require_notice(call.actor(), exam);
  const auto stored = intake.officers.find_notice(call.actor(), exam);
  const std::string& zone = stored->notice.header.time_zone;
  const Pages& pages = call.site.pages();
  const std::string wanted = field_of(call.query, "state");
  const bool gone = wanted == "refunded";
  const bool taken_back = wanted == services::taken_back_word;
  const auto state = taken_back ? services::PaymentState::paid : gone ? services::PaymentState::refunded : services::PaymentState::refunding;
  const std::string word(taken_back ? services::taken_back_word : services::spell(state));
  const auto listed = intake.table.list_refunds(call.actor(), exam, state, field_of(call.query, "after"), refunds_shown);
  Page page{.name = "refunds", .title = pages.text(call.language, "refunds.title")};
  page.data = {{"table_address", recruitment_address(call, exam) + "/applications"},
               {"heading", pages.text(call.language, taken_back ? "refunds.taken_back" : gone ? "refunds.gone" : "refunds.on_the_way")},
               {"other_address", call.request.path + (gone || taken_back ? "" : "?state=refunded")},
               {"other_name", pages.text(call.language, gone || taken_back ? "refunds.on_the_way" : "refunds.gone")},
               {"taken_back_address", taken_back ? nlohmann::json(false) : nlohmann::json(call.request.path + "?state=taken_back")},
               {"any", !listed.payments.empty()},
               {"refunds", nlohmann::json::array()}};
  for (const services::Payment& payment : listed.payments) {
    page.data["refunds"].push_back(
        {{"order", payment.id},
         {"number", write_application_number(payment.application)},
         {"own_page", person_address(call, exam, payment.application)},
         {"amount", write_won(pages, payment.amount, call.language)},
         {"begun", write_moment(payment.begun_at, zone)},
         {"provider", payment.provider},
         {"tries", group_digits(payment.asks)},
         {"settled", payment.settled_at ? write_moment(*payment.settled_at, zone) : std::string("-")}});
  }
  if (!listed.last.empty())
    page.data["next_page"] = {{"next_address", fmt::format("{}?state={}&after={}", call.request.path, word,
                                                           encode_percent(listed.last))}};
  return show(call, page);
}

}  // namespace hanjari::web
