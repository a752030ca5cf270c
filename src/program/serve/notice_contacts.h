// Where those are reached whom notices of changes are printed for.
#pragma once

#include "hanjari/intake/applications.h"
#include "hanjari/papers/papers_job.h"

namespace hanjari::cli {

// Of those who have applied here; the files say that everybody in them was read, and so does the record of who takes them.
// The repository must outlive it.
services::ContactSource contacts_by(services::ApplicationRepository& applications);

}  // namespace hanjari::cli
