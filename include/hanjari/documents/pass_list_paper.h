// The public list of who passed on paper: units with applicant numbers, nothing else of anybody.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/documents/paper.h"

namespace hanjari::documents {

// Everything is in the language of the paper already.
struct PassListUnit {
  std::string heading;  // code and name
  std::string count;    // with its label
  std::vector<std::string> numbers;
};

struct PassListWords {
  std::string title;
  std::string exam;
  std::vector<std::pair<std::string, std::string>> rows;  // label and value
  std::vector<PassListUnit> units;
  Instant made_at{};  // the date inside the file
};

// A4, as many numbers in a line as fit. Every line is an element of its own for screen readers, in the order of reading: headings of
// units are H2, and the foot of a page ("2 / 7") comes last on it. The same words give the same bytes. Throws InvalidInput
// (no_glyph) where a font lacks a character: a name with another letter in it is not published.
Paper render_pass_list_pdf(const PassListWords& words);

}  // namespace hanjari::documents
