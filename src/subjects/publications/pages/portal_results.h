// What applicants and everybody see of each stage: the own result, the public list, and the package that anybody can check.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_own_result(const Call& call);
Response give_own_record(const Call& call);
Response download_own_proof(const Call& call);
Response show_own_final_result(const Call& call);
Response give_own_final_record(const Call& call);
Response download_own_final_proof(const Call& call);
Response show_result_list(const Call& call);
Response show_final_list(const Call& call);
Response show_result_rates(const Call& call);
Response describe_release(const Call& call);
Response download_release_file(const Call& call);
Response describe_final_release(const Call& call);
Response download_final_release_file(const Call& call);

}  // namespace hanjari::web
