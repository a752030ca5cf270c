#include "hanjari/publications/release_messages.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/digest.h"
#include "hanjari/domain/legible.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/publications/opened.h"
#include "intake/notices.h"

namespace hanjari::services {
namespace {

constexpr int applications_told_at_once = 500;

// Whose exam was released, in an order that the shuffle alone decides.
std::vector<ApplicationId> draw_order(const ReleaseMessageStores& stores, const Recruitment& notice, const ExamCode& exam,
                                      const std::string& shuffle) {
  std::vector<std::pair<std::string, ApplicationId>> drawn;
  ApplicationId after;
  do {
    const ApplicationPage page = stores.applications.list_applications(notice.header.code, ApplicationState::paid, after,
                                                                       applications_told_at_once);
    for (const Application& application : page.applications) {
      if (application.legible != Legible::yes) continue;
      const NoticeUnit* unit = notice.find_unit(application.form.unit);
      if (unit == nullptr || exam_of(notice, notice.calendar_of(*unit)) != exam) continue;
      drawn.emplace_back(sha256(shuffle + "/" + application.id.text()).hex(), application.id);
    }
    after = page.last;
  } while (!after.empty());
  std::sort(drawn.begin(), drawn.end());
  std::vector<ApplicationId> order;
  for (auto& [word, id] : drawn) order.push_back(std::move(id));
  return order;
}

// The release whose people are told of this one: the one that it takes back, else itself. Of written results that are taken back
// everybody who has a number is told.
std::optional<Publication> release_of_those_told(const ReleaseMessageStores& stores, const Publication& released) {
  if (!released.order.withdrawal) return released;
  if (released.order.stage == proof::Stage::written) return std::nullopt;
  for (std::int64_t version = released.version - 1; version >= 1; --version) {
    Publication before = find_release(stores.publications, released.exam, version, released.order.stage);
    if (!before.order.withdrawal) return before;
  }
  return std::nullopt;
}

bool concerns(const ReleaseMessageStores& stores, const ExamCode& exam, const std::optional<Publication>& told, const ApplicationId& id) {
  const auto seat = stores.plans.find_own_seat(exam, ApplicantId(id.text()));
  if (!seat || seat->plan.placements.empty()) return false;
  return !told || stores.publications.find_result(*told, seat->plan.placements.front().number.text()).has_value();
}

// The release that people were told before this one; nothing of the first, of a withdrawal, and after one.
std::optional<Publication> release_corrected_by(const ReleaseMessageStores& stores, const Publication& released) {
  if (released.order.withdrawal || released.version < 2) return std::nullopt;
  Publication before = find_release(stores.publications, released.exam, released.version - 1, released.order.stage);
  if (before.order.withdrawal) return std::nullopt;
  return before;
}

// What the certificate of somebody's result says beside the release it belongs to; empty: no result. Nothing where there is a result that
// has no certificate.
std::optional<std::string> certified_in(PublicationRepository& publications, const Publication& release, const std::string& number) {
  const auto sealed = publications.find_result(release, number);
  if (!sealed) return std::string();
  const auto opened = open_result(release, embargo::ReleaseKey::copy_of(release.released_key), *sealed);
  const auto text = opened ? proof::text_of_note(opened->certificate) : std::nullopt;
  const auto one = text ? proof::parse_certificate(*text) : std::nullopt;
  if (!one) return std::nullopt;
  return fmt::format("{}/{}/{}/{}", one->unit_code, one->outcome, one->total.value_or("-"), one->rank.value_or(0));
}

// Whether the own result is another one by this correction. Of versions that had no certificates nobody can say.
bool is_changed_for(const ReleaseMessageStores& stores, const Publication& before, const Publication& released, const ApplicationId& id) {
  const auto seat = stores.plans.find_own_seat(released.exam, ApplicantId(id.text()));
  if (!seat || seat->plan.placements.empty()) return false;
  const std::string number = seat->plan.placements.front().number.text();
  const auto earlier = certified_in(stores.publications, before, number);
  const auto later = certified_in(stores.publications, released, number);
  return earlier && later && *earlier != *later;
}

// Two letters with one subject look like the same letter twice: a correction says that it is one.
Text subject_of_release(const Recruitment& notice, const PublicationOrder& order) {
  const bool corrects = !(order.reason == Text{});
  const bool final = order.stage == proof::Stage::final;
  return {fmt::format("{}: {}{}results{}", notice.header.name_en, corrects && !order.withdrawal ? "corrected " : "",
                      final ? "final " : "", order.withdrawal ? " taken back" : ""),
          fmt::format("{}: {} {}", notice.header.name_ko, final ? "최종 결과" : "필기시험 결과",
                      order.withdrawal ? "발표 취소 안내"
                      : corrects       ? "정정 안내"
                                       : "안내")};
}

// One message of a version; the written stage has the names that it always had.
std::string name_of_message(const Publication& released) {
  return fmt::format("{}/{}", released.order.stage == proof::Stage::final ? "final-release" : "release", released.version);
}

// Both stages of each exam.
std::vector<std::pair<ExamCode, proof::Stage>> releases_of(const std::set<ExamCode>& exams) {
  std::vector<std::pair<ExamCode, proof::Stage>> releases;
  for (const ExamCode& exam : exams) {
    releases.emplace_back(exam, proof::Stage::written);
    releases.emplace_back(exam, proof::Stage::final);
  }
  return releases;
}

}  // namespace

std::int64_t tell_of_release(const ReleaseMessageStores& stores, const Recruitment& notice, const Publication& released,
                             const std::string& shuffle, const std::function<bool()>& stopping) {
  const PublicTexts texts = load_public(stores.publications, released);
  const Text subject = subject_of_release(notice, released.order);
  const Text body{texts.at("message.en"), texts.at("message.ko")};
  // Sealed, compared and approved with everything else.
  const Text changed{find_text(texts, "changed.en"), find_text(texts, "changed.ko")};
  const auto before = changed == Text{} ? std::nullopt : release_corrected_by(stores, released);
  const auto people = release_of_those_told(stores, released);
  std::int64_t told = 0;
  for (const ApplicationId& id : draw_order(stores, notice, released.exam, shuffle)) {
    if (stopping()) return told;
    // A person whose seat or result cannot be read is not told; the others are.
    read_legibly([&] {
      const auto application = stores.applications.find_application(id);
      if (!application || application->state != ApplicationState::paid || !concerns(stores, released.exam, people, id)) return;
      stores.outbox.enqueue(message_to(*application, name_of_message(released), subject,
                                       before && is_changed_for(stores, *before, released, id) ? changed : body),
                            stores.clock.now());
      ++told;
    });
  }
  return told;
}

std::int64_t ReleaseMessageRounds::run(const ReleaseMessageStores& stores, const std::string& shuffle,
                                       const std::function<bool()>& stopping) {
  std::int64_t told = 0;
  for (const auto& stored : stores.recruitments.list_recruitments()) {
    const Recruitment& notice = stored->notice;
    std::set<ExamCode> exams;
    for (const Calendar& calendar : notice.calendars) exams.insert(exam_of(notice, calendar));
    for (const auto& one : releases_of(exams)) {
      // An exam that cannot be read does not keep the others from being told; nor does one of its versions that cannot.
      std::optional<Publication> released;
      read_legibly([&] { released = find_released(stores.publications, one.first, one.second); });
      std::int64_t& told_version = told_[one];
      if (!released || !released->released_at || told_version == released->version) continue;
      if (stores.clock.now() - *released->released_at > release_is_told_within) continue;
      read_legibly([&] { told += tell_of_release(stores, notice, *released, shuffle, stopping); });
      if (stopping()) return told;
      told_version = released->version;
    }
  }
  return told;
}

}  // namespace hanjari::services
