#include "hanjari/intake/self_reports.h"

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::services {

std::string_view spell(HealthStatus status) {
  switch (status) {
    case HealthStatus::confirmed:
      return "confirmed";
    case HealthStatus::quarantined:
      return "quarantined";
    case HealthStatus::symptoms:
      break;
  }
  return "symptoms";
}

std::optional<HealthStatus> parse_health_status(std::string_view word) {
  for (const auto status : {HealthStatus::confirmed, HealthStatus::quarantined, HealthStatus::symptoms}) {
    if (spell(status) == word) return status;
  }
  return std::nullopt;
}

Text name_of(HealthStatus status) {
  switch (status) {
    case HealthStatus::confirmed:
      return {"confirmed infection", "확진"};
    case HealthStatus::quarantined:
      return {"quarantine", "자가격리"};
    case HealthStatus::symptoms:
      break;
  }
  return {"symptoms", "의심 증상"};
}

std::string_view spell(ReportDecision decision) {
  switch (decision) {
    case ReportDecision::asked:
      return "asked";
    case ReportDecision::isolation:
      return "isolation";
    case ReportDecision::reserve:
      return "reserve";
    case ReportDecision::declined:
      break;
  }
  return "declined";
}

std::optional<ReportDecision> parse_report_decision(std::string_view word) {
  for (const auto decision :
       {ReportDecision::asked, ReportDecision::isolation, ReportDecision::reserve, ReportDecision::declined}) {
    if (spell(decision) == word) return decision;
  }
  return std::nullopt;
}

Text name_of(ReportDecision decision) {
  switch (decision) {
    case ReportDecision::asked:
      return {"Being examined", "심사 중"};
    case ReportDecision::isolation:
      return {"You sit the exam at an isolation venue", "별도시험장에서 응시합니다"};
    case ReportDecision::reserve:
      return {"You sit the exam in a reserve room", "예비시험실에서 응시합니다"};
    case ReportDecision::declined:
      break;
  }
  return {"Your seat stays as it is", "배정된 좌석에서 그대로 응시합니다"};
}

void throw_report_decided(const SelfReport& report) {
  const char* korean = report.decision == ReportDecision::isolation ? "별도시험장"
                       : report.decision == ReportDecision::reserve ? "예비시험실"
                                                                    : "좌석 유지";
  throw Conflict("report_decided",
                 {fmt::format("This report was decided already: {}, by {}.", spell(report.decision), report.officer),
                  fmt::format("이미 처리된 신고입니다. 결정: {}, 처리한 담당자: {}", korean, report.officer)});
}

}  // namespace hanjari::services
