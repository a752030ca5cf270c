// What was begun and does not count yet: changes of an application, and forms that were never submitted.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/domain/legible.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/form_filling.h"
#include "hanjari/intake/notice_board.h"

namespace hanjari::services {

// Whether the draft changes this application and says something else than was submitted.
bool has_unsent_changes(const Draft& draft, const Application& application);

// A form that was begun and never submitted.
struct BegunForm {
  std::shared_ptr<const StoredRecruitment> stored;
  std::optional<Draft> draft;  // nothing for one that does not open
  Legible legible = Legible::yes;
};

// Of all published notices, or of those alone where it can still be submitted.
enum class BegunIn { open_notices, all_notices };

// Those of the person, by notice, where `own` holds no application of theirs.
std::vector<BegunForm> list_begun_forms(NoticeBoard& notices, FormFilling& forms, const Applicant& who,
                                        const std::vector<Application>& own, BegunIn where, Instant now);

}  // namespace hanjari::services
