// A paper that says a few facts below a title: a receipt, a confirmation.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/documents/paper.h"

namespace hanjari::documents {

struct FactSheet {
  struct Row {
    std::string label;
    std::string value;
  };
  std::string title;
  std::string heading;  // below the title
  std::vector<Row> rows;
  std::vector<std::string> notes;  // paragraphs below the rows, in small letters
  std::string issuer;              // at the foot; empty: nobody
  Instant made_at{};               // inside the file
  Language language = Language::korean;  // in which it is read aloud
};

// As many A4 pages as it takes; every word whole and in letters that can be read.
Paper render_fact_sheet(const FactSheet& sheet);

}  // namespace hanjari::documents
