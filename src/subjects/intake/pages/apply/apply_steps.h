// The steps of applying: which there are, what belongs to each, and what their pages have in common.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/intake/use_cases.h"
#include "site/pages/form_view.h"
#include "site/pages/pages.h"

namespace hanjari::web {

enum class ApplyStep { unit, person, photo, claims, support, review };

// The last part of the step's address.
std::string_view word_of(ApplyStep step);
ApplyStep step_after(ApplyStep step);
// To which step the field of a fault belongs; `field` as FieldFault has it.
ApplyStep step_of_field(std::string_view field);

// Everything of a form that is being filled in, loaded for one call.
struct Applying {
  services::UseCases& intake;
  services::Applicant applicant;
  std::shared_ptr<const services::StoredRecruitment> stored;
  services::Draft draft;
  bool kept = true;  // false: what was typed at this step is too much to be saved, and stands on the page only

  const Recruitment& notice() const { return stored->notice; }
  // Null before a unit was chosen.
  const NoticeUnit* unit() const { return stored->notice.find_unit(draft.form.unit); }
};

// Opens the draft, or makes one. Throws NotFound (unknown_recruitment), Conflict (not_open).
Applying open_applying(const Call& call);

std::string apply_address(const Call& call, const Applying& applying, ApplyStep step);
std::string my_address(const Call& call);
std::string application_address(const Call& call, const ApplicationId& id);

// Among the faults of a form the one that no other entry mends: its unit cannot be applied for now. Null when there is none.
const FieldFault* find_bar(const std::vector<FieldFault>& faults);
// Up to when the form can be sent: as its unit says, or the unit of the application that it changes.
std::optional<Instant> closing_of(const Call& call, const Applying& applying);

// What the template apply_steps asks for, and the draft's version.
void describe_steps(const Call& call, const Applying& applying, ApplyStep current, nlohmann::json& data);

// A value of the form as one clean line (base/typed_text.h), or as lines; empty when absent.
std::string typed(const Call& call, const std::string& name);
std::string typed_lines(const Call& call, const std::string& name);
bool is_ticked(const Call& call, const std::string& name);

enum class SavedStep {
  saved,
  newer_elsewhere,  // the form was saved elsewhere meanwhile
  of_another_form   // it was typed into another form: of another account, or submitted or discarded since
};

// Saves what was typed at a step. Unless it is saved, `applying` has the version of the draft that stands there with what
// was typed here, to be saved on purpose. What was typed into another form goes into one that has nothing in it yet.
SavedStep save_step(const Call& call, Applying& applying);
// Why a step was not saved; empty when it was.
std::string why_not_saved(const Call& call, SavedStep saved);

// The page of a step, and its answer with what stands against it.
Page step_page(const Call& call, const Applying& applying, ApplyStep step, const char* name, const char* title);
Response show_step(const Call& call, Page page, const FormView& form, SavedStep saved);

// The faults of this step only, as they stand against submitting.
std::vector<FieldFault> faults_of(Applying& applying, ApplyStep step);

// Where to go after a step was saved: the next step, or the list of own applications; the same step where its files are to be
// chosen again.
Response go_on(const Call& call, const Applying& applying, ApplyStep from);

}  // namespace hanjari::web
