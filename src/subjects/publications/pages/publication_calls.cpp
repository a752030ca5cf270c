#include "publications/pages/publication_calls.h"

#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/package/notice_tables.h"
#include "site/second_factor.h"

namespace hanjari::web {

PublicationsCall publications_of(const Call& call) {
  Site& site = call.site;
  if (site.exams() == nullptr || site.jobs() == nullptr || site.results() == nullptr ||
      site.publications() == nullptr || site.release_desk() == nullptr) {
    throw NotFound("no_publications", {"This program publishes no results.", "이 프로그램은 결과를 발표하지 않습니다."});
  }
  const ExamCode code(call.path.at("code"));
  services::choose_population(*site.exams(), code, {});  // an exam that is not there is said before anything else
  return {*site.exams(), *site.jobs(), *site.results(), *site.publications(), *site.release_desk(), code};
}

nlohmann::json exam_of_page(const services::ExamHead& head, Language language) {
  return {{"name", language == Language::korean ? head.name_ko : head.name_en}, {"on", write_day(head.exam_on, language)}};
}

services::FinalStage final_stage_of(const Call& call, const PublicationsCall& of) {
  if (call.site.interviews() == nullptr)
    throw NotFound("no_results", {"This program keeps no results.", "이 프로그램은 시험 결과를 다루지 않습니다."});
  return {of.exams, of.publications, of.results, *call.site.interviews(), call.site.access()};
}

services::Publication publication_of(const Call& call, const PublicationsCall& of) {
  const std::string& word = call.path.at("publication");
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size()) number = 0;
  return services::find_publication(of.publications, of.code, number);
}

Instant release_minute_in(const std::string& typed, const std::string& time_zone) {
  return package::read_local_moment(typed, time_zone).value_or(Instant{});
}

services::Change change_of_publication(const Call& call, const std::string& reason) {
  return services::change_of(call.actor(), reason, call.site.now());
}

std::string what_is_released(const ExamCode& code, const services::Publication& publication, const std::string& step) {
  return fmt::format("{} publication {} of {}, {}", step, publication.number, code.text(), publication.state.digest);
}

services::Publication take_publication_step(const Call& call, const SentStep& sent) {
  const PublicationsCall of = publications_of(call);
  const services::Publication publication = publication_of(call, of);
  const services::Change change = change_of_publication(call, sent.reason);
  const auto confirm = [&] {
    confirm_second_factor(call, sent.factor, what_is_released(of.code, publication, sent.step));
  };
  if (sent.step == "propose")
    return services::propose_publication(of.publications, of.code, publication.number, sent.digest, change);
  if (sent.step == "approve") {
    confirm();
    return services::approve_publication(of.publications, of.results, of.code, publication.number, sent.digest, true,
                                         change);
  }
  if (sent.step == "arm") {
    confirm();
    return of.desk.arm(of.code, publication.number, sent.passphrase, sent.digest, true, change, sent.basis);
  }
  if (sent.step == "withdraw") return of.desk.withdraw(of.code, publication.number, sent.digest, change);
  throw InvalidInput("bad_request", {"The step is propose, approve, arm or withdraw.",
                                     "단계는 propose, approve, arm, withdraw 가운데 하나입니다."});
}

void make_sent_release_key(const Call& call, const std::string& passphrase, bool replaces) {
  const PublicationsCall of = publications_of(call);
  if (!replaces && of.publications.find_officer_key(call.actor().account)) {
    throw InvalidInput("key_is_there",
                       {"You have a release key already. Confirm that the new one takes its place: shares that were sealed to the "
                        "earlier key can never be given then.",
                        "발표 키가 이미 있습니다. 새 키로 바꾸려면 교체를 확인하십시오. 교체하면 이전 키로 봉인된 조각은 더 이상 낼 수 "
                        "없습니다."});
  }
  services::make_own_release_key(of.publications, passphrase, change_of_publication(call, ""));
}

nlohmann::json open_summary(const Call& call, const PublicationsCall& of, const services::Publication& publication) {
  using services::ReleaseStep;
  const ReleaseStep step = publication.state.step;
  if (step == ReleaseStep::rendering || step == ReleaseStep::failed) return nlohmann::json::object();
  nlohmann::json summary = nlohmann::json::parse(
      of.publications.load_part(publication, services::publication_parts::summary), nullptr, false);
  if (!summary.is_object()) {
    throw Unavailable("publication_damaged", {"The summary of this version cannot be read.",
                                              "이 판의 요약을 읽을 수 없습니다."});
  }
  services::AuditNote note{"publication.summary", fmt::format("{}/publication-{}", of.code.text(), publication.number),
                           "digest " + publication.state.digest};
  note.exam = of.code.text();
  for (const auto& one : summary.value("sample", nlohmann::json::array()))
    note.whose.push_back(one.value("number", std::string()));
  if (summary.contains("differences")) {
    for (const auto& one : summary["differences"].value("people", nlohmann::json::array()))
      note.whose.push_back(one.value("number", std::string()));
  }
  call.site.access().record_access(change_of_publication(call, ""), note);
  return summary;
}

}  // namespace hanjari::web
