#include "invigilators/store/invigilator_parts.h"

#include <algorithm>

#include "hanjari/actor/token.h"

namespace hanjari::storage {
namespace {

constexpr std::string_view invigilator_part_column = "invigilator_parts.content";
// Well below what a server takes in one packet.
constexpr std::size_t invigilator_part_bytes = 1U << 20U;

FieldPlace place_of_invigilator_part(std::string_view part, std::string_view exam) {
  FieldPlace place;
  place.row = part;
  place.column = invigilator_part_column;
  place.exam = exam;
  return place;
}

}  // namespace

void put_invigilator_files(Connection& connection, const FieldCipher& cipher, const std::string& exam,
                           const std::string& owner, const package::PackedFiles& files) {
  for (const auto& [name, content] : files) {
    connection.change("DELETE FROM invigilator_parts WHERE exam_code = ? AND owner_id = ? AND name = ?", exam, owner,
                      name);
    int number = 0;
    // An empty file has one empty part, so that it is there.
    for (std::size_t at = 0; at < std::max<std::size_t>(content.size(), 1); at += invigilator_part_bytes) {
      const std::string part = services::draw_token();
      const std::string sealed = cipher.seal(place_of_invigilator_part(part, exam),
                                             std::string_view(content).substr(at, invigilator_part_bytes));
      connection.change(
          "INSERT INTO invigilator_parts (part_id, owner_id, exam_code, name, part_no, content_sealed) VALUES (?, ?, ?, "
          "?, ?, ?)",
          part, owner, exam, name, ++number, sealed);
    }
  }
}

package::PackedFiles read_invigilator_files(Connection& connection, const FieldCipher& cipher, const std::string& exam,
                                            const std::string& owner) {
  package::PackedFiles files;
  Rows rows = connection.select(
      "SELECT part_id, name, content_sealed FROM invigilator_parts WHERE exam_code = ? AND owner_id = ? ORDER BY name, "
      "part_no",
      exam, owner);
  while (rows.next()) {
    const std::string part = rows.text();
    const std::string name = rows.text();
    files[name] += cipher.open(place_of_invigilator_part(part, {}), rows.text());
  }
  return files;
}

}  // namespace hanjari::storage
