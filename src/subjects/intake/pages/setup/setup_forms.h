// The forms of an exam's set-up: which part each one shows, its fields, and the definition that what was typed makes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/site/routes.h"
#include "site/pages/form_view.h"

namespace hanjari::web {

// basics: name, day and words of the notice. units, calendars, entries, areas, accommodations, subjects, pass_rules: a
// table each. policy: its values.
enum class SetupForm { basics, calendars, entries, units, areas, policy, subjects, accommodations, pass_rules };
std::string_view spell(SetupForm form);
Text name_of(SetupForm form);
// Throws NotFound (no_such_page) for another word.
SetupForm parse_setup_form(std::string_view word);
std::vector<SetupForm> list_setup_forms();
services::SetupPart part_of(SetupForm form);

// What stands in the form: as it is in the definition, or as it was typed.
FormView fields_of(const Call& call, SetupForm form, const std::string& definition, const Values* typed);
// The definition with what was typed in place of what the form shows. Throws InvalidInput with every fault; its columns
// are ids of fields where the form has fields.
std::string apply_form(const Call& call, SetupForm form, const std::string& definition, std::vector<Fault>& warnings);

// The headings of the table of a form that is one.
std::vector<std::string> columns_of_form(SetupForm form, const std::string& definition);

// A fault in the words of a form, which knows no files and takes moments as clocks show them. `label`: of its field.
std::string say_fault(const Fault& fault, const std::string& label, Language language);
// Of a pasted table: its line, counted with the headings, and its column.
std::string say_table_fault(const Fault& fault, Language language);

}  // namespace hanjari::web
