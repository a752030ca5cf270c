#include "hanjari/site/site.h"

#include <algorithm>

#include "hanjari/base/error.h"
#include "hanjari/site/routes.h"
#include "site/metrics.h"
#include "site/pages/asset_pack.h"
#include "site/pages/pages.h"

namespace hanjari::web {
Site::Site(SiteServices services, SiteSettings settings, RouteTable routes)
    : services_(std::move(services)),
      settings_(std::move(settings)),
      templates_(settings_.templates != nullptr
                     ? settings_.templates
                     : std::make_shared<const documents::Templates>(documents::Templates::embedded())),
      routes_(std::make_unique<RouteTable>(std::move(routes))),
      assets_(std::make_unique<AssetPack>(AssetPack::bound_in())),
      pages_(std::make_unique<Pages>(*assets_, settings_.institution)),
      metrics_(std::make_unique<Metrics>()) {}

Site::~Site() = default;

std::shared_ptr<const documents::Templates> Site::shown_templates() const {
  try {
    return printed_templates();
  } catch (const InvalidInput&) {
    return templates_;
  }
}

services::LiveExam Site::load_live_exam(const std::string& code) {
  for (services::LiveExam& exam : services_.plans.list_live_exams()) {
    if (exam.code.text() == code) return std::move(exam);
  }
  for (const services::LiveExam& exam : services_.plans.list_withdrawn_exams()) {
    if (exam.code.text() != code) continue;
    // No 404: caches may keep that one, and the exam is there.
    throw Conflict("seats_withdrawn",
                   {"The seats of this exam are being decided again. They will be shown here once they are decided. Please "
                    "do not use an admission slip or a seat that you were shown before.",
                    "이 시험은 좌석을 다시 배정하고 있습니다. 배정이 끝나면 이곳에서 확인할 수 있습니다. 이전에 안내받은 좌석과 "
                    "응시표는 사용하지 마십시오."});
  }
  throw NotFound("unknown_exam", {"There is no such exam, or its seats are not open for look-up.",
                                  "해당 시험이 없거나 아직 좌석을 조회할 수 없습니다."});
}

bool Site::knows_exam(const services::Actor& actor, const ExamCode& code) {
  if (actor.role != services::Role::district_coordinator && actor.role != services::Role::venue_chief) return true;
  const auto is_this = [&](const services::LiveExam& exam) { return exam.code == code; };
  const auto live = services_.plans.list_live_exams();
  if (std::any_of(live.begin(), live.end(), is_this)) return true;
  const auto withdrawn = services_.plans.list_withdrawn_exams();
  if (std::any_of(withdrawn.begin(), withdrawn.end(), is_this)) return true;
  return services_.is_asked && services_.is_asked(actor, code);
}

void Site::require_known_exam(const services::Actor& actor, const ExamCode& code) {
  if (!knows_exam(actor, code)) throw NotFound("exam_not_found", {"There is no such exam.", "그런 시험이 없습니다."});
}

}  // namespace hanjari::web
