#include "intake/pages/portal_call.h"

#include <utility>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"

namespace hanjari::web {
namespace {

[[noreturn]] void refuse_here() {
  throw NotFound("no_such_page", {"There is nothing at this address.", "이 주소에는 페이지가 없습니다."});
}

}  // namespace

services::UseCases& load_intake(const Call& call) {
  services::UseCases* intake = call.site.intake();
  if (intake == nullptr) refuse_here();
  return *intake;
}

services::SeatViewRepository& load_seat_views(const Call& call) {
  services::SeatViewRepository* views = call.site.seat_views();
  if (views == nullptr) refuse_here();
  return *views;
}

std::string photo_address(const Call& call, const AttachmentId& photo) {
  return fmt::format("/{}/my/photos/{}", code_of(call.language), encode_percent(photo.text()));
}

void send_once_more(Page& page, const Values& fields) {
  page.data["hidden"] = nlohmann::json::array();
  for (const auto& [name, value] : fields) page.data["hidden"].push_back({{"name", name}, {"value", value}});
  page.repost = fields;
}

Response send_again(const Call& call, Page page, std::chrono::seconds after) {
  page.data["seconds"] = std::to_string(after.count());
  Response response = show(call, page);
  response.set_header("Retry-After", std::to_string(after.count()));
  return response;
}

Response keep_timed_step(const Call& call, services::TimedStep step, const char* title, const char* lead, Values fields) {
  services::SentMoment sent = sent_step(call);
  sent.ticket = load_intake(call).submitting.keep_moment(ApplicationId(call.path.at("application")), step, sent);
  const Pages& pages = call.site.pages();
  Page page{.name = "apply_queue", .title = pages.text(call.language, title), .status = 503};
  // Nobody can be asked where the exam is held; all are held in one country.
  page.data = {{"heading", page.title},
               {"action", call.request.path},
               {"lead", pages.text(call.language, lead)},
               {"received", write_second(sent.received_at, "Asia/Seoul")},
               {"place", false}};
  fields["ticket"] = sent.ticket;
  send_once_more(page, fields);
  return send_again(call, std::move(page), std::chrono::seconds(5));
}

services::SentMoment sent_step(const Call& call) {
  return {call.request.received_at.value_or(call.site.now()), typed(call, "ticket")};
}

}  // namespace hanjari::web
