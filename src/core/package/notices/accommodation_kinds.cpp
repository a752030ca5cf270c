#include "package/notices/accommodation_kinds.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/package/notice_tables.h"
#include "package/csv/characters.h"
#include "package/notice_json.h"
#include "package/notices/table_cells.h"

namespace hanjari::package {
namespace {

constexpr std::string_view proofs_of_accommodations[] = {"needed", "optional"};
constexpr std::size_t longest_documents = 300;  // bytes, of the words that name them

std::vector<CsvColumn> columns_of_accommodations() {
  return {{"item"},
          {"documents_ko", Presence::optional},
          {"documents_en", Presence::optional},
          {"proof", Presence::optional}};
}

std::vector<OfferedAccommodation> every_accommodation() {
  std::vector<OfferedAccommodation> all;
  for (const std::string& item : accommodation_items()) all.push_back({item, {}, true});
  return all;
}

// In the order of the form; what says no more than a notice without a word of it is not said.
std::vector<OfferedAccommodation> settle(std::vector<OfferedAccommodation> kinds) {
  const auto& order = accommodation_items();
  const auto place = [&](const OfferedAccommodation& kind) { return std::find(order.begin(), order.end(), kind.item); };
  std::stable_sort(kinds.begin(), kinds.end(),
                   [&](const OfferedAccommodation& a, const OfferedAccommodation& b) { return place(a) < place(b); });
  if (kinds == every_accommodation()) kinds.clear();
  return kinds;
}

// The contract's word for what was typed; what is wrong with it otherwise.
std::optional<ValueFault> read_item(const std::string& typed, std::set<std::string>& taken, std::string& item) {
  const auto word = read_accommodation_item(typed);
  const auto& known = accommodation_items();
  if (!word || std::find(known.begin(), known.end(), *word) == known.end()) {
    return ValueFault{
        {fmt::format("{} is no accommodation", show(typed)), in_korean("{}[은/는] 편의지원이 아닙니다", show(typed))},
        list_of_accommodations()};
  }
  item = *word;
  if (taken.insert(item).second) return std::nullopt;
  return ValueFault{{fmt::format("{} is given twice", show(typed)), in_korean("{}[이/가] 두 번 있습니다", show(typed))},
                    {"keep one of the two", "하나만 남기십시오"}};
}

std::optional<ValueFault> find_documents_fault(const Text& documents) {
  for (const std::string* words : {&documents.ko, &documents.en}) {
    if (auto fault = find_text_fault(*words, longest_documents)) return fault;
  }
  return std::nullopt;
}

}  // namespace

std::vector<OfferedAccommodation> read_accommodation_kinds(JsonObject& root) {
  std::vector<OfferedAccommodation> kinds;
  std::set<std::string> taken;
  for (JsonObject& object : root.objects("accommodation_kinds")) {
    OfferedAccommodation kind;
    object.require("item");
    if (const auto typed = object.text("item")) {
      if (auto fault = read_item(*typed, taken, kind.item))
        object.add_fault("item", std::move(fault->what), std::move(fault->fix));
    }
    kind.documents = read_text(object, "documents", Presence::optional);
    if (auto fault = find_documents_fault(kind.documents))
      object.add_fault("documents_ko", std::move(fault->what), std::move(fault->fix));
    if (const auto at = object.word("proof", proofs_of_accommodations)) kind.proof_needed = *at == 0;
    object.warn_of_unknown_keys();
    kinds.push_back(std::move(kind));
  }
  return settle(std::move(kinds));
}

nlohmann::json accommodation_kinds_as_json(const std::vector<OfferedAccommodation>& kinds) {
  nlohmann::json list;
  for (const OfferedAccommodation& kind : kinds) {
    nlohmann::json row{{"item", kind.item}, {"proof", proofs_of_accommodations[kind.proof_needed ? 0 : 1]}};
    if (!kind.documents.ko.empty()) {
      row["documents_ko"] = kind.documents.ko;
      row["documents_en"] = kind.documents.en;
    }
    list.push_back(std::move(row));
  }
  return list;
}

std::string spell_out_accommodations(const std::string& definition) {
  nlohmann::json root = nlohmann::json::parse(definition, nullptr, false);
  if (!root.is_object() || root.contains("accommodation_kinds")) return definition;
  root["accommodation_kinds"] = accommodation_kinds_as_json(every_accommodation());
  return root.dump(1) + "\n";
}

std::string write_accommodations_table(const Recruitment& notice) {
  TabLines lines(columns_of_accommodations());
  for (const OfferedAccommodation& kind :
       notice.accommodations.empty() ? every_accommodation() : notice.accommodations) {
    lines.cell(kind.item).cell(kind.documents.ko).cell(kind.documents.en);
    lines.cell(proofs_of_accommodations[kind.proof_needed ? 0 : 1]);
    lines.end_row();
  }
  return lines.take();
}

std::vector<OfferedAccommodation> read_accommodations_table(const std::string& text, Faults& faults,
                                                            std::vector<Fault>& warnings) {
  enum Column : std::size_t { item, documents_ko, documents_en, proof };
  CsvReader reader("accommodations", text, columns_of_accommodations(), Encoding::utf8, faults, warnings);
  std::vector<OfferedAccommodation> kinds;
  std::set<std::string> taken;
  const auto cell = [&](std::size_t column) {
    return reader.has(column) ? clean_line(reader.text(column)) : std::string();
  };
  while (reader.next()) {
    OfferedAccommodation kind;
    require_cell(reader, item);
    if (!is_blank_text(reader.text(item))) {
      if (auto fault = read_item(cell(item), taken, kind.item))
        reader.add_fault(item, std::move(fault->what), std::move(fault->fix));
    }
    kind.documents = text_of_cells(cell(documents_ko), cell(documents_en));
    if (auto fault = find_documents_fault(kind.documents))
      reader.add_fault(documents_ko, std::move(fault->what), std::move(fault->fix));
    if (!cell(proof).empty()) {
      if (const auto at = reader.word(proof, proofs_of_accommodations)) kind.proof_needed = *at == 0;
    }
    kinds.push_back(std::move(kind));
  }
  if (kinds.empty()) {
    faults.add({"accommodations",
                1,
                "item",
                {"no accommodation is left", "편의지원이 하나도 없습니다"},
                {"keep at least one row; a notice offers accommodations", "적어도 한 행을 남기십시오"}});
  }
  return settle(std::move(kinds));
}

}  // namespace hanjari::package
