// The texts of a form as they are kept.
#pragma once

#include "hanjari/domain/application.h"

namespace hanjari {

// Every text of the form cleaned (base/typed_text.h); telephone and e-mail in their one spelling where they can be
// read, else as they were typed, so that the field can say what is wrong. Cleaning twice is cleaning once.
ApplicationForm clean_form(ApplicationForm form);

}  // namespace hanjari
