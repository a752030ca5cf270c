// The folder of people who may invigilate, as it is written.
#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::package {
namespace {

std::string render_staff_people(const std::vector<Invigilator>& people) {
  std::string text;
  CsvWriter csv(
      [&](std::string_view bytes) { text += bytes; },
      {"invigilator_id", "name", "organisation", "district_code", "lat", "lon", "roles", "past_duties", "consent"});
  for (const Invigilator& person : people) {
    csv.cell(person.id.text()).cell(person.name).cell(person.organisation).cell(person.district_code);
    csv.decimal(person.home.lat).decimal(person.home.lon).cell(spell(person.roles)).cell(person.past_duties);
    csv.cell(person.consent ? "yes" : "no").end_row();
  }
  csv.finish();
  return text;
}

std::string_view code_of(const Exam& exam, const Staff& staff, const DutyConflict& conflict) {
  switch (conflict.kind) {
    case DutyConflictKind::applicant:
      return exam[conflict.applicant].id.text();
    case DutyConflictKind::invigilator:
      return staff[conflict.other].id.text();
    case DutyConflictKind::venue:
      return exam[conflict.venue].code.text();
    case DutyConflictKind::unit:
      return exam[conflict.unit].code.text();
  }
  return {};
}

std::string render_conflicts(const Exam& exam, const Staff& staff) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"invigilator_id", "kind", "of", "reason"});
  for (const DutyConflict& conflict : staff.conflicts) {
    csv.cell(staff[conflict.invigilator].id.text()).cell(spell(conflict.kind)).cell(code_of(exam, staff, conflict));
    csv.cell(conflict.reason).end_row();
  }
  csv.finish();
  return text;
}

std::string render_pairs(const Staff& staff) {
  std::string text;
  CsvWriter csv([&](std::string_view bytes) { text += bytes; }, {"first", "second"});
  for (const PastPair& pair : staff.past_pairs)
    csv.cell(staff[pair.first].id.text()).cell(staff[pair.second].id.text()).end_row();
  csv.finish();
  return text;
}

std::string render_rules(const StaffingRules& rules) {
  using nlohmann::json;
  json root = {
      {"per_room", {{"chief", rules.chiefs_per_room}, {"invigilator", rules.invigilators_per_room}}},
      {"second_invigilator_above", rules.second_invigilator_above ? json(*rules.second_invigilator_above) : json()},
      {"reserve_per_venue", {{"at_least", rules.reserves_at_least}, {"per_rooms", rules.reserve_per_rooms}}},
      {"corridor_per_floor", rules.corridor_per_floor},
      {"same_organisation_in_room", rules.same_organisation_in_room},
      {"conflict_reach",
       {{"applicant", spell(rules.applicant_reach)}, {"invigilator", spell(rules.invigilator_reach)}}}};
  // Only where it is set: rules of before keep their bytes.
  if (rules.own_school_excluded) root["own_school_excluded"] = true;
  return root.dump(2) + "\n";
}

}  // namespace

std::string render_invigilators(const std::vector<Invigilator>& people) {
  return render_staff_people(people);
}

std::string render_staffing_rules(const StaffingRules& rules) {
  return render_rules(rules);
}

PackedFiles pack_staff(const Exam& exam, const Staff& staff) {
  return {{"invigilators.csv", render_staff_people(staff.people)},
          {"conflicts.csv", render_conflicts(exam, staff)},
          {"past_pairs.csv", render_pairs(staff)},
          {"staffing.json", render_rules(staff.rules)}};
}

void save_staff(const Exam& exam, const Staff& staff, const std::filesystem::path& folder, Existing existing) {
  AtomicFolder whole(folder, existing, {"invigilators.csv", "conflicts.csv", "past_pairs.csv", "staffing.json"});
  for (const auto& [name, content] : pack_staff(exam, staff)) write_file(whole.folder() / name, content);
  whole.commit();
}

}  // namespace hanjari::package
