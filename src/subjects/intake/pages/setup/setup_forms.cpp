#include "intake/pages/setup/setup_forms.h"

#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/definitions/definitions.h"
#include "hanjari/package/notice_tables.h"
#include "hanjari/package/pass_rules.h"
#include "hanjari/package/recruitment_file.h"
#include "hanjari/package/setup_parts.h"
#include "hanjari/site/site.h"
#include "intake/pages/setup/setup_pages.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using package::NoticeTable;
using services::SetupPart;

constexpr int longest_table = 600'000;  // characters
constexpr int rows_of_table = 24;       // of the text field
constexpr int longest_explanation = 20'000;

struct FormWords {
  std::string_view word;
  Text name;
};
const std::array<FormWords, 9> form_words = {
    {{"basics", {"Name, day and explanation", "이름, 시험일, 안내문"}},
     {"calendars", {"Calendars", "일정"}},
     {"entries", {"Further dates", "그 밖의 일정"}},
     {"units", {"Units, fees, eligibility and subjects", "모집단위, 응시수수료, 응시자격, 과목"}},
     {"areas", {"Areas of residence", "거주 지역"}},
     {"policy", {"Policy of the plan", "배정 기준"}},
     {"subjects", {"Who sets and checks the subjects", "시험과목 출제와 검토"}},
     {"accommodations", {"Accommodations that can be asked for", "신청받는 편의지원"}},
     {"pass_rules", {"Pass rules", "합격자 결정 규칙"}}}};

// A value of the policy: its place, and its words where it has a closed list.
struct PolicyField {
  const char* place;
  std::vector<const char*> words;
};
const std::vector<PolicyField>& policy_fields() {
  static const std::vector<PolicyField> fields = {
      {"people_cap", {}},
      {"min_gap_cm", {}},
      {"mixing", {"never", "same_series", "leftover", "free"}},
      {"travel", {"haversine", "table"}},
      {"detour_cap_m", {}},
      {"weights/travel", {}},
      {"weights/room", {}},
      {"weights/unit_at_venue", {}},
      {"weights/venue", {}},
      {"reserve_rooms/per_venue", {}},
      {"reserve_rooms/per_district", {}},
      {"spare_booklets_per_room", {}},
      {"booklets", {}},
      {"seat_order", {"column_down", "column_serpentine", "row_major", "row_serpentine", "random"}},
      {"seat_origin", {"front_left", "front_right", "back_left", "back_right"}},
      {"seat_numbers", {"desks", "used"}},
      {"change_weights/venue", {}},
      {"change_weights/room", {}},
      {"change_weights/seat", {}},
      {"moved_farther_m", {}}};
  return fields;
}

// The column of a fault: weights/travel is weights.travel there.
std::string field_id(std::string place) {
  for (char& c : place) {
    if (c == '/') c = '.';
  }
  return place;
}

std::optional<NoticeTable> table_of(SetupForm form) {
  switch (form) {
    case SetupForm::units:
      return NoticeTable::units;
    case SetupForm::calendars:
      return NoticeTable::calendars;
    case SetupForm::entries:
      return NoticeTable::entries;
    case SetupForm::areas:
      return NoticeTable::areas;
    case SetupForm::accommodations:
      return NoticeTable::accommodations;
    default:
      break;
  }
  return std::nullopt;
}

Recruitment notice_in(const std::string& definition) {
  std::vector<Fault> warnings;
  return package::parse_recruitment(definition, "recruitment.json", warnings);
}

std::string text_at(const json& definition, const std::string& place) {
  const json::json_pointer at("/" + place);
  if (!definition.contains(at)) return {};
  const json& value = definition.at(at);
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string value_of(const Values* typed, const std::string& id, const std::string& stored) {
  return typed != nullptr ? field_of(*typed, id.c_str()) : stored;
}

Field field_of_place(const Call& call, const std::string& place, const std::string& value) {
  return {.kind = FieldKind::line,
          .id = field_id(place),
          .label = services::name_place(place).in(call.language),
          .value = value,
          .presence = Presence::optional};
}

Field list_of_words(const Call& call, const std::string& place, const std::string& value,
                    const std::vector<const char*>& words) {
  Field field = field_of_place(call, place, value);
  field.kind = FieldKind::list;
  for (const char* word : words) {
    const std::string quoted = json(word).dump();
    field.choices.push_back({word, services::name_value(place, quoted, "UTC").in(call.language), {}, value == word});
  }
  return field;
}

void add_basics(const Call& call, const json& definition, const Values* typed, FormView& view) {
  const std::string zone = text_at(definition, "time_zone");
  // What nobody wrote in English stands there in Korean: shown, it would stay when the Korean words change.
  const auto stored = [&](const char* place) {
    const std::string text = text_at(definition, place);
    const std::string_view name = place;
    if (!name.ends_with("_en")) return text;
    return text == text_at(definition, std::string(name.substr(0, name.size() - 3)) + "_ko") ? std::string() : text;
  };
  const auto value = [&](const char* place) { return value_of(typed, place, stored(place)); };
  for (const char* place : {"name_ko", "name_en", "exam_on", "time_zone"}) {
    Field field = field_of_place(call, place, value(place));
    if (std::string_view(place) != "name_en") field.presence = Presence::needed;
    view.add(std::move(field));
  }
  view.add(list_of_words(call, "kind", value("kind"), {"scheduled", "rolling"}));
  std::string shown_from = text_at(definition, "counts_shown_from");
  if (const auto at = parse_instant(shown_from)) shown_from = package::write_local_moment(*at, zone);
  Field counts = field_of_place(call, "counts_shown_from", value_of(typed, "counts_shown_from", shown_from));
  counts.hint = call.site.pages().text(call.language, "setup.moment_hint", {{"zone", zone}});
  view.add(std::move(counts));
  for (const char* place : {"help_ko", "help_en"}) {
    Field field = field_of_place(call, place, value(place));
    field.kind = FieldKind::lines;
    field.longest = longest_explanation;
    field.hint = call.site.pages().text(call.language, "setup.help_hint");
    view.add(std::move(field));
  }
}

std::string apply_basics(const Call& call, json definition) {
  const std::string zone = clean_line(field_of(call.form, "time_zone"));
  for (const char* place : {"name_ko", "name_en", "exam_on", "time_zone", "kind"})
    definition[place] = clean_line(field_of(call.form, place));
  const std::string typed = clean_line(field_of(call.form, "counts_shown_from"));
  definition.erase("counts_shown_from");
  if (!typed.empty()) {
    const auto at = package::read_local_moment(typed, zone);
    definition["counts_shown_from"] = at ? format_instant(*at) : typed;  // the reader says what is wrong with it
  }
  definition.erase("help_ko");
  definition.erase("help_en");
  const std::string ko = clean_lines(field_of(call.form, "help_ko"));
  const std::string en = clean_lines(field_of(call.form, "help_en"));
  if (!ko.empty() || !en.empty()) {
    definition["help_ko"] = ko;
    definition["help_en"] = en;
  }
  std::vector<Fault> warnings;
  return package::render_recruitment(package::parse_recruitment(definition.dump(), "recruitment.json", warnings));
}

void add_policy(const Call& call, const json& definition, const Values* typed, FormView& view) {
  for (const PolicyField& field : policy_fields()) {
    std::string stored = text_at(definition, field.place);
    if (stored.empty() && !field.words.empty()) stored = field.words.front();  // a word that is not said is the first
    const std::string value = value_of(typed, field_id(field.place), stored);
    view.add(field.words.empty() ? field_of_place(call, field.place, value)
                                 : list_of_words(call, field.place, value, field.words));
  }
}

std::string apply_policy(const Call& call, json definition) {
  for (const PolicyField& field : policy_fields()) {
    const std::string typed = clean_signs(field_of(call.form, field_id(field.place).c_str()));
    json& value = definition[json::json_pointer("/" + std::string(field.place))];
    const bool digits =
        !typed.empty() && typed.size() <= 15 && typed.find_first_not_of("0123456789") == std::string::npos;
    if (typed.empty()) {
      value = nullptr;
    } else if (digits && field.words.empty()) {
      value = std::stoll(typed);
    } else {
      value = typed;
    }
  }
  std::vector<Fault> warnings;
  return package::render_policy(package::parse_policy(definition.dump(), "policy.json", warnings));
}

std::vector<std::string> barred_checkers(const Call& call) {
  std::vector<std::string> barred;
  for (const auto& one : setup_of(call).list_declarations(call.actor(), notice_code(call))) {
    if (one.has_relative) barred.push_back(one.checker);
  }
  return barred;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// Where a reader of definitions says units.2.posts: the third row, below the headings.
std::uint64_t cut_row(std::string& column) {
  const auto dot = column.rfind('.');
  if (dot == std::string::npos || dot == 0) return 0;
  const auto before = column.rfind('.', dot - 1);
  const std::int64_t row =
      before == std::string::npos ? -1 : number_typed(column.substr(before + 1, dot - before - 1));
  column.erase(0, dot + 1);
  return row < 0 ? 0 : static_cast<std::uint64_t>(row) + 2;
}

std::string write_form_table(SetupForm form, const std::string& definition, Language language) {
  if (form == SetupForm::subjects) {
    std::vector<Fault> warnings;
    return package::write_subject_table(package::parse_subjects(definition, "subjects.json", warnings));
  }
  if (form == SetupForm::pass_rules) {
    const auto meaning = [&](const std::string& place) { return services::name_place(place).in(language); };
    return package::write_rules_table(package::parse_pass_rules(definition, "rules.json"), meaning);
  }
  return package::write_notice_table(notice_in(definition), table_of(form).value());
}

}  // namespace

std::string_view spell(SetupForm form) {
  return form_words.at(static_cast<std::size_t>(form)).word;
}

Text name_of(SetupForm form) {
  return form_words.at(static_cast<std::size_t>(form)).name;
}

std::vector<SetupForm> list_setup_forms() {
  return {SetupForm::basics,         SetupForm::calendars, SetupForm::entries,  SetupForm::units,     SetupForm::areas,
          SetupForm::accommodations, SetupForm::policy,    SetupForm::subjects, SetupForm::pass_rules};
}

SetupForm parse_setup_form(std::string_view word) {
  for (const SetupForm form : list_setup_forms()) {
    if (spell(form) == word) return form;
  }
  throw NotFound("no_such_page", {"There is no such page.", "없는 화면입니다."});
}

SetupPart part_of(SetupForm form) {
  if (form == SetupForm::policy) return SetupPart::policy;
  if (form == SetupForm::subjects) return SetupPart::subjects;
  if (form == SetupForm::pass_rules) return SetupPart::pass_rules;
  return SetupPart::notice;
}

FormView fields_of(const Call& call, SetupForm form, const std::string& definition, const Values* typed) {
  FormView view;
  const json parsed = json::parse(definition);
  if (form == SetupForm::basics) {
    add_basics(call, parsed, typed, view);
  } else if (form == SetupForm::policy) {
    add_policy(call, parsed, typed, view);
  } else {
    const Pages& pages = call.site.pages();
    view.add({.kind = FieldKind::lines,
              .id = "table",
              .label = name_of(form).in(call.language),
              .hint = pages.text(call.language, "setup.table_hint"),
              .value = typed != nullptr ? field_of(*typed, "table") : write_form_table(form, definition, call.language),
              .longest = longest_table,
              .rows = rows_of_table});
  }
  return view;
}

std::string apply_form(const Call& call, SetupForm form, const std::string& definition, std::vector<Fault>& warnings) {
  if (form == SetupForm::basics) return apply_basics(call, json::parse(definition));
  if (form == SetupForm::policy) return apply_policy(call, json::parse(definition));
  const std::string text = field_of(call.form, "table");
  if (form == SetupForm::subjects)
    return package::render_subjects(package::read_subject_table(text, barred_checkers(call), warnings));
  if (form == SetupForm::pass_rules) return package::render_pass_rules(package::read_rules_table(text, warnings));
  const Recruitment read = package::read_notice_table(notice_in(definition), table_of(form).value(), text, warnings);
  // What concerns the notice as a whole is judged with the fields as they are now.
  std::vector<Fault> known;
  return package::render_recruitment(
      package::parse_recruitment(package::render_recruitment(read), "recruitment.json", known));
}

std::vector<std::string> columns_of_form(SetupForm form, const std::string& definition) {
  const std::string table = write_form_table(form, definition, Language::english);
  const std::string header = table.substr(0, table.find_first_of("\r\n"));
  std::vector<std::string> columns(1);
  for (const char sign : header) {
    if (sign == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += sign;
    }
  }
  return columns;
}

std::string say_fault(const Fault& fault, const std::string& label, Language language) {
  std::string words = fmt::format("{}; {}", fault.what.in(language), fault.fix.in(language));
  replace_all(words, "'\"", "'");  // texts as JSON quotes them
  replace_all(words, "\"'", "'");
  return label.empty() ? words : fmt::format("{}: {}", label, words);
}

std::string say_table_fault(const Fault& fault, Language language) {
  std::string column = fault.column;
  std::uint64_t line = fault.line;
  if (fault.file.ends_with(".json")) line = cut_row(column);
  std::string place;
  if (line > 0) place = language == Language::korean ? fmt::format("{}행", line) : fmt::format("line {}", line);
  if (!column.empty()) {
    const std::string name = services::name_place(column).in(language);
    if (name != column) column = fmt::format("{} ({})", name, column);
    place += (place.empty() ? "" : ", ") + column;
  }
  return say_fault(fault, place, language);
}

}  // namespace hanjari::web
