#include "intake/pages/office/table_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::web {
namespace {

using services::TableOrder;

class ViewReader {
 public:
  explicit ViewReader(const Call& call) : call_(call) {}

  std::string word(const char* name) const { return clean_signs(field_of(call_.query, name)); }
  // The parsed value of a word that was sent; what is no such word is a fault.
  template <class Parse>
  auto parsed(const char* name, Parse parse) -> decltype(parse(std::string_view())) {
    const std::string sent = word(name);
    if (sent.empty()) return std::nullopt;
    auto value = parse_meant(sent, parse);
    if (!value) {
      faults_.add({"address",
                   0,
                   name,
                   {fmt::format("'{}' is no value of {}", sent, name), fmt::format("{}: 쓸 수 없는 값 '{}'", name, sent)},
                   {"choose one of the list", "목록에서 선택하십시오"}});
    }
    return value;
  }
  void finish() {
    if (!faults_.empty())
      throw InvalidInput("bad_filter", {"The address holds a filter that is not known.", "주소에 알 수 없는 조건이 있습니다."},
                         std::move(faults_));
  }

 private:
  const Call& call_;
  Faults faults_;
};

std::optional<bool> parse_yes(std::string_view word) {
  if (word == "yes") return true;
  if (word == "no") return false;
  return std::nullopt;
}

std::optional<bool> parse_falling(std::string_view word) {
  if (word == "falling") return true;
  if (word == "rising") return false;
  return std::nullopt;
}

void add_value(std::string& query, const char* name, const std::string& value) {
  if (value.empty()) return;
  query += fmt::format("{}{}={}", query.empty() ? "" : "&", name, encode_percent(value));
}

void read_columns(const Call& call, TableView& view) {
  const bool chosen = !field_of(call.query, "columns").empty();
  const bool officer = call.actor().role == services::Role::exam_officer;
  for (const TableColumn& column : table_columns()) {
    if (column.personal && !officer) continue;
    const bool ticked = !field_of(call.query, (std::string("c_") + column.word).c_str()).empty();
    if (chosen ? ticked : column.at_first) view.columns.push_back(&column);
  }
}

std::optional<std::string> parse_name_key(std::string_view word) {
  const bool fits = word.size() == 32 && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (!fits) return std::nullopt;
  return std::string(word);
}

// "outside" is the word for no district.
std::optional<DistrictCode> parse_district(std::string_view word) {
  return word == "outside" ? DistrictCode() : DistrictCode(word);
}

}  // namespace

const std::vector<TableColumn>& table_columns() {
  static const std::vector<TableColumn> columns{{"name", "table.name", true, true, std::nullopt},
                                                {"unit", "table.unit", false, true, TableOrder::unit},
                                                {"state", "table.state", false, true, TableOrder::state},
                                                {"submitted", "table.submitted", false, true, TableOrder::submitted},
                                                {"paid", "table.paid", false, true, TableOrder::paid},
                                                {"fee", "table.fee", false, false, std::nullopt},
                                                {"birth", "table.birth", true, false, std::nullopt},
                                                {"sex", "table.sex", true, false, std::nullopt},
                                                {"phone", "table.phone", true, false, std::nullopt},
                                                {"email", "table.email", true, false, std::nullopt},
                                                {"district", "table.district", true, false, std::nullopt},
                                                {"accommodation", "table.accommodation", true, true, std::nullopt},
                                                {"photo", "table.photo", true, false, std::nullopt},
                                                {"suspected", "table.suspected", true, false, std::nullopt}};
  return columns;
}

bool TableView::shows(std::string_view word) const {
  return std::any_of(columns.begin(), columns.end(), [&](const TableColumn* column) { return column->word == word; });
}

bool TableView::personal() const {
  return std::any_of(columns.begin(), columns.end(), [](const TableColumn* column) { return column->personal; });
}

TableView read_view(const Call& call, const ExamCode& exam) {
  TableView view;
  ViewReader reader(call);
  services::TableWish& wish = view.wish;
  wish.exam = exam;
  wish.filter.state = reader.parsed("state", [](std::string_view word) { return parse_application_state(word); });
  wish.filter.unit = UnitCode(reader.word("unit"));
  wish.filter.district = reader.parsed("district", parse_district);
  wish.filter.accommodation =
      reader.parsed("accommodation", [](std::string_view word) { return services::parse_accommodation_stage(word); });
  wish.filter.photo = reader.parsed("photo", parse_yes);
  wish.filter.suspected = reader.parsed("suspected", parse_yes).value_or(false);
  wish.filter.name_key = reader.parsed("name_key", parse_name_key).value_or("");
  wish.order = reader.parsed("order", [](std::string_view word) { return services::parse_table_order(word); })
                   .value_or(TableOrder::submitted);
  wish.falling = reader.parsed("direction", parse_falling).value_or(true);
  if (const std::string after = reader.word("after"); !after.empty()) {
    wish.after = services::TablePlace{};
    wish.after->id = ApplicationId(after);
    if (const std::string at = field_of(call.query, "at"); !at.empty()) wish.after->value = at;
  }
  reader.finish();
  read_columns(call, view);
  // Who may see no personal column filters by none either.
  if (call.actor().role != services::Role::exam_officer) {
    services::TableFilter open;
    open.state = wish.filter.state;
    open.unit = wish.filter.unit;
    wish.filter = open;
  }
  return view;
}

std::string write_view(const TableView& view, TableOrder order, bool falling) {
  const services::TableFilter& filter = view.wish.filter;
  std::string query;
  if (filter.state) add_value(query, "state", std::string(spell(*filter.state)));
  add_value(query, "unit", filter.unit.text());
  if (filter.district) add_value(query, "district", filter.district->empty() ? "outside" : filter.district->text());
  if (filter.accommodation) add_value(query, "accommodation", std::string(services::spell(*filter.accommodation)));
  if (filter.photo) add_value(query, "photo", *filter.photo ? "yes" : "no");
  if (filter.suspected) add_value(query, "suspected", "yes");
  add_value(query, "name_key", filter.name_key);
  add_value(query, "order", std::string(services::spell(order)));
  add_value(query, "direction", falling ? "falling" : "rising");
  add_value(query, "columns", "chosen");
  for (const TableColumn* column : view.columns) add_value(query, (std::string("c_") + column->word).c_str(), "yes");
  return query;
}

std::string write_place(const services::TablePlace& place) {
  std::string query;
  add_value(query, "after", place.id.text());
  add_value(query, "at", place.value.value_or(""));
  return query;
}

}  // namespace hanjari::web
