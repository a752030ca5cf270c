// The own seat of somebody who signed in: where, what changed, the way there, and the slip on paper or in the wallet.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/documents/qr_svg.h"
#include "hanjari/documents/slip.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/notice_view.h"
#include "intake/pages/own_application.h"
#include "intake/pages/portal_call.h"
#include "intake/pages/seat_change.h"
#include "seats/pages/portal_own_seat.h"
#include "seats/pages/seat_view.h"
#include "seats/pages/slip_response.h"
#include "seats/pages/venue_map.h"

namespace hanjari::web {
namespace {

void need_seat(const Own& own) {
  if (own.seat && !own.application.is_over()) return;
  if (own.are_seats_withdrawn()) {
    throw Conflict("seats_withdrawn",
                   {"The seats of this exam are being decided again. Yours will be shown here once it is decided. Please do "
                    "not use the seat or the admission slip that you were shown before.",
                    "이 시험은 좌석을 다시 배정하고 있습니다. 배정이 끝나면 이곳에서 확인할 수 있습니다. 이전에 안내받은 좌석과 "
                    "응시표는 사용하지 마십시오."});
  }
  throw NotFound("no_seat_yet", {"There is no seat for this application yet.", "아직 배정된 좌석이 없습니다."});
}

nlohmann::json describe_own_seat(const Call& call, const Own& own) {
  nlohmann::json data = describe_seat(call.site.pages(), *call.site.shown_templates(), *own.seat, call.language);
  if (const auto day = find_moved_day(own.stored.get(), *own.seat))
    tell_moved_day(call.site.pages(), *day, *own.seat, call.language, data);
  const Placement& placement = own.seat->plan.placements.front();
  const std::string here = application_address(call, own.application.id);
  data["way_address"] = here;
  data["way_name"] = call.site.pages().text(call.language, "my.back");
  data["slip_action"] = here + "/slip";
  data["wallet_address"] = here + "/wallet";
  data["seat_address"] = here + "/seat";
  data["photo_address"] = own.application.form.photo.empty()
                              ? nlohmann::json(false)
                              : nlohmann::json(photo_address(call, own.application.form.photo));
  data["distance"] = write_distance(call.site.pages(), placement.travel_m, call.language);
  VenueMap map{
      {own.seat->exam[placement.venue].at, own.seat->exam[placement.venue].name}, own.application.form.home, {}};
  const Area* area = own.notice().find_area(own.application.form.area);
  if (!map.home && area != nullptr) map.home = area->at;
  for (const Area& one : own.notice().areas) {
    // The name of a neighbourhood without its city and district.
    const std::string name = one.name.in(call.language);
    const auto space = name.rfind(' ');
    map.places.push_back(
        {one.at, call.language == Language::korean && space != std::string::npos ? name.substr(space + 1) : name});
  }
  data["map"] = render_venue_map(call.site.pages(), map, call.language);
  return data;
}

}  // namespace

Response show_own_seat(const Call& call) {
  Own own = load_own(call);
  need_seat(own);
  const services::SeatView view = services::open_seat(
      load_seat_views(call), own.application.id, *own.seat,
      {own.applicant.account, "", call.site.now(), "applicant", own.applicant.source, own.applicant.request});
  Page page{.name = "seat", .title = call.site.pages().text(call.language, "seat.title")};
  page.data = describe_own_seat(call, own);
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) {
    if (exam.code == own.exam()) link_fairness(exam, call.language, page.data);
  }
  page.data["changed"] = false;
  if (view.before) {
    page.data["changed"] = {
        {"rows", describe_change(call, *view.before, view.seat)},
        {"seen", call.site.pages().text(
                     call.language, "own_seat.changed_seen",
                     {{"moment", write_moment(view.seen_at, own.notice().header.time_zone, call.language)}})}};
  }
  return show(call, page);
}

Response show_wallet_slip(const Call& call) {
  Own own = load_own(call);
  need_seat(own);
  require_day_of_notice(own.stored.get(), *own.seat);
  Page page{.name = "wallet", .title = call.site.pages().text(call.language, "wallet.title")};
  page.data = describe_own_seat(call, own);
  // Without an address to check at there is no code, and no word of one.
  if (const std::string check = check_address_for(call); !check.empty()) {
    const std::string address = documents::slip_check_address(check, own.seat->exam, own.seat->plan.placements.front());
    page.data["check"] = {{"qr", documents::render_qr_svg(address, call.site.pages().text(call.language, "wallet.qr"))}};
  }
  return show(call, page);
}

Response download_own_slip(const Call& call) {
  Own own = load_own(call);
  need_seat(own);
  require_day_of_notice(own.stored.get(), *own.seat);
  std::string digest;
  for (const services::LiveExam& exam : call.site.plans().list_live_exams()) {
    if (exam.code == own.exam()) digest = exam.plan_digest;
  }
  std::string portrait;
  if (!own.application.form.photo.empty()) {
    const auto photo = own.intake.attachments.find_attachment(own.applicant, own.application.form.photo);
    if (photo && photo->kind == services::AttachmentKind::photo) portrait = photo->bytes;
  }
  return answer_slip(call, *own.seat, &own.notice(), digest, portrait);
}

}  // namespace hanjari::web
