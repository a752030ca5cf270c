// How each paper is made: what a new paper adds to the table in papers.cpp.
#pragma once

#include "documents/tables/table_data.h"
#include "hanjari/documents/papers.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// The rows of a table paper of one venue; its template says which of them are shown.
using TableOf = TableData (*)(const PlannedExam&, VenueIndex, const PaperContext&);
// A drawn paper.
using DrawingOf = Paper (*)(const PlannedExam&, VenueIndex, const PaperContext&);

struct RegisteredPaper {
  const char* name;
  Text title;
  TableOf table = nullptr;      // for every format, unless there is a drawing too: then for XLSX and CSV
  DrawingOf drawing = nullptr;  // for PDF
  PaperScope scope = PaperScope::venue;
  PaperSubject subject = PaperSubject::venue;
  bool list_only = false;  // of everybody, to be searched and sorted: no PDF
};

// Every paper, in the order of the contract.
const std::vector<RegisteredPaper>& registered_papers();

TableData roster_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);
TableData door_list_table(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
