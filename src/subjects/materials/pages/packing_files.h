// The packing of a venue as files, and the labels of its envelopes and boxes.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response download_packing(const Call& call);
Response describe_packing_by_api(const Call& call);
Response show_material_labels(const Call& call);

}  // namespace hanjari::web
