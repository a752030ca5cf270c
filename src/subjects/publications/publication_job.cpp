#include "hanjari/publications/publication_job.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/actor/token.h"
#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/embargo/sealed_record.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/publications/opened.h"
#include "publications/decided_texts.h"
#include "publications/publication_summary.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

constexpr Language both_languages[] = {Language::english, Language::korean};
constexpr std::size_t results_at_once = 500;
// What a line of the list takes in all of its forms, so that the size of the public part does not tell how many passed.
constexpr std::size_t public_bytes_of_person = 256;

std::string suffix_of(const std::string& name, Language language) {
  return name + (language == Language::korean ? ".ko" : ".en");
}

[[noreturn]] void throw_differs(const std::vector<proofreading::Finding>& findings) {
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

// Everything that one version shows, in the clear: only while the job works on it.
struct Rendered {
  std::vector<PersonalResult> people;  // in byte order of their numbers
  PublicTexts everybody;
  std::string root;
};

proof::Record record_of(const announcement::Person& person, const Publication& publication) {
  proof::Record record;
  record.applicant_number = person.number;
  record.exam = publication.exam.text();
  record.outcome = person.outcome;
  record.rank = person.rank;
  record.salt = draw_token(32);
  for (const auto& [subject, mark] : person.scores) record.scores[subject] = mark;
  record.total = person.total;
  record.unit_code = person.unit_code;
  record.version = publication.version;
  return record;
}

proof::PublicationFacts facts_of(const DecidedTexts& texts, const Publication& publication) {
  proof::PublicationFacts facts;
  facts.exam = publication.exam.text();
  facts.version = publication.version;
  facts.released_at = format_instant(publication.order.release_at);
  facts.withdrawn = publication.order.withdrawal;
  facts.decision_sha256 = texts.decision.decision_sha256;
  facts.rules_sha256 = texts.rules_sha256;
  facts.marks_sha256 = texts.marks_sha256;
  if (!publication.replaces.empty()) facts.replaces = publication.replaces;
  facts.reason_en = publication.order.reason.en;
  facts.reason_ko = publication.order.reason.ko;
  return facts;
}

// What the office signs for this person: the same fields whatever was decided.
std::string certify(const announcement::Person& person, const announcement::Edition& edition,
                    const Publication& publication, const std::string& root, const NoteSigner& signer) {
  proof::Certificate certificate;
  certificate.exam = publication.exam.text();
  certificate.exam_name = edition.exam_name;
  certificate.version = publication.version;
  certificate.released_at = format_instant(publication.order.release_at);
  certificate.applicant_number = person.number;
  certificate.unit_code = person.unit_code;
  certificate.unit_name = person.unit_name;
  certificate.outcome = person.outcome;
  certificate.total = person.total;
  certificate.rank = person.rank;
  certificate.root = root;
  return proof::sign_certificate(certificate, signer.public_key, signer.sign);
}

Rendered render_all(const DecidedTexts& texts, const Publication& publication, const NoteSigner& signer,
                    Progress& progress) {
  progress.stage({"Rendering", "결과 화면 만들기"}, texts.people.size());
  std::vector<proof::Record> records;
  std::vector<const announcement::Person*> people;
  for (const announcement::Person& person : texts.people) people.push_back(&person);
  std::sort(people.begin(), people.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
  for (const announcement::Person* person : people) records.push_back(record_of(*person, publication));
  const proof::Publication made =
      proof::make_publication(facts_of(texts, publication), std::move(records), signer.public_key, signer.sign);
  const announcement::Templates& templates = announcement::own_templates();
  Rendered rendered;
  rendered.root = made.root;
  for (std::size_t i = 0; i < people.size(); ++i) {
    rendered.people.push_back({people[i]->number,
                               {announcement::render_page(templates, texts.edition, *people[i], Language::english),
                                announcement::render_page(templates, texts.edition, *people[i], Language::korean)},
                               made.proof_of(i),
                               certify(*people[i], texts.edition, publication, made.root, signer)});
    if (i % 1000 == 999) progress.report(i + 1);
  }
  rendered.everybody = {{"publication.json", made.files.publication_json},
                        {"list.csv", made.files.list_csv},
                        {"leaves.txt", made.files.leaves_txt},
                        {"checkpoint", made.files.checkpoint}};
  for (const Language language : both_languages) {
    rendered.everybody[suffix_of("list", language)] =
        announcement::render_list(templates, texts.edition, texts.units, language);
    rendered.everybody[suffix_of("notice", language)] =
        announcement::render_notice(templates, texts.edition, language);
    rendered.everybody[suffix_of("message", language)] =
        announcement::render_message(templates, texts.edition, language);
  }
  return rendered;
}

void read_everybody(proofreading::Proofreader& reader, const PublicTexts& everybody) {
  for (const Language language : both_languages) {
    reader.read_list(language, everybody.at(suffix_of("list", language)));
    reader.read_notice(language, everybody.at(suffix_of("notice", language)));
    reader.read_message(language, everybody.at(suffix_of("message", language)));
  }
  reader.read_list_file(everybody.at("list.csv"));
}

void read_person(proofreading::Proofreader& reader, const std::string& number, const PersonalResult& result) {
  for (const Language language : both_languages) reader.read_page(number, language, result.page.in(language));
}

void read_papers(proofreading::Proofreader& reader, const PersonalResult& result, const std::string& root) {
  reader.read_proof(result.number, result.proof);
  reader.read_certificate(result.number, result.certificate, root);
}

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

// What was signed, and the proofs that people will download, hold by the judge of everybody.
void require_verified(const PublicTexts& everybody, std::vector<proof::GivenProof> proofs, const NoteSigner& signer,
                      const std::optional<PublicTexts>& previous) {
  const auto files_of = [](const PublicTexts& texts) {
    return proof::PublicationFiles{texts.at("publication.json"), texts.at("list.csv"), texts.at("leaves.txt"),
                                   texts.at("checkpoint")};
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

std::size_t size_of_records(const Rendered& rendered) {
  std::size_t longest = 0;
  for (const PersonalResult& one : rendered.people) longest = std::max(longest, write_personal(one).size());
  return embargo::padded_size_for(longest);
}

std::string seal_text(const embargo::ReleaseKey& key, const std::string& secret, const std::string& place,
                      const std::string& text, std::size_t size) {
  std::string record_key = embargo::derive_record_key(key, secret);
  std::string sealed = embargo::seal_record(record_key, place, embargo::pad_record(text, size));
  embargo::wipe(record_key);
  return sealed;
}

void seal_people(PublicationRepository& publications, const Publication& publication, const Rendered& rendered,
                 const embargo::ReleaseKey& key, std::size_t size, Progress& progress) {
  progress.stage({"Sealing", "봉인"}, rendered.people.size());
  publications.clear_results(publication);
  std::vector<SealedResult> some;
  for (std::size_t i = 0; i < rendered.people.size(); ++i) {
    const PersonalResult& one = rendered.people[i];
    std::string secret = embargo::draw_secret();
    std::string sealed = seal_text(key, secret, publication.id, write_personal(one), size);
    some.push_back({one.number, std::move(secret), std::move(sealed)});
    if (some.size() < results_at_once && i + 1 < rendered.people.size()) continue;
    publications.add_results(publication, some);
    some.clear();
    progress.report(i + 1);
  }
}

// Reads back what is kept, opens it as at the minute, and judges it once more.
void compare_kept(PublicationRepository& publications, const DecidedTexts& texts, const Publication& publication,
                  const embargo::ReleaseKey& key, const NoteSigner& signer, Progress& progress) {
  progress.stage({"Opening and comparing", "다시 열어 대조"}, texts.people.size());
  proofreading::Proofreader reader(texts.decided, texts.ordered);
  std::vector<proof::GivenProof> proofs;
  std::vector<proofreading::Finding> closed;
  std::vector<std::string> not_signed;
  std::size_t done = 0;
  for (const announcement::Person& person : texts.people) {
    const auto sealed = publications.find_result(publication, person.number);
    const auto opened = sealed && std::ssize(sealed->record) == publication.record_bytes
                            ? open_result(publication, key, *sealed)
                            : std::nullopt;
    if (!opened) {
      closed.push_back({"record_closed", person.number, {"the sealed record does not open", "봉인한 기록이 열리지 않습니다"}});
      continue;
    }
    read_person(reader, person.number, *opened);
    read_papers(reader, *opened, publication.root);
    const auto judged = proof::judge_certificate(opened->certificate, signer.public_key);
    if (!judged || !judged->is_genuine) not_signed.push_back(person.number);
    proofs.push_back({person.number, opened->proof});
    if (++done % 1000 == 0) progress.report(done);
  }
  if (!closed.empty()) throw_differs(closed);
  require_signed(not_signed);
  const PublicTexts everybody = open_public(publications, publication, key);
  read_everybody(reader, everybody);
  require_no_findings(reader);
  std::optional<PublicTexts> previous;
  if (const auto released = find_released(publications, publication.exam)) previous = load_public(publications, *released);
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

// From the order to the sealed version. The key lives in this function only. `publication` names the own key as soon as there is
// one, also when this ends by an exception.
Publication seal_publication(PublicationRepository& publications, const DecidedTexts& texts,
                             const std::vector<announcement::Person>& before, Publication& publication,
                             const NoteSigner& signer, const Change& change, Progress& progress) {
  const Rendered rendered = render_all(texts, publication, signer, progress);
  proofreading::Proofreader reader(texts.decided, texts.ordered);
  for (const PersonalResult& one : rendered.people) {
    read_person(reader, one.number, one);
    read_papers(reader, one, rendered.root);
  }
  read_everybody(reader, rendered.everybody);
  require_no_findings(reader);

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
  const std::size_t room = rendered.everybody.at("leaves.txt").size() + 8192 * (texts.units.size() + 4) +
                           public_bytes_of_person * rendered.people.size();
  publications.add_part(publication, publication_parts::public_bundle,
                        seal_text(key, publication.public_secret, publication.id, everybody,
                                  embargo::padded_size_for(std::max(room, everybody.size()))));
  publications.add_part(publication, publication_parts::summary, write_summary(texts, before, rendered.people));
  compare_kept(publications, texts, publication, key, signer, progress);
  const auto shares = split_among_officers(publications, publication, key);
  publication.state.step = ReleaseStep::sealed;
  publication.state.digest = digest_publication(publication, publications.digest_results(publication),
                                                announcement::digest_templates(announcement::own_templates()));
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
                         const NoteSigner& signer, const Clock& clock) {
  return [&exams, &results, &publications, &signer, &clock](const JobCall& call) {
    const json request = json::parse(call.job.order.request);
    Publication publication =
        find_publication(publications, ExamCode(call.job.order.exam), request.at("publication").get<std::int64_t>());
    // A program that died after its commit has sealed the version for this very job.
    if (publication.state.step != ReleaseStep::rendering && publication.state.step != ReleaseStep::failed)
      return write_made(publication);
    const Change change{call.job.author, fmt::format("job {}", call.job.id), clock.now(), "program"};
    try {
      call.progress.stage({"Reading the decision", "결정 읽기"}, 0);
      const DecidedTexts texts = load_decided(exams, results, publication, call.progress);
      std::vector<announcement::Person> before;
      if (const auto released = find_released(publications, publication.exam))
        before = load_decided(exams, results, *released, call.progress).people;
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
