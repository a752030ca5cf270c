// The names of chosen subjects, for papers.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/domain/recruitment.h"

namespace hanjari::documents {

// As the notice calls them; none where there is no notice (null). A subject named in one language only has that name in
// both, and one without a name is left out.
SubjectNames subject_names_of(const Recruitment* notice);

}  // namespace hanjari::documents
