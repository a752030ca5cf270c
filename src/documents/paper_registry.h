// How each paper is made: what a new paper adds to the table in papers.cpp.
#pragma once

#include "documents/table_data.h"
#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// The rows of a table paper of one venue; its template says which of them are shown.
using TableOf = TableData (*)(const PlannedExam&, VenueIndex, const PaperContext&);
// A drawn paper: PDF only.
using DrawingOf = Paper (*)(const PlannedExam&, VenueIndex, const PaperContext&);

struct RegisteredPaper {
  const char* name;
  Text title;
  TableOf table = nullptr;
  DrawingOf drawing = nullptr;
};

TableData roster_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
