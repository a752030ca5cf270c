#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/clock.h"
#include "hanjari/base/korean.h"
#include "hanjari/proof/publication.h"
#include "proof/publication_reading.h"
#include "proof/published_rates.h"

namespace hanjari::proof {
namespace {

class Findings {
 public:
  explicit Findings(std::string folder) : folder_(std::move(folder)) {}
  void add(const char* code, const std::string& file, Text what) {
    found_.push_back({code, folder_ + file, std::move(what)});
  }
  std::vector<Finding> take() { return std::move(found_); }

 private:
  std::string folder_;
  std::vector<Finding> found_;
};

void unreadable(Findings& findings, const char* code, const std::string& file) {
  findings.add(code, file, {"this is not such a file of a publication", "공고 묶음의 파일 형식이 아닙니다"});
}

// What the files say, as far as they can be read.
struct Read {
  std::optional<StatedPublication> stated;
  std::optional<std::vector<ListRow>> list;
  std::optional<std::vector<Digest>> leaves;
  std::optional<Checkpoint> checkpoint;
};

Read read_all(const PublicationFiles& files, Findings& findings) {
  Read read{read_publication_json(files.publication_json), read_list(files.list_csv), read_leaves(files.leaves_txt),
            read_checkpoint(files.checkpoint)};
  if (!read.stated) unreadable(findings, "digest_mismatch", "publication.json");
  if (!read.list) unreadable(findings, "list_mismatch", "list.csv");
  if (!read.leaves) unreadable(findings, "root_mismatch", "leaves.txt");
  if (!read.checkpoint) unreadable(findings, "bad_signature", "checkpoint");
  return read;
}

// The key signed this checkpoint, and the checkpoint is this publication's.
void judge_signature(const PublicationFiles& files, const Read& read, std::string_view public_key, Findings& findings) {
  if (!read.checkpoint) return;
  const std::string origin =
      read.stated ? origin_of(read.stated->facts.exam, read.stated->facts.stage, read.stated->facts.version)
                  : read.checkpoint->origin;
  if (read.checkpoint->origin != origin) {
    findings.add("bad_signature", "checkpoint",
                 {fmt::format("it is the checkpoint of {}, not of {}", read.checkpoint->origin, origin),
                  fmt::format("{}의 서명이며 {}의 서명이 아닙니다", read.checkpoint->origin, origin)});
  } else if (!is_signed_by(files.checkpoint, origin, public_key)) {
    findings.add("bad_signature", "checkpoint",
                 {"the signature does not fit the text and the key", "서명이 내용이나 공개키와 맞지 않습니다"});
  }
}

// publication.json is the one that was signed.
void judge_digest(const PublicationFiles& files, const Read& read, Findings& findings) {
  if (!read.checkpoint || sha256(files.publication_json).hex() == read.checkpoint->publication_sha256) return;
  findings.add("digest_mismatch", "publication.json",
               {"its SHA-256 is not the one that the checkpoint names", "SHA-256 값이 서명된 값과 다릅니다"});
}

// publication.json, the checkpoint and the leaves have one root and one number of leaves.
void judge_root(const Read& read, Findings& findings) {
  const std::optional<std::string> signed_root =
      read.checkpoint ? std::optional(read.checkpoint->root.hex()) : std::nullopt;
  if (read.stated && signed_root &&
      (read.stated->root != *signed_root || read.stated->leaves != read.checkpoint->leaves)) {
    findings.add("root_mismatch", "publication.json",
                 {"root or leaves are not those of the checkpoint", "root 또는 leaves가 서명된 값과 다릅니다"});
  }
  if (!read.leaves) return;
  const std::string root = MerkleTree(*read.leaves).root().hex();
  const bool fits_stated = !read.stated || (read.stated->root == root && read.stated->leaves == read.leaves->size());
  const bool fits_signed = !signed_root || (*signed_root == root && read.checkpoint->leaves == read.leaves->size());
  if (!fits_stated || !fits_signed) {
    findings.add("root_mismatch", "leaves.txt",
                 {fmt::format("the {} leaves give the root {}", read.leaves->size(), root),
                  fmt::format("해시 {}개로 계산한 root는 {}입니다", read.leaves->size(), root)});
  }
}

void judge_leaves(const Read& read, Findings& findings) {
  if (!read.leaves) return;
  std::set<Digest> seen;
  for (std::size_t i = 0; i < read.leaves->size(); ++i) {
    if (seen.insert((*read.leaves)[i]).second) continue;
    findings.add("duplicate", fmt::format("leaves.txt:{}", i + 1),
                 {"this leaf stood before", "앞에 나온 해시와 같습니다"});
  }
}

void judge_list(const PublicationFiles& files, const Read& read, Findings& findings) {
  if (read.stated && sha256(files.list_csv).hex() != read.stated->list_sha256) {
    findings.add("list_mismatch", "list.csv",
                 {"its SHA-256 is not the one of publication.json", "SHA-256 값이 publication.json의 값과 다릅니다"});
  }
  if (!read.list) return;
  if (read.stated && read.stated->facts.withdrawn && !read.list->empty()) {
    findings.add("list_mismatch", "list.csv",
                 {"a withdrawn publication has an empty list", "철회된 공고의 명단은 비어 있어야 합니다"});
  }
  if (read.leaves && read.list->size() > read.leaves->size()) {
    findings.add("list_mismatch", "list.csv",
                 {"it has more people than were decided", "판정된 사람보다 명단이 더 많습니다"});
  }
  std::set<std::string> numbers;
  for (std::size_t i = 0; i < read.list->size(); ++i) {
    const ListRow& row = (*read.list)[i];
    const std::string place = fmt::format("list.csv:{}", i + 2);
    if (!numbers.insert(row.applicant_number).second) {
      findings.add("duplicate", place,
                   {fmt::format("{} stood before", row.applicant_number),
                    in_korean("{}[이/가] 앞에 이미 있습니다", row.applicant_number)});
    }
    if (i > 0 && row < (*read.list)[i - 1]) {
      findings.add("unsorted", place,
                   {"this row belongs before the one above it", "윗줄보다 앞에 와야 하는 줄입니다"});
    }
  }
}

// rates.csv is the one that was signed, and says what list and leaves say.
void judge_rates(const PublicationFiles& files, const Read& read, Findings& findings) {
  if (!read.stated) return;
  const auto wrong = [&](const std::string& file, Text what) { findings.add("rates_mismatch", file, std::move(what)); };
  if (!read.stated->rates_sha256) {
    if (!files.rates_csv.empty())
      wrong("rates.csv", {"publication.json names no such file", "publication.json에 적혀 있지 않은 파일입니다"});
    return;
  }
  if (files.rates_csv.empty()) return wrong("rates.csv", {"it is missing", "파일이 없습니다"});
  if (sha256(files.rates_csv).hex() != *read.stated->rates_sha256)
    wrong("rates.csv", {"its SHA-256 is not the one of publication.json", "SHA-256 값이 publication.json의 값과 다릅니다"});
  const auto rates = read_published_rates(files.rates_csv);
  if (!rates) return unreadable(findings, "rates_mismatch", "rates.csv");
  if (!read.list || !read.leaves) return;
  for (WrongRate& one : judge_published_rates(*rates, *read.list, read.leaves->size()))
    wrong(fmt::format("rates.csv:{}", one.line), std::move(one.what));
}

using Listed = std::set<ListRow>;

void judge_record(const GivenProof& given, const Record& record, const Read& read, Findings& findings) {
  if (read.stated && (record.exam != read.stated->facts.exam || record.stage != read.stated->facts.stage ||
                      record.version != read.stated->facts.version)) {
    findings.add("bad_proof", given.name,
                 {"its record is of another exam, stage or version", "다른 시험, 단계 또는 판의 기록입니다"});
  }
  if (!is_outcome(record.stage, record.outcome)) {
    findings.add("bad_proof", given.name, {fmt::format("{} is no outcome", record.outcome),
                                           in_korean("{}[은/는] 판정 결과가 아닙니다", record.outcome)});
  }
}

// Whether the list says the same of the person as the person's own record.
void judge_against_list(const GivenProof& given, const Record& record, const Listed& listed, Findings& findings) {
  const bool stands = listed.contains({record.unit_code, record.applicant_number});
  if (is_listed(record.outcome) && !stands) {
    findings.add("not_in_list", given.name,
                 {fmt::format("{} passed, but does not stand in list.csv", record.applicant_number),
                  in_korean("{}[은/는] 합격인데 명단에 없습니다", record.applicant_number)});
  }
  if (!is_listed(record.outcome) && stands) {
    findings.add("in_list", given.name,
                 {fmt::format("{} did not pass, but stands in list.csv", record.applicant_number),
                  in_korean("{}[은/는] 합격이 아닌데 명단에 있습니다", record.applicant_number)});
  }
}

// Nothing when the proof leads nowhere.
std::optional<StatedProof> judge_path(const GivenProof& given, const Read& read, Findings& findings) {
  const auto bad = [&](Text what) { findings.add("bad_proof", given.name, std::move(what)); };
  auto proof = read_proof(given.bytes);
  if (!proof) {
    bad({"this is no proof", "증명 파일이 아닙니다"});
    return std::nullopt;
  }
  const Digest leaf = leaf_hash(proof->record_bytes);
  const auto root = root_of_path(leaf, proof->index, proof->leaves, proof->path);
  if (!root || root->hex() != proof->root) {
    bad({"record and path do not lead to the proof's root", "기록과 경로가 증명의 root에 이르지 않습니다"});
    return std::nullopt;
  }
  if (read.checkpoint && (proof->root != read.checkpoint->root.hex() || proof->leaves != read.checkpoint->leaves)) {
    bad({"its root or number of leaves is not the published one", "root 또는 leaves가 공고된 값과 다릅니다"});
  }
  if (read.leaves && (proof->index >= read.leaves->size() || (*read.leaves)[proof->index] != leaf)) {
    bad({"leaves.txt has another leaf at its index", "leaves.txt의 해당 위치에 다른 값이 있습니다"});
  }
  return proof;
}

void judge_proofs(const std::vector<GivenProof>& proofs, const Read& read, Findings& findings) {
  const Listed listed = read.list ? Listed(read.list->begin(), read.list->end()) : Listed();
  std::map<std::string, std::string> record_of_number;
  for (const GivenProof& given : proofs) {
    const auto proof = judge_path(given, read, findings);
    if (!proof) continue;
    judge_record(given, proof->record, read, findings);
    const auto [known, is_new] = record_of_number.emplace(proof->record.applicant_number, proof->record_bytes);
    if (!is_new && known->second != proof->record_bytes) {
      findings.add("duplicate", given.name,
                   {fmt::format("another proof says something else of {}", proof->record.applicant_number),
                    fmt::format("{}의 다른 증명과 내용이 다릅니다", proof->record.applicant_number)});
    }
    if (read.list) judge_against_list(given, proof->record, listed, findings);
  }
}

void judge_package(const PublicationFiles& files, const Read& read, std::string_view public_key, Findings& findings) {
  judge_signature(files, read, public_key, findings);
  judge_digest(files, read, findings);
  judge_root(read, findings);
  judge_leaves(read, findings);
  judge_list(files, read, findings);
  judge_rates(files, read, findings);
}

// The first version replaces nothing, every other one names the root of the version before.
void judge_first(const Read& read, Findings& findings) {
  if (!read.stated || (read.stated->facts.version == 1) == !read.stated->facts.replaces.has_value()) return;
  findings.add("not_successor", "publication.json",
               {"version 1 replaces nothing, and every later version names what it replaces",
                "1판은 replaces가 null이고, 이후 판은 바로 앞 판의 root를 적어야 합니다"});
}

void judge_successor(const Read& read, const Read& previous, Findings& findings) {
  if (!read.stated || !previous.stated) return;
  const PublicationFacts& now = read.stated->facts;
  const PublicationFacts& before = previous.stated->facts;
  if (now.exam == before.exam && now.stage == before.stage && now.version == before.version + 1 &&
      now.replaces == previous.stated->root && parse_instant(now.released_at) >= parse_instant(before.released_at)) {
    return;
  }
  findings.add("not_successor", "publication.json",
               {fmt::format("it does not follow version {} of {}", before.version, before.exam),
                fmt::format("{} {}판의 다음 판이 아닙니다", before.exam, before.version)});
}

}  // namespace

std::vector<Finding> verify_publication(const Judged& given, std::string_view public_key) {
  Findings findings("");
  const Read read = read_all(given.files, findings);
  judge_package(given.files, read, public_key, findings);
  judge_first(read, findings);
  judge_proofs(given.proofs, read, findings);
  if (!given.previous) return findings.take();

  Findings of_previous("previous/");
  const Read previous = read_all(*given.previous, of_previous);
  judge_package(*given.previous, previous, public_key, of_previous);
  judge_first(previous, of_previous);
  judge_successor(read, previous, findings);
  std::vector<Finding> all = findings.take();
  for (Finding& finding : of_previous.take()) all.push_back(std::move(finding));
  return all;
}

}  // namespace hanjari::proof
