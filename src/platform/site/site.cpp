#include "hanjari/site/site.h"

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

services::LiveExam Site::load_live_exam(const std::string& code) {
  for (services::LiveExam& exam : services_.plans.list_live_exams()) {
    if (exam.code.text() == code) return std::move(exam);
  }
  throw NotFound("unknown_exam", {"There is no such exam, or its seats are not open for look-up.",
                                  "해당 시험이 없거나 아직 좌석을 조회할 수 없습니다."});
}

}  // namespace hanjari::web
