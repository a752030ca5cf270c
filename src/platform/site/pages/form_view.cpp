#include "site/pages/form_view.h"

#include <algorithm>

namespace hanjari::web {
namespace {

using nlohmann::json;

// A name that is not set would be looked for in what surrounds the field: what is empty is said to be.
json said(const std::string& text) {
  return text.empty() ? json(false) : json(text);
}

json describe_field(const Field& field, const std::string& error) {
  const bool one_line = field.kind == FieldKind::line || field.kind == FieldKind::digits ||
                        field.kind == FieldKind::phone || field.kind == FieldKind::email ||
                        field.kind == FieldKind::date;
  std::string described_by;
  if (!error.empty()) described_by = field.id + "-error";
  if (!field.hint.empty()) described_by += (described_by.empty() ? "" : " ") + field.id + "-hint";
  json data{{"id", field.id},
            {"label", field.label},
            {"hint", said(field.hint)},
            {"value", field.value},
            {"error", said(error)},
            {"described_by", said(described_by)},
            {"optional", field.presence == Presence::optional},
            {"autocomplete", field.autocomplete},
            {"longest", std::to_string(field.longest)},
            {"rows", std::to_string(field.rows)},
            {"plain", field.kind != FieldKind::line},
            {"is_line", one_line},
            {"is_lines", field.kind == FieldKind::lines},
            {"is_choice", field.kind == FieldKind::choice},
            {"is_list", field.kind == FieldKind::list},
            {"is_checks", field.kind == FieldKind::checks}};
  data["type"] = field.kind == FieldKind::phone ? "tel" : field.kind == FieldKind::email ? "email" : "text";
  data["mode"] = field.kind == FieldKind::digits || field.kind == FieldKind::date ? json("numeric") : json(false);
  data["choices"] = json::array();
  for (const Choice& choice : field.choices) {
    data["choices"].push_back({{"value", choice.value},
                               {"name", choice.value},
                               {"label", choice.label},
                               {"note", said(choice.note)},
                               {"chosen", choice.chosen}});
  }
  return data;
}

}  // namespace

std::string version_again(const Values& form, Lateness lateness, std::int64_t stored) {
  const auto sent = form.find("version");
  return lateness == Lateness::late || sent == form.end() ? std::to_string(stored) : sent->second;
}

void FormView::add_fault(const std::string& field, const std::string& what) {
  faults_.push_back({field, {}, what});
}

void FormView::add_fault_at(const std::string& address, const std::string& what) {
  faults_.push_back({{}, address, what});
}

void FormView::add_refusal(const Error& refused, Language language) {
  const auto* listed = dynamic_cast<const InvalidInput*>(&refused);
  if (listed == nullptr || listed->faults().empty()) return add_fault("", refused.message().in(language));
  for (const hanjari::Fault& fault : listed->faults().kept()) {
    std::string told = fault.what.in(language);
    const std::string& fix = fault.fix.in(language);
    if (!fix.empty()) told += (language == Language::korean ? ". " : "; ") + fix + ".";
    add_fault("", told);
  }
}

const FormView::Fault* FormView::find_fault(const std::string& field) const {
  const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const Fault& one) { return one.field == field; });
  return found == faults_.end() ? nullptr : &*found;
}

void FormView::describe(json& data) const {
  data["any_fault"] = any_fault();
  data["faults"] = json::array();
  for (const Fault& fault : faults_) {
    const bool shown =
        std::any_of(fields_.begin(), fields_.end(), [&](const Field& one) { return one.id == fault.field; });
    const std::string where = !fault.address.empty() ? fault.address : shown ? "#" + fault.field : std::string{};
    data["faults"].push_back({{"what", fault.what}, {"where", said(where)}});
  }
  data["fields"] = json::array();
  for (const Field& field : fields_) {
    const Fault* fault = find_fault(field.id);
    data["fields"].push_back(describe_field(field, fault == nullptr ? std::string{} : fault->what));
  }
}

}  // namespace hanjari::web
