#include "hanjari/site/site.h"

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/documents/templates.h"
#include "hanjari/site/routes.h"
#include "site/metrics.h"
#include "site/pages/asset_pack.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

int read_time(const std::string& text) {
  return std::stoi(text.substr(0, 2)) * 60 + std::stoi(text.substr(3, 2));
}

ExamDay read_exam_day(const documents::Templates::Files& papers) {
  const auto times = nlohmann::json::parse(papers.at("day.json"));
  const auto slip = nlohmann::json::parse(papers.at("slip.json"));
  ExamDay day{read_time(times.at("seated_by").get<std::string>()),
              read_time(times.at("gate_closes_at").get<std::string>()),
              read_time(times.at("starts_at").get<std::string>()),
              {}};
  for (const auto& thing : slip.at("bring")) {
    day.bring.push_back({thing.at("en").get<std::string>(), thing.at("ko").get<std::string>()});
  }
  return day;
}

}  // namespace

Site::Site(SiteServices services, SiteSettings settings)
    : services_(std::move(services)),
      settings_(settings),
      exam_day_(read_exam_day(documents::Templates::embedded_files())),
      routes_(std::make_unique<RouteTable>(site_routes())),
      assets_(std::make_unique<AssetPack>(AssetPack::bound_in())),
      pages_(std::make_unique<Pages>(*assets_)),
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
