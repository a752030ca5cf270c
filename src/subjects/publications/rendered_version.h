// Everything that one version shows, in the clear: only while the job works on it.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/base/text.h"
#include "hanjari/publications/opened.h"
#include "hanjari/publications/publication_job.h"
#include "publications/decided_texts.h"

namespace hanjari::services {

inline constexpr Language both_languages[] = {Language::english, Language::korean};

// list.en, list.ko
inline std::string name_of_text(const std::string& name, Language language) {
  return name + (language == Language::korean ? ".ko" : ".en");
}

struct RenderedVersion {
  std::vector<PersonalResult> people;  // in byte order of their numbers
  PublicTexts everybody;
  std::string root;
};

// Renders and signs on all processors. Throws as announcement::render_page, for the first person that it concerns.
RenderedVersion render_version(const DecidedTexts& texts, const Publication& publication, const NoteSigner& signer,
                               Progress& progress);

}  // namespace hanjari::services
