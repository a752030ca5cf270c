// A person's photo as it is drawn.
#pragma once

#include <string>

#include "hanjari/documents/paper.h"

namespace hanjari::documents {

// Empty: there is none that papers can show, and the frame stays.
std::string portrait_of(const PaperContext& context, const Applicant& person);

// The same with half as many dots a side, for the small places of a roster: of ten thousand people a quarter of the bytes, and
// still more dots than a printer in a school draws there. Empty when the bytes cannot be decoded.
std::string small_portrait(const std::string& jpeg);

}  // namespace hanjari::documents
