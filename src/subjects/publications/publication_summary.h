// What officers read before they sign: numbers per unit, who differs from the last release, and a sample of pages.
#pragma once

#include <string>
#include <vector>

#include "hanjari/publications/opened.h"
#include "publications/decided_texts.h"

namespace hanjari::services {

// JSON: people, passed; units [{code, name {en, ko}, people, passed}]; differences {count, people [{number, before {outcome,
// total}, after {outcome, total}}]}, the first thousand of them; sample [{number, outcome, en, ko}], one of each outcome.
// `before`: of the last release; empty for the first. `rendered` by number.
std::string write_summary(const DecidedTexts& texts, const std::vector<announcement::Person>& before,
                          const std::vector<PersonalResult>& rendered);

}  // namespace hanjari::services
