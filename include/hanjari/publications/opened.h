// What a version shows, once its key is public: the person's own page, and what everybody sees.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/embargo/release_key.h"
#include "hanjari/publications/publications.h"

namespace hanjari::services {

// What the plaintext of a sealed record holds.
struct PersonalResult {
  std::string number;
  Text page;          // an <article> for each language
  std::string proof;  // the bytes of proof-NUMBER.json
  std::string certificate{};  // a signed note; empty in versions that were sealed before there were any
};
std::string write_personal(const PersonalResult& result);
std::optional<PersonalResult> read_personal(std::string_view text);

// Names of what everybody sees: publication.json, list.csv, leaves.txt, checkpoint, list.en, list.ko, notice.en, ... message.ko; and
// list.en.xlsx, list.en.pdf, list.ko.xlsx, list.ko.pdf, which versions of earlier do not have; rates.csv where there are rates; and of a
// correction changed.en, changed.ko: the message to those whose own result is another one.
using PublicTexts = std::map<std::string, std::string>;
std::string write_public(const PublicTexts& texts);
std::optional<PublicTexts> read_public(std::string_view text);

// Nothing when the record does not open with this key.
std::optional<PersonalResult> open_result(const Publication& publication, const embargo::ReleaseKey& key,
                                          const SealedResult& sealed);
// Throws Unavailable (publication_damaged).
PublicTexts open_public(PublicationRepository&, const Publication& publication, const embargo::ReleaseKey& key);

// The bytes under this name; empty where there are none.
std::string find_text(const PublicTexts& texts, const std::string& name);

// Of a released version. Throws Conflict (not_released), Unavailable (publication_damaged), NotFound (results_destroyed).
PublicTexts load_public(PublicationRepository&, const Publication& released);

// What somebody with this number is told now.
struct OwnResult {
  enum class Is { none, waiting, open, withdrawn };
  Is is = Is::none;
  std::optional<Publication> awaited;   // announced and not released yet
  std::optional<Publication> released;  // the newest release
  std::optional<PersonalResult> result;  // with open
  std::optional<SealedResult> sealed;    // with waiting: what the browser may keep until the minute
};
// Before the first release of the stage the answer is the same for everybody of the exam but for the bytes of the record. A number that
// no decision has gets what others get before the minute, and none afterwards: in the final stage nobody learns from having a record
// whether somebody is called up.
OwnResult find_own_result(PublicationRepository&, const ExamCode& exam, const std::string& number,
                          proof::Stage stage = proof::Stage::written);

}  // namespace hanjari::services
