#include "publications/store/publication_records.h"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"

namespace hanjari::storage {
namespace {

using services::Publication;
using services::SealedResult;

constexpr std::string_view secret_column = "publication_records.secret";
constexpr std::string_view publication_part_column = "publication_parts.content";
// Well below what a server takes in one packet.
constexpr std::size_t publication_part_bytes = 1U << 20U;
constexpr std::size_t bytes_of_records_at_once = 1U << 20U;
constexpr std::size_t records_read_at_once = 256;

FieldPlace place_in_publications(std::string_view row, std::string_view column, std::string_view exam) {
  FieldPlace place;
  place.row = row;
  place.column = column;
  place.exam = exam;
  return place;
}

// Nobody without the key file finds the row of a number, or counts rows of people.
std::string record_id_of(const FieldCipher& cipher, const Publication& publication, const std::string& number) {
  return to_hex(cipher.blind_index("publication record", publication.id + "/" + number));
}

}  // namespace

void insert_sealed_results(Connection& connection, const FieldCipher& cipher, const Publication& publication,
                           const std::vector<const SealedResult*>& results) {
  const std::string& exam = publication.exam.text();
  for (std::size_t begin = 0; begin < results.size();) {
    const std::size_t most = std::max<std::size_t>(1, bytes_of_records_at_once / (results[begin]->record.size() + 1));
    const std::size_t rows = std::min({results.size() - begin, most, RowInsert::most_rows});
    RowInsert some(connection, "publication_records (record_id, publication_id, exam_code, secret_sealed, record)", 5, rows);
    for (const std::size_t end = begin + rows; begin < end; ++begin) {
      const SealedResult& result = *results[begin];
      const std::string id = record_id_of(cipher, publication, result.number);
      some.add(id, publication.id, exam, cipher.seal(place_in_publications(id, secret_column, exam), result.secret),
               result.record);
    }
  }
}

std::optional<SealedResult> read_sealed_result(Connection& connection, const FieldCipher& cipher,
                                               const Publication& publication, const std::string& number) {
  const std::string id = record_id_of(cipher, publication, number);
  Rows rows = connection.select(
      "SELECT secret_sealed, record FROM publication_records WHERE record_id = ? AND publication_id = ?", id,
      publication.id);
  if (!rows.next()) return std::nullopt;
  SealedResult result;
  result.number = number;
  result.secret = cipher.open(place_in_publications(id, secret_column, {}), rows.text());
  result.record = rows.text();
  return result;
}

std::vector<SealedResult> read_sealed_results(Connection& connection, const FieldCipher& cipher,
                                              const Publication& publication, const std::vector<std::string>& numbers) {
  std::vector<SealedResult> results;
  for (std::size_t begin = 0; begin < numbers.size(); begin += records_read_at_once) {
    std::map<std::string, std::string> wanted;  // numbers by the name of the row
    for (std::size_t i = begin; i < std::min(numbers.size(), begin + records_read_at_once); ++i)
      wanted.emplace(record_id_of(cipher, publication, numbers[i]), numbers[i]);
    std::size_t padded = 0;
    const std::string list = placeholders(wanted.size(), padded);
    Statement& statement = connection.statement(
        "SELECT record_id, secret_sealed, record FROM publication_records WHERE publication_id = ? AND record_id IN " + list);
    statement.bind(publication.id);
    for (const auto& [id, number] : wanted) statement.bind(id);
    for (std::size_t more = wanted.size(); more < padded; ++more) statement.bind(wanted.rbegin()->first);
    Rows rows = statement.select();
    while (rows.next()) {
      const std::string id = rows.text();
      SealedResult& result = results.emplace_back();
      result.number = wanted.at(id);
      result.secret = cipher.open(place_in_publications(id, secret_column, {}), rows.text());
      result.record = rows.text();
    }
  }
  return results;
}

void sort_by_record_id(const FieldCipher& cipher, const Publication& publication, std::vector<std::string>& numbers) {
  std::vector<std::pair<std::string, std::string>> named;
  named.reserve(numbers.size());
  for (std::string& number : numbers) {
    std::string id = record_id_of(cipher, publication, number);
    named.emplace_back(std::move(id), std::move(number));
  }
  std::sort(named.begin(), named.end());
  for (std::size_t i = 0; i < named.size(); ++i) numbers[i] = std::move(named[i].second);
}

void insert_publication_part(Connection& connection, const Store& store, const Publication& publication,
                             const std::string& name, std::string_view content) {
  int number = 0;
  for (std::size_t at = 0; at < std::max<std::size_t>(content.size(), 1); at += publication_part_bytes) {
    const std::string part = fmt::format("{}/{}/{}", publication.id, name, ++number);
    const FieldPlace place = place_in_publications(part, publication_part_column, publication.exam.text());
    const std::string_view portion = content.substr(at, publication_part_bytes);
    // The portal gives out what everybody sees; what officers sign shows pages of people before the minute.
    const bool for_office = name == services::publication_parts::summary;
    const std::string sealed = for_office ? store.seal_for_office(place, portion) : store.cipher.seal(place, portion);
    connection.change(
        "INSERT INTO publication_parts (part_id, publication_id, exam_code, name, part_no, content_sealed) VALUES (?, ?, ?, "
        "?, ?, ?)",
        part, publication.id, publication.exam.text(), name, number, sealed);
  }
}

std::string read_publication_part(Connection& connection, const Store& store, const Publication& publication,
                                  const std::string& name) {
  std::string content;
  bool there = false;
  Rows rows = connection.select(
      "SELECT part_id, content_sealed FROM publication_parts WHERE publication_id = ? AND name = ? ORDER BY part_no",
      publication.id, name);
  while (rows.next()) {
    const std::string part = rows.text();
    content += store.open_of_office(place_in_publications(part, publication_part_column, {}), rows.text());
    there = true;
  }
  if (there) return content;
  throw NotFound("results_destroyed", {"There is no such part of a publication, or it was destroyed with its exam.",
                                       "그런 공고 자료가 없거나 시험과 함께 파기되었습니다."});
}

}  // namespace hanjari::storage
