// The part of a draw that its maker and its judge must read alike: the commitment's text and the name of its key.
#include "hanjari/proof/draw.h"
#include "hanjari/proof/publication.h"

namespace hanjari::proof {

std::string draw_key_name(std::string_view exam_code) {
  return "hanjari/" + escape_code(exam_code) + "/draw";
}

std::optional<Commitment> read_commitment(std::string_view note) {
  const auto text = text_of_note(note);
  if (!text) return std::nullopt;
  const auto first = text->find('\n');
  const auto second = text->find('\n', first + 1);
  if (second == std::string::npos || text->find('\n', second + 1) != text->size() - 1) return std::nullopt;
  Commitment commitment{text->substr(0, first), text->substr(first + 1, second - first - 1),
                        text->substr(second + 1, text->size() - second - 2)};
  const auto digest = parse_lower_hex(commitment.list_sha256);
  if (!digest || digest->size() != 32 || commitment.source.empty() || commitment.moment.empty()) return std::nullopt;
  return commitment;
}

}  // namespace hanjari::proof
