#include "hanjari/publications/publication_job.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/shared_work.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/embargo/sealed_record.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/publications/opened.h"
#include "publications/decided_rates.h"
#include "publications/decided_texts.h"
#include "publications/publication_summary.h"
#include "publications/rendered_version.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr std::size_t results_at_once = 500;   // in one transaction
constexpr std::size_t people_in_memory = 2000;  // sealed, or read back, before they are written or judged
// What a number of the list takes in all of its forms, and what they take without any, so that the size of the public part does not
// tell how many passed.
constexpr std::size_t public_bytes_of_person = 512;
constexpr std::size_t public_bytes_of_files = 1U << 20U;  // fonts above all

[[noreturn]] void throw_differs(std::vector<proofreading::Finding> findings) {
  // People are read in the order in which they are kept, which nobody can follow.
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  Faults faults;
  for (const proofreading::Finding& one : findings) {
    faults.add({one.number.empty() ? "publication" : one.number, 0, one.code, one.what,
                {"nothing was kept; tell whoever maintains the program", "아무것도 보관하지 않았습니다. 프로그램 관리자에게 알리십시오"}});
  }
  throw InvalidInput(
      "publication_differs",
      {fmt::format("What would be shown is not what was decided ({} findings). Its key is destroyed; make a new version.",
                   findings.size()),
       fmt::format("표시될 내용이 결정과 다릅니다({}건). 이 판의 키는 파기되었으니 새 판을 만드십시오.", findings.size())},
      std::move(faults));
}

void read_everybody(proofreading::Proofreader& reader, const PublicTexts& everybody) {
  for (const Language language : both_languages) {
    reader.read_list(language, everybody.at(name_of_text("list", language)));
    reader.read_list_workbook(language, everybody.at(name_of_text("list", language) + ".xlsx"));
    reader.read_list_paper(language, everybody.at(name_of_text("list", language) + ".pdf"));
    reader.read_notice(language, everybody.at(name_of_text("notice", language)));
    reader.read_message(language, everybody.at(name_of_text("message", language)));
    if (const auto changed = everybody.find(name_of_text("changed", language)); changed != everybody.end())
      reader.read_changed_message(language, changed->second);
  }
  reader.read_list_file(everybody.at("list.csv"));
}

void read_person(proofreading::Proofreader& reader, const PersonalResult& result, const std::string& root) {
  for (const Language language : both_languages) reader.read_page(result.number, language, result.page.in(language));
  reader.read_proof(result.number, result.proof);
  reader.read_certificate(result.number, result.certificate, root);
}

// By the judge who shares no code with what made them.
void require_right_rates(const DecidedTexts& texts, const PublicTexts& everybody) {
  const std::string shown = find_text(everybody, "rates.csv");
  if (texts.rates_csv.empty() && shown.empty()) return;
  std::vector<proofreading::Finding> findings;
  if (texts.grouped) findings = judge_rates(*texts.grouped, texts.decided.decisions_csv, shown);
  else findings.push_back({"wrong_rates", "", {"rates of a version that has none", "비율이 없는 판에 비율 파일이 있습니다"}});
  if (!findings.empty()) throw_differs(std::move(findings));
}

// A reader for each run of people; what they read is put together in the order of the runs.
class ReadersOfRuns {
 public:
  ReadersOfRuns(const proofreading::Proofreader& reader, std::size_t runs) {
    for (std::size_t run = 0; run < runs; ++run) readers_.push_back(reader.apart());
  }
  std::size_t runs() const { return readers_.size(); }
  proofreading::Proofreader& of(std::size_t run) { return readers_[run]; }
  void give_to(proofreading::Proofreader& reader) {
    for (proofreading::Proofreader& one : readers_) reader.take(std::move(one));
  }

 private:
  std::vector<proofreading::Proofreader> readers_;
};

// Every certificate is signed by the key that anybody can check it with.
void require_signed(const std::vector<std::string>& unsigned_numbers) {
  std::vector<proofreading::Finding> findings;
  for (const std::string& number : unsigned_numbers) {
    findings.push_back({"certificate_unsigned", number,
                        {"the certificate is not signed by the office", "확인서에 기관의 서명이 없습니다"}});
  }
  if (!findings.empty()) throw_differs(findings);
}

void require_no_findings(proofreading::Proofreader& reader) {
  const auto findings = reader.finish();
  if (!findings.empty()) throw_differs(findings);
}

void judge_rendered(proofreading::Proofreader& reader, const DecidedTexts& texts, const RenderedVersion& rendered,
                    Progress& progress) {
  progress.stage({"Comparing", "대조"}, rendered.people.size());
  ReadersOfRuns readers(reader, usual_runs(rendered.people.size()));
  share_out(rendered.people.size(), readers.runs(), [&](std::size_t run, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) read_person(readers.of(run), rendered.people[i], rendered.root);
  });
  readers.give_to(reader);
  read_everybody(reader, rendered.everybody);
  require_no_findings(reader);
  require_right_rates(texts, rendered.everybody);
}

// What was signed, and the proofs that people will download, hold by the judge of everybody.
void require_verified(const PublicTexts& everybody, std::vector<proof::GivenProof> proofs, const NoteSigner& signer,
                      const std::optional<PublicTexts>& previous) {
  const auto files_of = [](const PublicTexts& texts) {
    return proof::PublicationFiles{texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"),
                                   texts.at("checkpoint"), find_text(texts, "rates.csv")};
  };
  proof::Judged given{files_of(everybody), std::move(proofs), {}};
  if (previous) given.previous = files_of(*previous);
  std::vector<proofreading::Finding> findings;
  // Without the finding's own words: "not_in_list" beside a number would tell, openly and before the minute, who passed.
  for (const proof::Finding& one : proof::verify_publication(given, signer.public_key)) {
    findings.push_back({"package_differs", one.file,
                        {"the publication package or a proof does not hold", "공고 묶음이나 증명이 맞지 않습니다"}});
  }
  if (!findings.empty()) throw_differs(findings);
}

std::size_t size_of_records(const RenderedVersion& rendered) {
  std::vector<std::size_t> longest(usual_runs(rendered.people.size()));
  share_out(rendered.people.size(), longest.size(), [&](std::size_t run, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      longest[run] = std::max(longest[run], write_personal(rendered.people[i]).size());
  });
  return embargo::padded_size_for(longest.empty() ? 0 : *std::max_element(longest.begin(), longest.end()));
}

std::string seal_text(const embargo::ReleaseKey& key, const std::string& secret, const std::string& place,
                      const std::string& text, std::size_t size) {
  std::string record_key = embargo::derive_record_key(key, secret);
  std::string sealed = embargo::seal_record(record_key, place, embargo::pad_record(text, size));
  embargo::wipe(record_key);
  return sealed;
}

// In the order in which they will lie, so that the database does not write all over its table.
std::vector<const PersonalResult*> in_order_as_kept(PublicationRepository& publications, const Publication& publication,
                                                    const RenderedVersion& rendered) {
  std::vector<std::string> numbers;
  std::map<std::string, const PersonalResult*> people;
  for (const PersonalResult& one : rendered.people) {
    numbers.push_back(one.number);
    people.emplace(one.number, &one);
  }
  publications.sort_as_kept(publication, numbers);
  std::vector<const PersonalResult*> sorted;
  for (const std::string& number : numbers) sorted.push_back(people.at(number));
  return sorted;
}

void seal_people(PublicationRepository& publications, const Publication& publication, const RenderedVersion& rendered,
                 const embargo::ReleaseKey& key, std::size_t size, Progress& progress) {
  progress.stage({"Sealing", "봉인"}, rendered.people.size());
  publications.clear_results(publication);
  const std::vector<const PersonalResult*> people = in_order_as_kept(publications, publication, rendered);
  for (std::size_t first = 0; first < people.size(); first += people_in_memory) {
    std::vector<SealedResult> some(std::min(people_in_memory, people.size() - first));
    share_out(some.size(), usual_runs(some.size()), [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const PersonalResult& one = *people[first + i];
        some[i].number = one.number;
        some[i].secret = embargo::draw_secret();
        some[i].record = seal_text(key, some[i].secret, publication.id, write_personal(one), size);
      }
    });
    for (std::size_t begin = 0; begin < some.size(); begin += results_at_once) {
      const auto from = some.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto to = some.begin() + static_cast<std::ptrdiff_t>(std::min(some.size(), begin + results_at_once));
      publications.add_results(publication, {std::make_move_iterator(from), std::make_move_iterator(to)});
      progress.report(first + begin + static_cast<std::size_t>(to - from));
    }
  }
}

// What was read back of one person, as at the minute; empty where it does not open.
struct ReadBack {
  std::optional<PersonalResult> opened;
  bool is_signed = false;
};

std::vector<ReadBack> read_back(PublicationRepository& publications, const Publication& publication,
                                const std::vector<std::string>& numbers, const embargo::ReleaseKey& key,
                                const NoteSigner& signer, ReadersOfRuns& readers) {
  std::map<std::string, SealedResult> kept;
  for (SealedResult& one : publications.find_results(publication, numbers)) {
    std::string number = one.number;
    kept.emplace(std::move(number), std::move(one));
  }
  std::vector<ReadBack> back(numbers.size());
  share_out(numbers.size(), readers.runs(), [&](std::size_t run, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto sealed = kept.find(numbers[i]);
      if (sealed == kept.end() || std::ssize(sealed->second.record) != publication.record_bytes) continue;
      back[i].opened = open_result(publication, key, sealed->second);
      if (!back[i].opened) continue;
      read_person(readers.of(run), *back[i].opened, publication.root);
      const auto judged = proof::judge_certificate(back[i].opened->certificate, signer.public_key);
      back[i].is_signed = judged && judged->is_genuine;
    }
  });
  return back;
}

// Reads back what is kept, opens it as at the minute, and judges it once more.
void compare_kept(PublicationRepository& publications, const DecidedTexts& texts, const Publication& publication,
                  const embargo::ReleaseKey& key, const NoteSigner& signer, Progress& progress) {
  progress.stage({"Opening and comparing", "다시 열어 대조"}, texts.people.size());
  proofreading::Proofreader reader(texts.decided, texts.ordered);
  std::vector<proof::GivenProof> proofs;
  std::vector<proofreading::Finding> closed;
  std::vector<std::string> not_signed;
  std::vector<std::string> numbers;
  for (const announcement::Person& person : texts.people) numbers.push_back(person.number);
  publications.sort_as_kept(publication, numbers);
  ReadersOfRuns readers(reader, usual_runs(numbers.size()));
  for (std::size_t first = 0; first < numbers.size(); first += people_in_memory) {
    const auto from = numbers.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::string> some(from, from + static_cast<std::ptrdiff_t>(std::min(people_in_memory, numbers.size() - first)));
    std::vector<ReadBack> back = read_back(publications, publication, some, key, signer, readers);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (!back[i].opened) {
        closed.push_back({"record_closed", some[i], {"the sealed record does not open", "봉인한 기록이 열리지 않습니다"}});
        continue;
      }
      if (!back[i].is_signed) not_signed.push_back(some[i]);
      proofs.push_back({some[i], std::move(back[i].opened->proof)});
    }
    progress.report(first + some.size());
  }
  readers.give_to(reader);
  if (!closed.empty()) throw_differs(closed);
  require_signed(not_signed);
  const PublicTexts everybody = open_public(publications, publication, key);
  read_everybody(reader, everybody);
  require_no_findings(reader);
  require_right_rates(texts, everybody);
  std::optional<PublicTexts> previous;
  if (const auto released = find_released(publications, publication.exam, publication.order.stage)) previous = load_public(publications, *released);
  require_verified(everybody, std::move(proofs), signer, previous);
}

std::vector<KeptShare> split_among_officers(PublicationRepository& publications, const Publication& publication,
                                            const embargo::ReleaseKey& key) {
  std::vector<embargo::Share> shares = embargo::split_key(key);
  std::vector<KeptShare> kept;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const std::string& officer = publication.order.share_holders.at(i);
    const auto own = publications.find_officer_key(officer);
    if (own) kept.push_back({officer, embargo::seal_for(own->key.public_half, shares[i])});
    embargo::wipe(shares[i]);
  }
  if (kept.size() == embargo::shares_made) return kept;
  throw Conflict("no_release_key", {"A holder of a share has no release key any more.",
                                    "키 조각을 받을 담당자의 발표 키가 없습니다."});
}

// The releases before with their rates, `newest` among them: its people are read already.
std::vector<ReleasedRates> load_released_rates(const DecisionStores& stores, PublicationRepository& publications,
                                               const std::optional<Publication>& newest,
                                               const std::vector<announcement::Person>& people_of_newest, Progress& progress) {
  std::vector<ReleasedRates> before;
  if (!newest) return before;
  for (const Publication& one : publications.list_publications(newest->exam)) {
    if (one.state.step != ReleaseStep::released || one.order.withdrawal || one.order.stage != newest->order.stage) continue;
    ReleasedRates& release = before.emplace_back();
    release.rates_csv = find_text(load_public(publications, one), "rates.csv");
    if (release.rates_csv.empty()) continue;
    release.people = one.id == newest->id ? people_of_newest : load_decided(stores, one, progress).people;
  }
  return before;
}

void add_rates(ExamRepository& exams, const Publication& publication, const std::vector<ReleasedRates>& before,
               DecidedTexts& texts, Progress& progress) {
  // Of the few who come to the interview no figure by group is large enough to be told.
  if (publication.order.withdrawal || publication.order.stage == proof::Stage::final) return;
  progress.stage({"Counting rates by group", "집단별 비율 계산"}, 0);
  auto grouped = load_grouped(exams, publication.exam);
  if (!grouped) return;
  texts.rates_csv = make_rates(*grouped, texts.people, before);
  if (!texts.rates_csv.empty()) texts.grouped = std::make_shared<const GroupedExam>(std::move(*grouped));
}

// From the order to the sealed version. The key lives in this function only. `publication` names the own key as soon as there is
// one, also when this ends by an exception.
Publication seal_publication(PublicationRepository& publications, const DecidedTexts& texts,
                             const std::vector<announcement::Person>& before, Publication& publication,
                             const NoteSigner& signer, const Change& change, Progress& progress) {
  const RenderedVersion rendered = render_version(texts, publication, signer, progress);
  proofreading::Proofreader reader(texts.decided, texts.ordered);
  judge_rendered(reader, texts, rendered, progress);

  const embargo::ReleaseKey key = embargo::ReleaseKey::draw();
  const std::size_t size = size_of_records(rendered);
  publication.record_bytes = static_cast<std::int64_t>(size + embargo::nonce_bytes + embargo::tag_bytes);
  publication.people = std::ssize(rendered.people);
  publication.root = rendered.root;
  publication.public_secret = embargo::draw_secret();
  publication.commitment = key.commitment();
  publications.begin_sealing(publication);
  seal_people(publications, publication, rendered, key, size, progress);
  const std::string everybody = write_public(rendered.everybody);
  const std::size_t room = rendered.everybody.at("leaves.txt").size() + public_bytes_of_files + 8192 * (texts.units.size() + 4) +
                           public_bytes_of_person * rendered.people.size();
  publications.add_part(publication, publication_parts::public_bundle,
                        seal_text(key, publication.public_secret, publication.id, everybody,
                                  embargo::padded_size_for(std::max(room, everybody.size()))));
  publications.add_part(publication, publication_parts::summary, write_summary(texts, before, rendered.people));
  compare_kept(publications, texts, publication, key, signer, progress);
  const auto shares = split_among_officers(publications, publication, key);
  publication.state.step = ReleaseStep::sealed;
  publication.state.digest = digest_publication(publication, publications.digest_results(publication),
                                                digest_own_templates(publication.order.stage));
  publication.state.changed_at = change.at;
  ++publication.state.changes;
  publications.finish_sealing(publication, shares, change);
  return find_publication(publications, publication.exam, publication.number);
}

std::string write_made(const Publication& publication) {
  return json{{"number", publication.number},
              {"people", publication.people},
              {"pages_compared", 4 * publication.people},
              {"digest", publication.state.digest}}
      .dump();
}

}  // namespace

std::optional<PublicationMade> parse_publication_made(const std::string& result) {
  const json read = json::parse(result, nullptr, false);
  if (!read.is_object() || !read.contains("digest")) return std::nullopt;
  PublicationMade made;
  made.number = read.value("number", std::int64_t{0});
  made.people = read.value("people", std::int64_t{0});
  made.pages_compared = read.value("pages_compared", std::int64_t{0});
  made.digest = read.value("digest", std::string());
  return made;
}

JobWork publication_work(ExamRepository& exams, ResultRepository& results, PublicationRepository& publications,
                         const NoteSigner& signer, const Clock& clock, InterviewRepository* interviews) {
  return [stores = DecisionStores{exams, results, interviews}, &publications, &signer, &clock](const JobCall& call) {
    const json request = json::parse(call.job.order.request);
    Publication publication =
        find_publication(publications, ExamCode(call.job.order.exam), request.at("publication").get<std::int64_t>());
    // A program that died after its commit has sealed the version for this very job.
    if (publication.state.step != ReleaseStep::rendering && publication.state.step != ReleaseStep::failed)
      return write_made(publication);
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    try {
      call.progress.stage({"Reading the decision", "결정 읽기"}, 0);
      DecidedTexts texts = load_decided(stores, publication, call.progress);
      std::vector<announcement::Person> before;
      const auto released = find_released(publications, publication.exam, publication.order.stage);
      if (released) before = load_decided(stores, *released, call.progress).people;
      add_rates(stores.exams, publication, load_released_rates(stores, publications, released, before, call.progress), texts,
                call.progress);
      return write_made(seal_publication(publications, texts, before, publication, signer, change, call.progress));
    } catch (const DatabaseUnavailable&) {
      throw;  // no fault of the version: the job begins anew when its lease is over
    } catch (...) {
      // A cancelled job, a lack of locked memory and a failure that nobody foresaw leave no version that is being made for
      // ever. Where another program has taken the job over, nothing happens here.
      publications.fail_publication(publication, change);
      throw;
    }
  };
}

}  // namespace hanjari::services
