// Templates of papers in the office: their list with who changed what and why, one as a form with a preview, and the same
// by API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_templates(const Call& call);
Response show_template(const Call& call);
// Saves, or answers with the paper as PDF where the button of the preview was pressed.
Response save_shown_template(const Call& call);
Response list_templates_by_api(const Call& call);
Response save_template_by_api(const Call& call);

}  // namespace hanjari::web
