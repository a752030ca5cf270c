#include "proof/publication_reading.h"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "hanjari/base/clock.h"
#include "hanjari/base/hex.h"
#include "hanjari/base/nesting.h"
#include "proof/whole_number.h"

namespace hanjari::proof {
namespace {

using nlohmann::json;

// Decimal digits without sign or leading zeros.
std::optional<std::uint64_t> plain_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || std::to_string(number) != text) return std::nullopt;
  return number;
}

// The lines of a text that ends with a line feed; nothing otherwise.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string digest_text(const json& object, const char* key) {
  const auto text = object.at(key).get<std::string>();
  if (!parse_digest(text)) throw json::other_error::create(500, "no digest", nullptr);
  return text;
}

StatedPublication stated_by(const json& object) {
  StatedPublication stated;
  PublicationFacts& facts = stated.facts;
  object.at("exam").get_to(facts.exam);
  const auto stage = parse_stage(object.at("stage").get<std::string>());
  read_whole(object.at("version"), facts.version);
  object.at("released_at").get_to(facts.released_at);
  if (!stage || facts.exam.empty() || facts.version < 1 || !parse_instant(facts.released_at)) {
    throw json::other_error::create(500, "no such publication", nullptr);
  }
  facts.stage = *stage;
  object.at("withdrawn").get_to(facts.withdrawn);
  facts.decision_sha256 = digest_text(object, "decision_sha256");
  facts.rules_sha256 = digest_text(object, "rules_sha256");
  facts.marks_sha256 = digest_text(object, "marks_sha256");
  if (!object.at("replaces").is_null()) facts.replaces = digest_text(object, "replaces");
  object.at("reason_ko").get_to(facts.reason_ko);
  object.at("reason_en").get_to(facts.reason_en);
  stated.list_sha256 = digest_text(object, "list_sha256");
  if (object.contains("rates_sha256")) stated.rates_sha256 = digest_text(object, "rates_sha256");
  stated.root = digest_text(object, "root");
  read_whole(object.at("leaves"), stated.leaves);
  return stated;
}

// JSON in which no key stands twice: of two values a reader would take the one, another reader the other.
json parse_once(std::string_view bytes) {
  if (nesting_of(bytes) > deepest_nesting) throw json::other_error::create(501, "nested too deep", nullptr);
  std::vector<std::vector<std::string>> open;
  return json::parse(bytes, [&open](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) open.emplace_back();
    if (event == json::parse_event_t::object_end) open.pop_back();
    if (event == json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (std::find(open.back().begin(), open.back().end(), key) != open.back().end()) {
        throw json::other_error::create(500, "a key stands twice", nullptr);
      }
      open.back().push_back(key);
    }
    return true;
  });
}

}  // namespace

std::optional<Digest> parse_digest(std::string_view hex) {
  const auto bytes = parse_lower_hex(hex);
  Digest digest;
  if (!bytes || bytes->size() != digest.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.bytes.begin());
  return digest;
}

std::optional<StatedPublication> read_publication_json(std::string_view bytes) {
  try {
    return stated_by(parse_once(bytes));
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

std::optional<std::vector<ListRow>> read_list(std::string_view bytes) {
  const auto lines = lines_of(bytes);
  if (!lines || lines->empty() || lines->front() != "unit_code,applicant_number") return std::nullopt;
  std::vector<ListRow> rows;
  for (std::size_t i = 1; i < lines->size(); ++i) {
    const std::string_view line = (*lines)[i];
    const auto comma = line.find(',');
    if (comma == 0 || comma == std::string_view::npos || comma + 1 == line.size() ||
        line.find_first_of(",\"\r", comma + 1) != std::string_view::npos) {
      return std::nullopt;
    }
    rows.push_back({std::string(line.substr(0, comma)), std::string(line.substr(comma + 1))});
  }
  return rows;
}

std::optional<std::vector<Digest>> read_leaves(std::string_view bytes) {
  const auto lines = lines_of(bytes);
  if (!lines) return std::nullopt;
  std::vector<Digest> leaves;
  leaves.reserve(lines->size());
  for (const std::string_view line : *lines) {
    const auto leaf = parse_digest(line);
    if (!leaf) return std::nullopt;
    leaves.push_back(*leaf);
  }
  return leaves;
}

std::optional<Checkpoint> read_checkpoint(std::string_view note) {
  constexpr std::string_view extension = "publication ";
  const auto text = text_of_note(note);
  if (!text) return std::nullopt;
  const auto lines = lines_of(*text);
  if (!lines || lines->size() != 4 || !(*lines)[3].starts_with(extension)) return std::nullopt;
  const auto leaves = plain_number((*lines)[1]);
  const auto root = decode_base64((*lines)[2]);
  const std::string_view digest = (*lines)[3].substr(extension.size());
  if (!leaves || !root || root->size() != 32 || !parse_digest(digest)) return std::nullopt;
  return Checkpoint{std::string((*lines)[0]), *leaves, *parse_digest(to_hex(*root)), std::string(digest)};
}

std::optional<StatedProof> read_proof(std::string_view bytes) {
  try {
    const json object = parse_once(bytes);
    StatedProof proof;
    const auto record_bytes = decode_base64(object.at("record").get<std::string>());
    const auto record = record_bytes ? parse_record(*record_bytes) : std::nullopt;
    if (!record) return std::nullopt;
    proof.record_bytes = *record_bytes;
    proof.record = *record;
    read_whole(object.at("index"), proof.index);
    read_whole(object.at("leaves"), proof.leaves);
    proof.root = digest_text(object, "root");
    for (const json& sibling : object.at("path")) {
      const auto digest = parse_digest(sibling.get<std::string>());
      if (!digest) return std::nullopt;
      proof.path.push_back(*digest);
    }
    return proof;
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace hanjari::proof
