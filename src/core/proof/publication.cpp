#include "hanjari/proof/publication.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace hanjari::proof {
namespace {

using nlohmann::json;

std::string list_of(const std::vector<Record>& records) {
  std::set<std::pair<std::string, std::string>> rows;
  for (const Record& record : records) {
    if (is_listed(record.outcome)) rows.insert({record.unit_code, record.applicant_number});
  }
  std::string text = "unit_code,applicant_number\n";
  for (const auto& [unit, number] : rows) text += unit + "," + number + "\n";
  return text;
}

void require_own_records(const PublicationFacts& facts, const std::vector<Record>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    if (record.exam != facts.exam || record.stage != facts.stage || record.version != facts.version) {
      throw std::logic_error("a record belongs to another publication");
    }
    if (i > 0 && records[i - 1].applicant_number == record.applicant_number) {
      throw std::logic_error("two records have one applicant number");
    }
  }
  if (facts.withdrawn && (!records.empty() || !facts.rates_csv.empty())) throw std::logic_error("a withdrawal has no records");
}

std::string render_publication(const PublicationFacts& facts, const std::string& list, const MerkleTree& tree) {
  json object = {{"exam", facts.exam},
                 {"version", facts.version},
                 {"stage", to_string(facts.stage)},
                 {"released_at", facts.released_at},
                 {"withdrawn", facts.withdrawn},
                 {"decision_sha256", facts.decision_sha256},
                 {"rules_sha256", facts.rules_sha256},
                 {"marks_sha256", facts.marks_sha256},
                 {"list_sha256", sha256(list).hex()},
                 {"leaves", tree.size()},
                 {"root", tree.root().hex()},
                 {"replaces", facts.replaces ? json(*facts.replaces) : json(nullptr)},
                 {"reason_ko", facts.reason_ko},
                 {"reason_en", facts.reason_en}};
  // Packages of earlier have no rates and keep their bytes.
  if (!facts.rates_csv.empty()) object["rates_sha256"] = sha256(facts.rates_csv).hex();
  return object.dump(2) + "\n";
}

std::string raw_bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

}  // namespace

std::string escape_code(std::string_view code) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
  std::string name;
  for (const char c : code) {
    if (plain.find(c) != std::string_view::npos) {
      name += c;
    } else {
      char escaped[4];
      std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      name += escaped;
    }
  }
  return name;
}

std::string origin_of(std::string_view exam, Stage stage, std::int64_t version) {
  return "hanjari/" + escape_code(exam) + "/" + std::string(to_string(stage)) + "/" + std::to_string(version);
}

Publication make_publication(const PublicationFacts& facts, std::vector<Record> records, std::string_view public_key,
                             const Sign& sign) {
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.applicant_number < b.applicant_number; });
  require_own_records(facts, records);
  Publication made;
  std::vector<Digest> leaves;
  leaves.reserve(records.size());
  for (const Record& record : records) {
    made.records.push_back(render_record(record));
    leaves.push_back(leaf_hash(made.records.back()));
    made.files.leaves_txt += leaves.back().hex() + "\n";
  }
  made.tree = MerkleTree(std::move(leaves));
  made.root = made.tree.root().hex();
  made.files.list_csv = list_of(records);
  made.files.rates_csv = facts.rates_csv;
  made.files.publication_json = render_publication(facts, made.files.list_csv, made.tree);
  const std::string origin = origin_of(facts.exam, facts.stage, facts.version);
  const std::string text = origin + "\n" + std::to_string(made.tree.size()) + "\n" +
                           encode_base64(raw_bytes(made.tree.root())) + "\npublication " +
                           sha256(made.files.publication_json).hex() + "\n";
  made.files.checkpoint = sign_note(text, origin, public_key, sign);
  return made;
}

std::string Publication::proof_of(std::size_t index) const {
  json path = json::array();
  for (const Digest& sibling : tree.path(index)) path.push_back(sibling.hex());
  const json object = {{"record", encode_base64(records.at(index))},
                       {"index", index},
                       {"leaves", tree.size()},
                       {"path", std::move(path)},
                       {"root", root}};
  return object.dump(2) + "\n";
}

}  // namespace hanjari::proof
