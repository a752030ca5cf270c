#include "publications/rendered_version.h"

#include <algorithm>
#include <utility>

#include "hanjari/actor/token.h"
#include "hanjari/announcement/announcement.h"
#include "hanjari/base/shared_work.h"
#include "hanjari/proof/certificate.h"
#include "hanjari/proof/publication.h"
#include "publications/list_papers.h"

namespace hanjari::services {
namespace {

constexpr std::size_t people_between_reports = 4000;

proof::Record record_of(const announcement::Person& person, const Publication& publication) {
  proof::Record record;
  record.applicant_number = person.number;
  record.exam = publication.exam.text();
  record.outcome = person.outcome;
  record.rank = person.rank;
  record.salt = draw_token(32);
  record.stage = publication.order.stage;
  for (const auto& [subject, mark] : person.scores) record.scores[subject] = mark;
  record.total = person.total;
  record.unit_code = person.unit_code;
  record.version = publication.version;
  return record;
}

proof::PublicationFacts facts_of(const DecidedTexts& texts, const Publication& publication) {
  proof::PublicationFacts facts;
  facts.exam = publication.exam.text();
  facts.stage = publication.order.stage;
  facts.version = publication.version;
  facts.released_at = format_instant(publication.order.release_at);
  facts.withdrawn = publication.order.withdrawal;
  facts.decision_sha256 = texts.decision_sha256;
  facts.rules_sha256 = texts.rules_sha256;
  facts.marks_sha256 = texts.marks_sha256;
  if (!publication.replaces.empty()) facts.replaces = publication.replaces;
  facts.reason_en = publication.order.reason.en;
  facts.reason_ko = publication.order.reason.ko;
  facts.rates_csv = texts.rates_csv;
  return facts;
}

// What the office signs for this person: the same fields whatever was decided.
std::string certify(const announcement::Person& person, const announcement::Edition& edition,
                    const Publication& publication, const std::string& root, const NoteSigner& signer) {
  proof::Certificate certificate;
  certificate.exam = publication.exam.text();
  certificate.exam_name = edition.exam_name;
  certificate.stage = publication.order.stage;
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

}  // namespace

RenderedVersion render_version(const DecidedTexts& texts, const Publication& publication, const NoteSigner& signer,
                               Progress& progress) {
  progress.stage({"Rendering", "결과 화면 만들기"}, texts.people.size());
  std::vector<proof::Record> records;
  std::vector<const announcement::Person*> people;
  for (const announcement::Person& person : texts.people) people.push_back(&person);
  std::sort(people.begin(), people.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
  for (const announcement::Person* person : people) records.push_back(record_of(*person, publication));
  const proof::Publication made =
      proof::make_publication(facts_of(texts, publication), std::move(records), signer.public_key, signer.sign);
  const announcement::Templates& templates = announcement::own_templates(texts.edition.stage);
  RenderedVersion rendered;
  rendered.root = made.root;
  rendered.people.resize(people.size());
  for (std::size_t first = 0; first < people.size(); first += people_between_reports) {
    const std::size_t some = std::min(people_between_reports, people.size() - first);
    share_out(some, usual_runs(some), [&](std::size_t, std::size_t begin, std::size_t end) {
      announcement::PageWriter pages(templates, texts.edition);
      for (std::size_t i = first + begin; i < first + end; ++i) {
        const announcement::Person& person = *people[i];
        rendered.people[i] = {person.number,
                              {pages.write(person, Language::english), pages.write(person, Language::korean)},
                              made.proof_of(i),
                              certify(person, texts.edition, publication, made.root, signer)};
      }
    });
    progress.report(first + some);
  }
  rendered.everybody = {{"publication.json", made.files.publication_json},
                        {"list.csv", made.files.list_csv},
                        {"leaves.txt", made.files.leaves_txt},
                        {"checkpoint", made.files.checkpoint}};
  if (!made.files.rates_csv.empty()) rendered.everybody["rates.csv"] = made.files.rates_csv;
  for (const Language language : both_languages) {
    rendered.everybody[name_of_text("list", language)] =
        announcement::render_list(templates, texts.edition, texts.units, language);
    rendered.everybody[name_of_text("list", language) + ".xlsx"] = make_list_workbook(texts.units, language);
    rendered.everybody[name_of_text("list", language) + ".pdf"] =
        make_list_paper(texts.edition, texts.units, publication.order.release_at, language);
    rendered.everybody[name_of_text("notice", language)] =
        announcement::render_notice(templates, texts.edition, language);
    rendered.everybody[name_of_text("message", language)] =
        announcement::render_message(templates, texts.edition, language);
    if (publication.version > 1 && !publication.order.withdrawal)
      rendered.everybody[name_of_text("changed", language)] = announcement::render_changed_message(templates, texts.edition, language);
  }
  return rendered;
}

}  // namespace hanjari::services
