// A certificate of result on one A4 page: what was decided, and the signed text that proves it, in letters and as a code.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/documents/paper.h"

namespace hanjari::documents {

// Everything is in the language of the paper already.
struct CertificateWords {
  std::string title;
  std::string exam;
  std::string verdict;
  std::vector<std::pair<std::string, std::string>> rows;  // label and value
  std::string how_to_check;
  std::string signed_text;  // a signed note; its lines are printed as they are
  Instant made_at{};        // the date inside the file
};

// The same words give the same bytes. The code is left out where the signed text is longer than a phone reads from paper.
Paper render_certificate_pdf(const CertificateWords& words);

}  // namespace hanjari::documents
