// An exam package that is sent as a file.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_imports(const Call& call);
Response order_shown_import(const Call& call);
Response order_import_by_api(const Call& call);
// The import of what a preview has shown.
Response confirm_shown_import(const Call& call);
Response confirm_import_by_api(const Call& call);
// A whole package of people who do not exist, to be filled in with one's own.
Response take_example_workbook(const Call& call);
// The officer's own workbook with its bad cells marked.
Response take_marked_workbook(const Call& call);

// One table of an exam, or the whole package, as a workbook.
Response take_exam_tables(const Call& call);

}  // namespace hanjari::web
