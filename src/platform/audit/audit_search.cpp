#include "audit/audit_search.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "database/sql_time.h"

namespace hanjari::storage {
namespace {

// A condition that fewer entries meet leads the search, and they may be sorted where its index has another order. So
// many are read, at most, to find whether there are fewer.
constexpr std::array<std::int64_t, 2> few{100, 3'000};
// So many searches are made and merged where a word is a beginning only.
constexpr std::size_t most_searches = 40;
constexpr std::size_t most_heads = 20;
// Entries are numbered as they are written, and say when their work began: earlier than entries before them, where a job waited
// for its turn. None is taken for so much older than one before it, so that a time is a part of the numbers.
constexpr std::chrono::hours most_late{48};

// A condition and the index that finds its entries. `ordered`: the newest first without sorting. `leads`: it may find
// fewer entries than the other conditions of its search.
struct Condition {
  std::string text;
  std::string value;
  std::string index;
  bool ordered = true;
  bool leads = true;
};

struct Search {
  std::vector<Condition> conditions;
  std::string person_hash;
  std::int64_t before_number = 0;
  std::int64_t first_number = 0;  // 0: from the beginning
  std::string from;               // moments of the database; empty: any
  std::string until;
};

// An underscore or percent sign of a code stands for itself.
std::string beginning_of(const std::string& text) {
  std::string beginning;
  for (const char c : text) {
    if (c == '\\' || c == '%' || c == '_') beginning += '\\';
    beginning += c;
  }
  return beginning + "%";
}

// The words of a column that begin like this: one step in the index for each of them, however many entries it has.
// At most one more than `most`.
std::vector<std::string> find_words(Connection& connection, const char* column, const char* index,
                                    const std::string& beginning, std::size_t most) {
  const std::string text = fmt::format(
      "SELECT {0} FROM audit_entries FORCE INDEX ({1}) WHERE {0} > ? AND {0} LIKE ? ORDER BY {0} LIMIT 1", column, index);
  std::vector<std::string> words;
  std::string last;
  while (words.size() <= most) {
    Rows rows = connection.select(text, last, beginning);
    if (!rows.next()) break;
    last = rows.text();
    words.push_back(last);
  }
  return words;
}

Condition is_author(const std::string& author) {
  return {"e.author = ?", author, "audit_of_author"};
}

Condition is_action(const std::string& action) {
  return {"e.action = ?", action, "audit_of_action"};
}

Condition is_head(const std::string& head) {
  return {"e.subject_head = ?", head, "audit_of_head"};
}

// A head and its slash find what the head finds, which stands beside it in order.
Condition begins_subject(const std::string& subject) {
  const bool is_head_alone = subject.find('/') + 1 == subject.size();
  return {"e.subject LIKE ?", beginning_of(subject), "audit_of_subject", false, !is_head_alone};
}

// Whether so many entries meet the condition. Reads no more than these, in the index alone.
bool has_so_many(Connection& connection, const Condition& condition, const Search& search, std::int64_t wanted) {
  const bool before = search.before_number != 0 && condition.ordered;
  const bool since = search.first_number != 0 && condition.ordered;
  Statement& statement = connection.statement(
      fmt::format("SELECT 1 FROM audit_entries e FORCE INDEX ({}) WHERE {}{}{} LIMIT 1 OFFSET ?", condition.index,
                  condition.text, before ? " AND e.audit_id < ?" : "", since ? " AND e.audit_id >= ?" : ""));
  statement.bind(condition.value);
  if (before) statement.bind(search.before_number);
  if (since) statement.bind(search.first_number);
  return statement.bind(wanted - 1).select().next();
}

// The index that leads the search. The database's own choice follows guesses: it scanned the whole table for an earlier
// exam, and cut two common conditions against one another before it sorted what was left.
std::string leading_index(Connection& connection, const Search& search) {
  // Among common ones the last: what stands for an exam or a person narrows more than what was done.
  const Condition* common = nullptr;
  std::size_t leading = 0;
  for (const Condition& condition : search.conditions) {
    if (condition.ordered) common = &condition;
    if (condition.leads) ++leading;
  }
  if (leading > 1 || common == nullptr) {
    for (const std::int64_t most : few) {
      for (const Condition& condition : search.conditions) {
        if (!condition.leads) continue;
        if (!has_so_many(connection, condition, search, most)) return condition.index;
      }
    }
  }
  return common == nullptr ? "PRIMARY" : common->index;
}

std::vector<ReadRow> run(Connection& connection, const Search& search, std::size_t limit) {
  std::string text = std::string("SELECT ") + audit_row_columns;
  std::string joined = " WHERE ";
  if (search.person_hash.empty()) {
    text += fmt::format(" FROM audit_entries e FORCE INDEX ({})", leading_index(connection, search));
  } else {
    text += " FROM audit_people p STRAIGHT_JOIN audit_entries e ON e.lane = p.lane AND e.place = p.place WHERE "
            "p.person_hash = ?";
    joined = " AND ";
  }
  const auto add = [&](const std::string& condition) {
    text += joined + condition;
    joined = " AND ";
  };
  if (search.before_number != 0) add("e.audit_id < ?");
  if (search.first_number != 0) add("e.audit_id >= ?");
  if (!search.from.empty()) add("e.at >= ?");
  if (!search.until.empty()) add("e.at < ?");
  for (const Condition& condition : search.conditions) add(condition.text);
  Statement& statement = connection.statement(text + " ORDER BY e.audit_id DESC LIMIT ?");
  if (!search.person_hash.empty()) statement.bind(search.person_hash);
  if (search.before_number != 0) statement.bind(search.before_number);
  if (search.first_number != 0) statement.bind(search.first_number);
  if (!search.from.empty()) statement.bind(search.from);
  if (!search.until.empty()) statement.bind(search.until);
  for (const Condition& condition : search.conditions) statement.bind(condition.value);
  Rows rows = statement.bind(static_cast<std::int64_t>(limit)).select();
  std::vector<ReadRow> found;
  while (rows.next()) found.push_back(read_row(rows));
  return found;
}

// Every search with each of these conditions in addition.
std::vector<Search> each_with(const std::vector<Search>& searches, const std::vector<Condition>& conditions) {
  std::vector<Search> all;
  for (const Search& search : searches) {
    for (const Condition& condition : conditions) {
      all.push_back(search);
      all.back().conditions.push_back(condition);
    }
  }
  return all;
}

// A number such that the first entry from there on is not earlier than the moment, or that is behind all, and the entry before
// it is earlier: one step in the primary key for each halving.
std::int64_t number_at(Connection& connection, const std::string& moment) {
  Rows newest = connection.select("SELECT COALESCE(MAX(audit_id), 0) FROM audit_entries");
  newest.next();
  std::int64_t earlier = 0;
  std::int64_t later = newest.integer() + 1;
  while (later - earlier > 1) {
    const std::int64_t middle = earlier + (later - earlier) / 2;
    Rows rows = connection.select(
        "SELECT audit_id, at < ? FROM audit_entries WHERE audit_id >= ? ORDER BY audit_id LIMIT 1", moment, middle);
    const bool is_there = rows.next();
    const std::int64_t number = is_there ? rows.integer() : 0;
    if (is_there && rows.integer() != 0) {
      earlier = number;
    } else {
      later = middle;
    }
  }
  return later;
}

// The numbers among which the entries of the time are.
void narrow_to_time(Connection& connection, const services::AuditFilter& filter, Search& search) {
  if (filter.from) {
    search.from = sql_time(*filter.from);
    search.first_number = number_at(connection, sql_time(*filter.from - most_late));
  }
  if (!filter.until) return;
  search.until = sql_time(*filter.until);
  const std::int64_t last = number_at(connection, sql_time(*filter.until + most_late));
  if (search.before_number == 0 || search.before_number > last) search.before_number = last;
}

std::vector<Search> searches_of(Connection& connection, const services::AuditFilter& filter,
                                const std::string& person_hash) {
  std::vector<Search> searches(1);
  searches[0].person_hash = person_hash;
  searches[0].before_number = filter.before_number;
  narrow_to_time(connection, filter, searches[0]);
  if (!filter.action.empty()) {
    std::vector<Condition> actions;
    if (filter.action.find('.') != std::string::npos) {
      actions.push_back(is_action(filter.action));
    } else {
      for (const std::string& action : find_words(connection, "action", "audit_of_action",
                                                  beginning_of(filter.action + "."), most_searches))
        actions.push_back(is_action(action));
    }
    searches = each_with(searches, actions);
  }
  if (!filter.author.empty()) searches = each_with(searches, {is_author(filter.author)});
  if (filter.subject.empty()) return searches;
  searches = each_with(searches, {begins_subject(filter.subject)});
  // An exam's subjects have its code as their head: with a whole head, or with few that begin so, they are in order.
  const auto slash = filter.subject.find('/');
  const auto heads = slash != std::string::npos
                         ? std::vector{filter.subject.substr(0, slash)}
                         : find_words(connection, "subject_head", "audit_of_head", beginning_of(filter.subject), most_heads);
  if (heads.size() > most_heads || heads.size() * searches.size() > most_searches) return searches;
  std::vector<Condition> conditions;
  for (const std::string& head : heads) conditions.push_back(is_head(head));
  return each_with(searches, conditions);
}

}  // namespace

ReadRow read_row(Rows& rows) {
  ReadRow read;
  read.number = rows.integer();
  read.row.lane = static_cast<int>(rows.maybe_integer().value_or(-1));
  read.row.place = rows.maybe_integer().value_or(0);
  read.row.at = rows.text();
  read.row.author = rows.text();
  read.row.role = rows.text();
  read.row.request = rows.text();
  read.row.action = rows.text();
  read.row.subject = rows.text();
  read.row.reason = rows.text();
  read.row.detail = rows.text();
  read.row.content_sealed = rows.maybe_text().value_or("");
  read.previous = rows.maybe_text().value_or("");
  read.digest = rows.maybe_text().value_or("");
  read.row.people_hash = rows.maybe_text().value_or("");
  return read;
}

std::vector<ReadRow> search_entries(Connection& connection, const services::AuditFilter& filter,
                                    const std::string& person_hash, std::size_t limit) {
  std::vector<ReadRow> found;
  for (const Search& search : searches_of(connection, filter, person_hash)) {
    for (ReadRow& row : run(connection, search, limit)) found.push_back(std::move(row));
    // After each: an entry that names everybody of an exam is large.
    std::sort(found.begin(), found.end(), [](const ReadRow& a, const ReadRow& b) { return a.number > b.number; });
    if (found.size() > limit) found.resize(limit);
  }
  return found;
}

}  // namespace hanjari::storage
