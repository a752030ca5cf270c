// A plain table of an officer on paper: a list that no template describes.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/documents/workbook.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// A4 across, the sheet's name as its title, widths of headings as shares of the page. Of `planned` the exam's name and
// the plan's digest stand on every page.
Paper render_list_pdf(const Sheet& sheet, const PlannedExam& planned, const PaperContext& context);

}  // namespace hanjari::documents
