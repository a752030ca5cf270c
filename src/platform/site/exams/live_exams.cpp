#include "site/exams/live_exams.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/plans/exams.h"

namespace hanjari::web {
namespace {

// The exam for a reader in the office who knows it; nothing for everybody else.
std::optional<services::ExamHead> find_known_head(Site& site, const Frame& frame, const ExamCode& code) {
  if (frame.listener != Listener::office || frame.session == nullptr || site.exams() == nullptr) return std::nullopt;
  if (!site.knows_exam(frame.session->actor, code) || site.exams()->find_destruction(code)) return std::nullopt;
  return site.exams()->find_head(code);
}

bool holds_exam(const std::vector<services::LiveExam>& exams, const std::string& code) {
  return std::any_of(exams.begin(), exams.end(), [&](const services::LiveExam& exam) { return exam.code.text() == code; });
}

}  // namespace

services::LiveExam load_named_exam(Site& site, const Frame& frame, const std::string& code) {
  try {
    return site.load_live_exam(code);
  } catch (const Conflict& withdrawn) {
    if (frame.listener == Listener::portal) throw;
    // The staff is told what becomes of its lists, and not of a slip.
    throw Conflict(withdrawn.code(),
                   {"The seats of this exam were withdrawn and are being decided again. Rosters and papers that you took "
                    "before are void; new ones open here once a plan is live.",
                    "이 시험은 좌석 공개가 철회되어 다시 배정하고 있습니다. 이미 받은 명부와 문서는 사용하지 마십시오. 새 배정안이 "
                    "확정되면 다시 받을 수 있습니다."});
  } catch (const NotFound&) {
    if (!find_known_head(site, frame, ExamCode(code))) throw;
    throw NotFound("no_live_plan", {"This exam has no live plan yet. What is asked for here opens once it has one.",
                                    "이 시험에는 아직 확정된 배정안이 없습니다. 배정안이 확정되면 이용할 수 있습니다."});
  }
}

std::optional<Response> show_no_live_plan(Site& site, const Frame& frame, const std::string& code) {
  if (frame.listener != Listener::office || frame.session == nullptr) return std::nullopt;
  if (holds_exam(site.plans().list_live_exams(), code) || holds_exam(site.plans().list_withdrawn_exams(), code)) return std::nullopt;
  const auto head = find_known_head(site, frame, ExamCode(code));
  if (!head) return std::nullopt;
  const bool officer = frame.session->actor.role == services::Role::exam_officer;
  const std::string start = fmt::format("/{}/exams", code_of(frame.language));
  Page page{.name = "no_live_plan", .title = site.pages().text(frame.language, "no_live_plan.title")};
  page.data = {{"exam", frame.language == Language::korean ? head->name_ko : head->name_en},
               {"back", officer ? fmt::format("{}/{}/thread", start, encode_percent(code)) : start}};
  return site.pages().show(frame, page);
}

}  // namespace hanjari::web
