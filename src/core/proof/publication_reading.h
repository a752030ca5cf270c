// The four files as strict readers understand them. A reader takes exactly what a writer of the contract writes, so that
// two readers of one file can never see different things.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/proof/publication.h"

namespace hanjari::proof {

struct StatedPublication {
  PublicationFacts facts;
  std::string list_sha256;
  std::optional<std::string> rates_sha256;  // nothing where the version has no rates.csv
  std::uint64_t leaves = 0;
  std::string root;
};
// Nothing when a key is missing, of a wrong kind, or a value is none of the contract's.
std::optional<StatedPublication> read_publication_json(std::string_view bytes);

struct ListRow {
  std::string unit_code;
  std::string applicant_number;
  auto operator<=>(const ListRow&) const = default;
};
std::optional<std::vector<ListRow>> read_list(std::string_view bytes);

// One hash a line.
std::optional<std::vector<Digest>> read_leaves(std::string_view bytes);

struct Checkpoint {
  std::string origin;
  std::uint64_t leaves = 0;
  Digest root;
  std::string publication_sha256;
};
std::optional<Checkpoint> read_checkpoint(std::string_view note);

struct StatedProof {
  std::string record_bytes;
  Record record;
  std::uint64_t index = 0;
  std::uint64_t leaves = 0;
  std::vector<Digest> path;
  std::string root;
};
std::optional<StatedProof> read_proof(std::string_view bytes);

std::optional<Digest> parse_digest(std::string_view hex);

}  // namespace hanjari::proof
