// What the program says itself on the institution's pages, until an officer has written them.
#pragma once

#include "hanjari/intake/portal_texts.h"

namespace hanjari::services {

// Empty where only the institution knows what is true: its privacy policy and its terms.
Text portal_words(PortalPage page);

}  // namespace hanjari::services
