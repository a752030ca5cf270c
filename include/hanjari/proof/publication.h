// The publication package: what is public after the minute, how it is made, and whether it holds (contract: Publication
// package and proofs). A package needs nothing of the system that made it: four files and a public key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/proof/merkle_tree.h"
#include "hanjari/proof/record.h"
#include "hanjari/proof/signed_note.h"

namespace hanjari::proof {

// The bytes of the four files, and of rates.csv, which versions of earlier and withdrawals do not have: then it is empty.
struct PublicationFiles {
  std::string publication_json;
  std::string list_csv;
  std::string leaves_txt;
  std::string checkpoint;
  std::string rates_csv{};
};

// publication.json without what is computed (list_sha256, leaves, root).
struct PublicationFacts {
  std::string exam;
  Stage stage = Stage::written;
  std::int64_t version = 1;  // counts released versions, from 1
  std::string released_at;   // ISO 8601, UTC
  bool withdrawn = false;
  std::string decision_sha256;  // of decisions.csv followed by cuts.csv; final: of the _final files
  std::string rules_sha256;     // as report.json of `decide` has it
  std::string marks_sha256;     // of scores.csv
  std::optional<std::string> replaces;  // root of the released version before; nothing for the first
  std::string reason_ko;                // of a correction or withdrawal; may be empty
  std::string reason_en;
  std::string rates_csv{};  // the file as it will be published; publication.json names its digest
};

// A code as part of a key's name: bytes outside A-Z a-z 0-9 - . _ are written %XX.
std::string escape_code(std::string_view code);
// The name of a version's signing key and the origin of its checkpoint: hanjari/EXAM/STAGE/VERSION, EXAM escaped.
std::string origin_of(std::string_view exam, Stage stage, std::int64_t version);

struct Publication {
  PublicationFiles files;
  std::string root;                   // 64 hexadecimal digits: what the next version's `replaces` names
  std::vector<std::string> records;   // rendered, in byte order of the applicant number, which is the order of the leaves
  MerkleTree tree{{}};
  std::string proof_of(std::size_t index) const;  // the bytes of proof-NUMBER.json
};

// Makes the package of everybody decided. `public_key` is 32 raw bytes. A withdrawal has no records. Throws
// std::logic_error when two records have one number, or a record is not of this exam, stage and version.
Publication make_publication(const PublicationFacts& facts, std::vector<Record> records, std::string_view public_key,
                             const Sign& sign);

// What is wrong with a package or a proof. The codes: bad_signature, root_mismatch, list_mismatch, digest_mismatch,
// bad_proof, not_in_list, in_list, not_successor, unsorted, duplicate, rates_mismatch.
struct Finding {
  std::string code;
  std::string file;  // the name under which it was given
  Text what;
};

struct GivenProof {
  std::string name;
  std::string bytes;
};

struct Judged {
  PublicationFiles files;
  std::vector<GivenProof> proofs;
  std::optional<PublicationFiles> previous;  // the version before, where somebody has it
};

// Every finding; none when everything holds. `public_key` is 32 raw bytes.
std::vector<Finding> verify_publication(const Judged& given, std::string_view public_key);

}  // namespace hanjari::proof
