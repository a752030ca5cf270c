// Publications in memory, under the rules that the database holds.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/publications/objections.h"
#include "hanjari/publications/publications.h"

namespace hanjari::tests {

class MemoryPublications : public services::PublicationRepository {
 public:
  services::Publication add_publication(const services::Publication& publication, const services::Change&) override {
    services::Publication kept = publication;
    kept.number = static_cast<std::int64_t>(list_publications(publication.exam).size()) + 1;
    publications.push_back(kept);
    return kept;
  }
  std::vector<services::Publication> list_publications(const ExamCode& exam) override {
    if (damaged.contains(exam)) throw std::logic_error("a version that cannot be read");
    std::vector<services::Publication> found;
    for (auto one = publications.rbegin(); one != publications.rend(); ++one) {
      if (one->exam == exam) found.push_back(*one);
    }
    return found;
  }
  void begin_sealing(const services::Publication& publication) override {
    services::Publication& kept = row(publication);
    if (!is_in_the_making(kept)) throw Conflict("release_step_changed", {"changed", "바뀜"});
    kept.state.step = services::ReleaseStep::rendering;
    kept.commitment = publication.commitment;
  }
  void clear_results(const services::Publication& publication) override {
    require_making(publication);
    results.erase(publication.id);
    parts.erase(publication.id);
  }
  void add_results(const services::Publication& publication,
                   const std::vector<services::SealedResult>& added) override {
    require_making(publication);
    for (const services::SealedResult& one : added) results[publication.id][one.number] = one;
    if (after_adding) after_adding(results[publication.id]);
  }
  void add_part(const services::Publication& publication, const std::string& name, std::string_view content) override {
    require_making(publication);
    parts[publication.id][name] = content;
  }
  std::optional<services::SealedResult> find_result(const services::Publication& publication,
                                                    const std::string& number) override {
    ++questions;
    return look_up(publication, number);
  }
  std::optional<services::SealedResult> look_up(const services::Publication& publication, const std::string& number) {
    const auto& kept = results[publication.id];
    const auto found = kept.find(number);
    if (found == kept.end()) return std::nullopt;
    return found->second;
  }
  std::vector<services::SealedResult> find_results(const services::Publication& publication,
                                                   const std::vector<std::string>& numbers) override {
    ++questions;
    std::vector<services::SealedResult> found;
    for (const std::string& number : numbers) {
      if (auto one = look_up(publication, number)) found.push_back(std::move(*one));
    }
    return found;
  }
  // Not the order of the numbers, as in the database.
  void sort_as_kept(const services::Publication&, std::vector<std::string>& numbers) override {
    std::sort(numbers.begin(), numbers.end(), std::greater<>());
  }
  std::string digest_results(const services::Publication& publication) override {
    Sha256 digest;
    for (const auto& [number, one] : results[publication.id]) digest.update(number).update(sha256(one.record).hex());
    digest.update(sha256(parts[publication.id][services::publication_parts::public_bundle]).hex());
    return digest.finish().hex();
  }
  void finish_sealing(const services::Publication& sealed, const std::vector<services::KeptShare>& given,
                      const services::Change&) override {
    require_making(sealed);
    services::Publication& kept = row(sealed);
    require_changes(kept, sealed.state);
    kept = sealed;
    shares[sealed.id] = given;
  }
  void fail_publication(const services::Publication& publication, const services::Change&) override {
    if (!is_in_the_making(row(publication)) || row(publication).commitment != publication.commitment) return;
    clear_results(publication);
    row(publication).state.step = services::ReleaseStep::failed;
  }
  std::string load_part(const services::Publication& publication, const std::string& name) override {
    const auto found = parts[publication.id].find(name);
    if (found == parts[publication.id].end()) throw NotFound("results_destroyed", {"gone", "없음"});
    return found->second;
  }
  std::vector<services::KeptShare> list_shares(const services::Publication& publication) override {
    return shares[publication.id];
  }
  void save_step(const services::Publication& publication, const services::ReleaseState& next, const std::string&,
                 const services::Change&) override {
    if (before_save) before_save();
    services::Publication& kept = row(publication);
    require_changes(kept, next);
    kept.state = next;
  }
  void release(const services::Publication& publication, const services::ReleaseState& next, std::string_view key,
               const services::Change&) override {
    services::Publication& kept = row(publication);
    require_changes(kept, next);
    std::string root;
    for (const services::Publication& one : publications) {
      if (one.exam == kept.exam && one.order.stage == kept.order.stage && one.state.step == services::ReleaseStep::released) root = one.root;
    }
    if (root != kept.replaces) throw Conflict("other_release", {"other", "다른 판"});
    services::require_basis(publication, find_basis(publication.exam));
    kept.state = next;
    kept.released_key = key;
    kept.released_at = next.changed_at;
  }
  services::ReleaseBasis find_basis(const ExamCode& exam) override {
    return basis ? basis(exam) : services::ReleaseBasis{};
  }
  Instant database_now() override { return now(); }
  std::optional<services::OfficerReleaseKey> find_officer_key(const std::string& officer) override {
    const auto found = keys.find(officer);
    if (found == keys.end()) return std::nullopt;
    return found->second;
  }
  std::vector<services::OfficerReleaseKey> list_officer_keys() override {
    std::vector<services::OfficerReleaseKey> all;
    for (const auto& [officer, key] : keys) all.push_back(key);
    return all;
  }
  void save_officer_key(const services::OfficerReleaseKey& key, const services::Change&) override {
    keys[key.officer] = key;
  }

  services::FairnessReport add_fairness_report(const services::FairnessReport& made, const services::Change&) override {
    const auto there = list_fairness_reports(made.exam);
    for (const services::FairnessReport& one : there) {
      if (one.plan_digest == made.plan_digest && one.input_sha256 == made.input_sha256) return one;
    }
    if (made.version != static_cast<std::int64_t>(there.size()) + 1) throw Conflict("fairness_changed", {"changed", "바뀜"});
    fairness_reports.push_back(made);
    return made;
  }
  std::vector<services::FairnessReport> list_fairness_reports(const ExamCode& exam) override {
    std::vector<services::FairnessReport> found;
    for (auto one = fairness_reports.rbegin(); one != fairness_reports.rend(); ++one) {
      if (one->exam == exam) found.push_back(*one);
    }
    return found;
  }

  services::Objection add_objection(const services::Objection& sent, const services::Change&) override {
    services::Objection kept = sent;
    kept.no = 1;
    for (const services::Objection& one : objections) {
      if (one.exam != sent.exam) continue;
      if (one.number == sent.number && one.stage == sent.stage && one.outcome == services::ObjectionOutcome::waits)
        throw Conflict("objection_waits", {"waits", "대기"});
      kept.no = one.no + 1;
    }
    objections.push_back(kept);
    return kept;
  }
  std::vector<services::Objection> list_objections(const ExamCode& exam, const std::optional<std::string>& number) override {
    std::vector<services::Objection> found;
    for (auto one = objections.rbegin(); one != objections.rend(); ++one) {
      if (one->exam == exam && (!number || one->number == *number)) found.push_back(*one);
    }
    return found;
  }
  void answer_objection(const services::Objection& answered, const services::Change&) override {
    for (services::Objection& one : objections) {
      if (one.id != answered.id) continue;
      if (one.outcome != services::ObjectionOutcome::waits) throw Conflict("objection_answered", {"answered", "답변됨"});
      one = answered;
    }
  }

  std::vector<services::Objection> objections;  // oldest first
  std::set<ExamCode> damaged;  // exams with a version that cannot be read
  std::vector<services::FairnessReport> fairness_reports;  // oldest first
  std::vector<services::Publication> publications;                                      // oldest first
  std::map<std::string, std::map<std::string, services::SealedResult>> results;  // by id and number
  std::map<std::string, std::map<std::string, std::string>> parts;
  std::map<std::string, std::vector<services::KeptShare>> shares;
  std::map<std::string, services::OfficerReleaseKey> keys;
  int questions = 0;                                                             // for results, of one or of many people
  std::function<services::ReleaseBasis(const ExamCode&)> basis;  // what there is of results; see memory_basis.h
  std::function<Instant()> now = [] { return Instant{}; };  // the database's clock
  std::function<void()> before_save;                        // what somebody else does meanwhile
  std::function<void(std::map<std::string, services::SealedResult>&)> after_adding;  // what a disk does to records

 private:
  services::Publication& row(const services::Publication& publication) {
    for (services::Publication& one : publications) {
      if (one.id == publication.id) return one;
    }
    throw NotFound("unknown_publication", {"unknown", "없음"});
  }
  static bool is_in_the_making(const services::Publication& kept) {
    return kept.state.step == services::ReleaseStep::rendering || kept.state.step == services::ReleaseStep::failed;
  }
  void require_making(const services::Publication& publication) {
    if (is_in_the_making(row(publication)) && row(publication).commitment == publication.commitment) return;
    throw Conflict("release_step_changed", {"changed", "바뀜"});
  }
  static void require_changes(const services::Publication& kept, const services::ReleaseState& next) {
    if (kept.state.changes == next.changes - 1) return;
    throw Conflict("release_step_changed", {"changed", "바뀜"});
  }
};

}  // namespace hanjari::tests
