#include "hanjari/jobs/job_kinds.h"

#include <array>

#include "hanjari/actor/token.h"

namespace hanjari::services {
namespace {

struct KindName {
  std::string_view kind;
  const char* en;
  const char* ko;
};

constexpr std::array<KindName, 19> kind_names{{{plan_job_kind, "Make a plan", "배정안 만들기"},
                                              {replan_job_kind, "Re-plan", "재배정"},
                                              {edited_plan_job_kind, "Store an edited plan", "편집한 배정안 저장"},
                                              {whatif_job_kind, "What if", "조건을 바꾼 비교"},
                                              {closing_job_kind, "Close applications", "접수 마감 처리"},
                                              {freezing_job_kind, "Freeze the list of applicants", "응시자 명단 확정"},
                                              {health_job_kind, "Decide on health reports", "건강 자진신고 처리"},
                                              {application_keys_job_kind, "Index and count applications", "원서 색인과 집계"},
                                              {import_job_kind, "Import an exam package", "시험 묶음 가져오기"},
                                              {venues_job_kind, "Take over accepted venues", "수락한 시험장 반영"},
                                              {papers_job_kind, "Make papers", "문서 만들기"},
                                              {staffing_job_kind, "Place invigilators", "감독관 배치"},
                                              {notices_job_kind, "Make notices and change lists", "변경 안내와 변경 목록 만들기"},
                                              {result_import_job_kind, "Import a result package", "결과 자료 가져오기"},
                                              {decision_job_kind, "Decide who passes", "합격자 결정"},
                                              {publication_job_kind, "Seal a publication", "합격자 공고 봉인"},
                                              {fairness_report_job_kind, "Publish the fairness report", "형평성 보고서 공표"},
                                              {destruction_job_kind, "Destroy personal data", "개인정보 파기"},
                                              {key_rotation_job_kind, "Change the keys", "암호키 교체"}}};

}  // namespace

bool is_for_office(std::string_view kind) {
  return kind == result_import_job_kind || kind == decision_job_kind || kind == publication_job_kind;
}

Text name_of_kind(std::string_view kind) {
  for (const KindName& name : kind_names) {
    if (name.kind == kind) return {name.en, name.ko};
  }
  return {std::string(kind), std::string(kind)};
}

Job order_upkeep(JobRepository& jobs, const std::string& kind, const Change& change) {
  return jobs.add_job({kind, "", "{}"}, draw_token(), change);
}

std::optional<Job> order_when_due(JobRepository& jobs, const std::string& kind, std::chrono::seconds pause,
                                  const Change& change) {
  const auto last = jobs.list_jobs({.exam = {}, .kind = kind, .limit = 1});
  if (!last.empty()) {
    const Job& job = last.front();
    if (!is_over(job.state)) return std::nullopt;
    const bool in_vain = job.state == JobState::failed || job.state == JobState::cancelled;
    if (in_vain && job.ended_at && change.at < *job.ended_at + pause) return std::nullopt;
  }
  return order_upkeep(jobs, kind, change);
}

}  // namespace hanjari::services
