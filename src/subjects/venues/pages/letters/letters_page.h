// Questions, answers and instructions between the city and its districts.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_letters(const Call& call);
Response write_shown_letter(const Call& call);
// Of {file}, of the exchange that the query names.
Response download_letter_file(const Call& call);
Response publish_shown_instruction(const Call& call);
Response confirm_shown_instruction(const Call& call);

Response list_letters_by_api(const Call& call);
Response write_letter_by_api(const Call& call);
Response list_instructions_by_api(const Call& call);
Response publish_instruction_by_api(const Call& call);
Response confirm_instruction_by_api(const Call& call);

}  // namespace hanjari::web
