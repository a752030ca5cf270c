#include "plans/pages/workbench/edit_forms.h"

#include <algorithm>
#include <string>
#include <utility>

#include "hanjari/site/site.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::EditKind;

enum class EditFieldShape { text, venue, digits };
enum class EditFieldNeed { needed, optional };

struct EditField {
  const char* name;
  const char* label;
  EditFieldShape shape;
  EditFieldNeed need = EditFieldNeed::needed;
};

struct EditForm {
  EditKind kind;
  const char* title;
  const char* button;
  std::vector<EditField> fields;  // beside the reason
};

const std::vector<EditForm>& edit_forms() {
  constexpr auto text = EditFieldShape::text;
  constexpr auto venue = EditFieldShape::venue;
  constexpr auto digits = EditFieldShape::digits;
  constexpr auto optional = EditFieldNeed::optional;
  static const std::vector<EditForm> forms{
      {EditKind::person, "workbench.move_person", "workbench.move",
       {{"number", "workbench.number_or_id", text},
        {"to_venue", "workbench.to_venue", venue},
        {"to_room_no", "workbench.to_room", digits},
        {"seat_no", "workbench.seat_or_none", digits, optional}}},
      {EditKind::swap_people, "workbench.swap_people", "workbench.swap",
       {{"number", "workbench.number", text}, {"other_number", "workbench.other_number", text}}},
      {EditKind::room, "workbench.move_room", "workbench.move",
       {{"venue", "workbench.from_venue", venue},
        {"room_no", "workbench.from_room", digits},
        {"to_venue", "workbench.to_venue", venue},
        {"to_room_no", "workbench.to_room", digits}}},
      {EditKind::swap_rooms, "workbench.swap_rooms", "workbench.swap",
       {{"venue", "workbench.from_venue", venue},
        {"room_no", "workbench.from_room", digits},
        {"to_venue", "workbench.to_venue", venue},
        {"to_room_no", "workbench.to_room", digits}}},
      {EditKind::unit, "workbench.move_unit", "workbench.move",
       {{"unit", "workbench.unit", text},
        {"venue", "workbench.from_venue", venue},
        {"to_venue", "workbench.to_venue", venue}}},
      {EditKind::close_venue, "workbench.close_venue", "workbench.close", {{"venue", "workbench.venue", venue}}},
      {EditKind::lock, "workbench.lock", "workbench.lock_it",
       {{"number", "workbench.number_or_none", text, optional},
        {"venue", "workbench.venue_or_none", venue, optional},
        {"room_no", "workbench.room_or_none", digits, optional}}},
      {EditKind::unlock, "workbench.unlock", "workbench.unlock_it",
       {{"number", "workbench.number_or_none", text, optional},
        {"venue", "workbench.venue_or_none", venue, optional},
        {"room_no", "workbench.room_or_none", digits, optional}}}};
  return forms;
}

// `typed`: null where this form was not sent.
json describe_edit_field(const Call& call, const std::string& form, const EditField& field, const Values* typed) {
  json shown{{"id", form + "-" + field.name},
             {"name", field.name},
             {"label", call.site.pages().text(call.language, field.label)},
             {"longest", field.shape == EditFieldShape::digits ? "9" : "160"},
             {"by_venue", field.shape == EditFieldShape::venue},
             {"by_digits", field.shape == EditFieldShape::digits},
             {"needed", field.need == EditFieldNeed::needed}};
  const std::string value = typed == nullptr ? std::string() : field_of(*typed, field.name);
  if (!value.empty()) shown["typed"] = {{"value", value}};
  return shown;
}

}  // namespace

std::vector<EditKind> all_edit_kinds() {
  std::vector<EditKind> kinds;
  for (const EditForm& form : edit_forms()) kinds.push_back(form.kind);
  return kinds;
}

json describe_edit_forms(const Call& call, const std::vector<EditKind>& kinds, const Values& typed) {
  const EditKind open = services::parse_edit_kind(field_of(typed, "kind")).value_or(EditKind::person);
  json shown = json::array();
  for (const EditForm& form : edit_forms()) {
    if (std::find(kinds.begin(), kinds.end(), form.kind) == kinds.end()) continue;
    const std::string kind(services::spell(form.kind));
    const Values* own = form.kind == open ? &typed : nullptr;
    json fields = json::array();
    for (const EditField& field : form.fields) fields.push_back(describe_edit_field(call, kind, field, own));
    json described{{"kind", kind},
                   {"title", call.site.pages().text(call.language, form.title)},
                   {"button", call.site.pages().text(call.language, form.button)},
                   {"open", form.kind == open},
                   {"fields", std::move(fields)}};
    const std::string reason = own == nullptr ? std::string() : field_of(*own, "reason");
    if (!reason.empty()) described["why"] = {{"value", reason}};
    shown.push_back(std::move(described));
  }
  return shown;
}

}  // namespace hanjari::web
