#include "intake/store/office/table_search.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "database/sql_time.h"
#include "intake/store/application_rows.h"
#include "intake/store/intake_seal.h"
#include "intake/store/office/application_keys.h"

namespace hanjari::storage {
namespace {

using services::TableCount;
using services::TableFilter;
using services::TableOrder;
using services::TablePage;
using services::TablePlace;
using services::TableRow;
using services::TableWish;

// A condition that fewer rows meet leads the search, and these may be sorted. So many index entries are read, at most,
// to find whether there are fewer.
constexpr std::array<std::int64_t, 2> few_rows{200, 5'000};
// So far rows are counted: by an index alone, and where the rows themselves must be looked at.
constexpr std::int64_t counted_by_index = 40'000;
constexpr std::int64_t counted_by_rows = 5'000;

// A condition and the index whose entries meet it, in the order of their numbers. Among several that are common the
// first narrows most.
struct TableCondition {
  std::string text;
  std::optional<std::string> value;
  const char* index;
};

std::vector<TableCondition> conditions_of(const FieldCipher& cipher, const ExamCode& exam, const TableFilter& filter) {
  std::vector<TableCondition> conditions;
  if (!filter.name_key.empty())
    conditions.push_back({"name_hash = ?", claim_bytes(filter.name_key), "applications_by_name"});
  if (filter.suspected) conditions.push_back({"twin = 1", std::nullopt, "applications_by_twin"});
  if (filter.accommodation) {
    conditions.push_back({fmt::format("accommodation = {}", static_cast<int>(*filter.accommodation)), std::nullopt,
                          "applications_by_accommodation"});
  }
  if (filter.district)
    conditions.push_back({"district_hash = ?", district_key(cipher, exam, *filter.district), "applications_by_district"});
  if (!filter.unit.empty()) conditions.push_back({"unit_code = ?", filter.unit.text(), "applications_by_unit"});
  if (filter.photo)
    conditions.push_back({*filter.photo ? "photo = 1" : "photo = 0", std::nullopt, "applications_by_photo"});
  if (filter.state)
    conditions.push_back({"state = ?", std::string(spell(*filter.state)), "applications_by_state"});
  return conditions;
}

// Where all rows have the same unit, state or no payment, their order is that of their numbers.
TableOrder order_of(const TableWish& wish) {
  const bool unpaid =
      wish.filter.state == ApplicationState::submitted || wish.filter.state == ApplicationState::lapsed;
  const bool same = (wish.order == TableOrder::unit && !wish.filter.unit.empty()) ||
                    (wish.order == TableOrder::state && wish.filter.state) || (wish.order == TableOrder::paid && unpaid);
  return same ? TableOrder::number : wish.order;
}

struct OrderColumn {
  const char* column;  // empty: the number alone
  const char* index;
};

OrderColumn column_of(TableOrder order) {
  switch (order) {
    case TableOrder::submitted:
      return {"submitted_at", "applications_by_time"};
    case TableOrder::paid:
      return {"paid_at", "applications_by_payment"};
    case TableOrder::unit:
      return {"unit_code", "applications_by_unit"};
    case TableOrder::state:
      return {"state", "applications_by_state"};
    case TableOrder::number:
      break;
  }
  return {"", "applications_by_number"};
}

bool has_so_many(Connection& connection, const ExamCode& exam, const TableCondition& condition, std::int64_t wanted) {
  Statement& statement =
      connection.statement(fmt::format("SELECT 1 FROM applications FORCE INDEX ({}) WHERE exam_code = ? AND {} LIMIT 1 "
                                       "OFFSET ?",
                                       condition.index, condition.text));
  statement.bind(exam.text());
  if (condition.value) statement.bind(*condition.value);
  return statement.bind(wanted - 1).select().next();
}

// The condition that fewest rows meet, when these are few.
const TableCondition* find_rare(Connection& connection, const ExamCode& exam,
                                const std::vector<TableCondition>& conditions) {
  for (const std::int64_t most : few_rows) {
    for (const TableCondition& condition : conditions) {
      if (!has_so_many(connection, exam, condition, most)) return &condition;
    }
  }
  return nullptr;
}

const char* leading_index(Connection& connection, const ExamCode& exam, TableOrder order,
                          const std::vector<TableCondition>& conditions) {
  if (conditions.empty()) return column_of(order).index;
  // One condition alone is in the order of numbers already, however many meet it.
  if (order == TableOrder::number && conditions.size() == 1) return conditions.front().index;
  if (const TableCondition* rare = find_rare(connection, exam, conditions)) return rare->index;
  return order == TableOrder::number ? conditions.front().index : column_of(order).index;
}

// A part of what stands behind a place: rows that are equal in the column, then those beyond it. One after the other
// they are the order, and each is one stretch of an index.
struct Piece {
  std::string text{};  // empty: everything
  std::vector<std::string> values{};
  // All have the same in the column, NULL perhaps. Sorted by it as well the database would not see that the index stands in
  // this order.
  bool same = false;
};

std::string value_in_sql(TableOrder order, const std::string& value) {
  if (order != TableOrder::submitted && order != TableOrder::paid) return value;
  std::int64_t microseconds = 0;
  std::from_chars(value.data(), value.data() + value.size(), microseconds);
  return sql_time(from_microseconds(microseconds));
}

std::vector<Piece> pieces_behind(TableOrder order, bool falling, const std::optional<TablePlace>& after) {
  if (!after) return {Piece{}};
  const char* beyond = falling ? "<" : ">";
  const std::string column = column_of(order).column;
  const std::string further = fmt::format("application_id {} ?", beyond);
  if (column.empty()) return {Piece{further, {after->id.text()}, true}};
  // NULL is less than everything.
  if (!after->value) {
    std::vector<Piece> pieces{{column + " IS NULL AND " + further, {after->id.text()}, true}};
    if (!falling) pieces.push_back({column + " IS NOT NULL", {}, false});
    return pieces;
  }
  const std::string value = value_in_sql(order, *after->value);
  std::vector<Piece> pieces{{column + " = ? AND " + further, {value, after->id.text()}, true},
                            {fmt::format("{} {} ?", column, beyond), {value}, false}};
  if (falling && order == TableOrder::paid) pieces.push_back({column + " IS NULL", {}, true});
  return pieces;
}

TableRow read_table_row(Rows& rows, const FieldCipher& cipher, TableOrder order) {
  TableRow row;
  row.application = read_application(rows, cipher);
  if (const auto stage = rows.maybe_integer()) row.accommodation = static_cast<services::AccommodationStage>(*stage);
  if (const auto photo = rows.maybe_integer()) row.photo = *photo != 0;
  row.suspected = rows.integer() != 0;
  row.destroyed = rows.integer() != 0;
  const auto microseconds = [](Instant at) {
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count());
  };
  row.place.id = row.application.id;
  if (order == TableOrder::submitted) row.place.value = microseconds(row.application.submitted_at);
  if (order == TableOrder::paid && row.application.paid_at) row.place.value = microseconds(*row.application.paid_at);
  if (order == TableOrder::unit) row.place.value = row.application.form.unit.text();
  if (order == TableOrder::state) row.place.value = std::string(spell(row.application.state));
  return row;
}

std::string where_text(const std::vector<TableCondition>& conditions) {
  std::string text = " WHERE exam_code = ?";
  for (const TableCondition& condition : conditions) text += " AND " + condition.text;
  return text;
}

void bind_values(Statement& statement, const ExamCode& exam, const std::vector<TableCondition>& conditions) {
  statement.bind(exam.text());
  for (const TableCondition& condition : conditions) {
    if (condition.value) statement.bind(*condition.value);
  }
}

}  // namespace

TablePage search_table(Connection& connection, const FieldCipher& cipher, const TableWish& wish) {
  const auto conditions = conditions_of(cipher, wish.exam, wish.filter);
  const TableOrder order = order_of(wish);
  // Who has paid has a moment of payment: the rows without one, which come first or last, need not be gone through.
  const bool all_paid = order == TableOrder::paid && wish.filter.state == ApplicationState::paid;
  const char* index = leading_index(connection, wish.exam, order, conditions);
  const std::string column = column_of(order).column;
  const char* direction = wish.falling ? "DESC" : "ASC";
  const std::string by_number = fmt::format(" ORDER BY application_id {} LIMIT ?", direction);
  const std::string by_column =
      column.empty() ? by_number
                     : fmt::format(" ORDER BY {} {}, application_id {} LIMIT ?", column, direction, direction);
  TablePage page;
  const auto wanted = static_cast<std::size_t>(wish.most) + 1;  // one more, to know whether there is a next page
  for (const Piece& piece : pieces_behind(order, wish.falling, wish.after)) {
    if (page.rows.size() == wanted) break;
    Statement& statement = connection.statement(fmt::format(
        "SELECT {}, accommodation, photo, twin, destroyed_at IS NOT NULL FROM applications FORCE INDEX ({}){}{}{}",
        application_columns, index, where_text(conditions) + (all_paid ? " AND paid_at IS NOT NULL" : ""),
        piece.text.empty() ? "" : " AND " + piece.text, piece.same ? by_number : by_column));
    bind_values(statement, wish.exam, conditions);
    for (const std::string& value : piece.values) statement.bind(value);
    Rows rows = statement.bind(static_cast<std::int64_t>(wanted - page.rows.size())).select();
    while (rows.next()) page.rows.push_back(read_table_row(rows, cipher, wish.order));
  }
  if (page.rows.size() == wanted) {
    page.rows.pop_back();
    if (!page.rows.empty()) page.next = page.rows.back().place;
  }
  return page;
}

TableCount count_table(Connection& connection, const FieldCipher& cipher, const ExamCode& exam,
                       const TableFilter& filter) {
  const auto conditions = conditions_of(cipher, exam, filter);
  const bool by_index = conditions.size() < 2;
  const char* index = leading_index(connection, exam, TableOrder::number, conditions);
  const std::int64_t most = by_index ? counted_by_index : counted_by_rows;
  Statement& statement = connection.statement(
      fmt::format("SELECT COUNT(*) FROM (SELECT 1 FROM applications FORCE INDEX ({}){} LIMIT ?) counted", index,
                  where_text(conditions)));
  bind_values(statement, exam, conditions);
  Rows rows = statement.bind(most + 1).select();
  rows.next();
  const std::int64_t people = rows.integer();
  return {std::min(people, most), people > most};
}

}  // namespace hanjari::storage
