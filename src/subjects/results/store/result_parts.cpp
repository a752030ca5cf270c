#include "results/store/result_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

constexpr std::string_view result_part_column = "result_parts.content";
// Well below what a server takes in one packet.
constexpr std::size_t result_part_bytes = 1U << 20U;

FieldPlace place_of_result(std::string_view part, std::string_view exam) {
  FieldPlace place;
  place.row = part;
  place.column = result_part_column;
  place.exam = exam;
  return place;
}

}  // namespace

void insert_result_file(Connection& connection, const Store& store, const std::string& owner,
                        const std::string& exam, const std::string& name, std::string_view content) {
  int number = 0;
  // An empty file has one empty part, so that it is there.
  for (std::size_t at = 0; at < std::max<std::size_t>(content.size(), 1); at += result_part_bytes) {
    const std::string part = fmt::format("{}/{}/{}", owner, name, ++number);
    const std::string sealed = store.seal_for_office(place_of_result(part, exam), content.substr(at, result_part_bytes));
    connection.change(
        "INSERT INTO result_parts (part_id, owner_id, exam_code, name, part_no, content_sealed) VALUES (?, ?, ?, ?, ?, "
        "?)",
        part, owner, exam, name, number, sealed);
  }
}

std::string read_result_file(Connection& connection, const Store& store, const std::string& owner,
                             const std::string& name) {
  std::string content;
  bool there = false;
  Rows rows = connection.select(
      "SELECT part_id, content_sealed FROM result_parts WHERE owner_id = ? AND name = ? ORDER BY part_no", owner, name);
  while (rows.next()) {
    const std::string part = rows.text();
    content += store.open_of_office(place_of_result(part, {}), rows.text());
    there = true;
  }
  if (there) return content;
  throw NotFound("results_destroyed", {"There is no such file of results, or it was destroyed with its exam.",
                                       "그런 결과 파일이 없거나 시험과 함께 파기되었습니다."});
}

}  // namespace hanjari::storage
