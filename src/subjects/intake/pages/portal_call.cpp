#include "intake/pages/portal_call.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"

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

}  // namespace hanjari::web
