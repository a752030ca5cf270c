#include "intake/store/claims.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/date.h"
#include "hanjari/base/people.h"
#include "hanjari/base/text.h"
#include "hanjari/base/written_day.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/application_rows.h"
#include "intake/store/application_store.h"
#include "intake/store/office/application_keys.h"

namespace hanjari::storage {

std::map<std::string, std::vector<ClaimHolder>> find_claims(Connection& connection, const std::string& day,
                                                            const std::vector<std::string>& claims) {
  std::size_t padded = 0;
  Statement& look = connection.statement(fmt::format(
      "SELECT claim_hash, application_id, account, version, state = 'paid', IF(claim = 'proven', 2, state = 'paid' AND "
      "fee_won > 0) FROM applications WHERE exam_on = ? AND claim_hash IN {} ORDER BY application_id",
      placeholders(claims.size(), padded)));
  look.bind(day);
  for (std::size_t at = 0; at < padded; ++at) look.bind(claims[std::min(at, claims.size() - 1)]);
  std::map<std::string, std::vector<ClaimHolder>> found;
  Rows rows = look.select();
  while (rows.next()) {
    auto& holders = found[rows.text()];
    ClaimHolder holder;
    holder.id = ApplicationId(rows.text());
    holder.account = rows.text();
    holder.version = rows.integer();
    holder.counts = rows.integer() != 0;
    holder.strength = static_cast<ClaimStrength>(rows.integer());
    holders.push_back(std::move(holder));
  }
  return found;
}

std::vector<ClaimHolder> find_other_claims(Connection& connection, const std::string& day, const std::string& claim,
                                           const ApplicationId& own) {
  std::vector<ClaimHolder> others = find_claims(connection, day, {claim})[claim];
  std::erase_if(others, [&](const ClaimHolder& holder) { return holder.id == own; });
  return others;
}

ClaimVerdict judge_claim(ClaimStrength own, const std::vector<ClaimHolder>& others) {
  ClaimVerdict verdict;
  for (const ClaimHolder& other : others) {
    // Between equals the one that counts already stays.
    const bool stronger = other.strength > own || (other.strength == own && other.counts);
    if (stronger) verdict.may_count = false;
    // Who has proven the number is its owner: what others typed goes, whether it counts or not.
    if (other.strength < own && (other.counts || own == ClaimStrength::proven)) verdict.yield.push_back(other);
  }
  if (!verdict.may_count) verdict.yield.clear();
  return verdict;
}

bool end_application(Connection& connection, const ApplicationId& id, std::int64_t version, std::string_view kind,
                     const std::string& detail, const services::Change& change) {
  const std::string time = sql_time(change.at);
  const auto ended = connection.change(
      "UPDATE applications SET state = 'withdrawn', claim_hash = NULL, version = version + 1 WHERE application_id = ? "
      "AND version = ? AND state IN ('submitted', 'paid') AND destroyed_at IS NULL",
      id.text(), version);
  if (ended == 0) return false;
  unmark_ended_twin(connection, id);
  connection.change(
      "UPDATE payments SET state = 'refunding', to_ask = 1, asks = 0, next_ask_at = ? WHERE application_id = ? AND "
      "state = 'paid'",
      time, id.text());
  // Whether an order that was begun has been paid is asked about still: then the money goes back.
  connection.change(
      "UPDATE payments SET state = 'failed', why = ?, settled_at = ?, to_ask = 1, asks = 0, next_ask_at = ? WHERE "
      "application_id = ? AND state = 'begun'",
      kind, time, time, id.text());
  // A half-made edit of what is over would bring it back.
  connection.change(
      "DELETE application_drafts FROM application_drafts JOIN applications ON applications.account = "
      "application_drafts.account AND applications.exam_code = application_drafts.exam_code WHERE application_id = ?",
      id.text());
  write_event(connection, id, version + 1, change, kind, detail);
  return true;
}

void yield_claim(Connection& connection, const Store& store, const ClaimHolder& holder,
                 const services::Change& change) {
  services::AuditNote note{"application.yield", holder.id.text()};
  std::vector<services::Message> told;
  {
    Rows rows = connection.select(
        fmt::format("SELECT {} FROM applications WHERE application_id = ?", application_columns), holder.id.text());
    if (rows.next()) {
      const Application ended = read_application(rows, store.cipher);
      note.exam = ended.exam.text();
      // Whose form does not open cannot be written to; the office sees the event.
      if (ended.legible == Legible::yes) told.push_back(services::yielded_message(ended));
    }
  }
  if (!end_application(connection, holder.id, holder.version, "claim_yielded", "", change)) throw ClaimMoved{};
  write_messages(connection, store.cipher, told, change.at);
  write_audit(connection, store, change, note);
}

namespace {

using UnitsOfDay = std::map<std::string, std::vector<std::string>>;  // by day of the exam, YYYY-MM-DD

UnitsOfDay list_units_of_days(const Recruitment& notice) {
  UnitsOfDay units;
  for (const NoticeUnit& unit : notice.units)
    units[format_date(notice.calendar_of(unit).exam_on)].push_back(unit.unit.code.text());
  return units;
}

// What applications say still, where a calendar says otherwise.
struct MovedUnits {
  UnitsOfDay to;
  std::set<std::string> from;
};

MovedUnits find_moved_units(Connection& connection, const Recruitment& notice) {
  MovedUnits moved;
  Rows rows = connection.select(
      "SELECT DISTINCT unit_code, exam_on FROM applications WHERE exam_code = ? AND destroyed_at IS NULL",
      notice.header.code.text());
  while (rows.next()) {
    const NoticeUnit* unit = notice.find_unit(UnitCode(rows.text()));
    std::string named = rows.text();
    if (unit == nullptr) continue;  // refused by whoever saves the units
    std::string day = format_date(notice.calendar_of(*unit).exam_on);
    if (named == day) continue;
    moved.to[std::move(day)].push_back(unit->unit.code.text());
    moved.from.insert(std::move(named));
  }
  return moved;
}

Statement& bind_units(Statement& statement, const std::vector<std::string>& units, std::size_t padded) {
  for (std::size_t at = 0; at < padded; ++at) statement.bind(units[std::min(at, units.size() - 1)]);
  return statement;
}

// `units`: all of the notice whose exam is on the day.
std::int64_t count_met(Connection& connection, const std::string& exam, const std::string& day,
                       const std::vector<std::string>& units) {
  std::size_t padded = 0;
  Statement& count = connection.statement(fmt::format(
      "SELECT COUNT(*) FROM (SELECT counted_claim FROM (SELECT counted_claim FROM applications WHERE exam_code = ? AND "
      "unit_code IN {} AND counted_claim IS NOT NULL UNION ALL SELECT counted_claim FROM applications WHERE exam_on = ? AND "
      "exam_code <> ? AND counted_claim IS NOT NULL) standing GROUP BY counted_claim HAVING COUNT(*) > 1) met",
      placeholders(units.size(), padded)));
  count.bind(exam);
  Rows rows = bind_units(count, units, padded).bind(day).bind(exam).select();
  return rows.next() ? rows.integer() : 0;
}

[[noreturn]] void throw_days_meet(const std::string& day, std::int64_t people) {
  const auto date = parse_date(day);
  const Text on = date ? write_plain_day(*date) : Text{day, day};
  throw services::NoticeContradicts(
      "days_meet",
      {fmt::format("with the exam on {} two applications of {} would count on that day, where one may; choose another day, or "
                   "have one of the two withdrawn first",
                   on.en, count_people(people)),
       fmt::format("시험일이 {}이면 그날 유효한 원서가 두 건이 되는 응시자가 {}명 있습니다. 하루에 한 건만 유효하므로 다른 날로 "
                   "정하거나, 두 원서 가운데 하나를 먼저 취소하게 하십시오",
                   on.ko, group_digits(people))});
}

// Whether the version that is being saved gives one of the units another day than the version before it.
bool are_moved_now(Connection& connection, const Recruitment& notice, const std::vector<std::string>& units) {
  Rows rows = connection.select(
      "SELECT definition FROM setup_versions WHERE exam_code = ? AND part = 'notice' ORDER BY version DESC LIMIT 1",
      notice.header.code.text());
  if (!rows.next()) return true;
  try {
    std::vector<Fault> warnings;
    const Recruitment before = package::parse_recruitment(rows.text(), "recruitment.json", warnings);
    return std::any_of(units.begin(), units.end(), [&](const std::string& code) {
      const NoticeUnit* was = before.find_unit(UnitCode(code));
      const NoticeUnit* is = notice.find_unit(UnitCode(code));
      return was == nullptr || is == nullptr || before.calendar_of(*was).exam_on != notice.calendar_of(*is).exam_on;
    });
  } catch (const InvalidInput&) {
    return true;
  }
}

// Days that met before applications followed them hold up nothing that leaves the days as they are, such as the closing: those rows
// stay.
void refuse_meeting_units(Connection& connection, const Recruitment& notice, MovedUnits& moved) {
  const UnitsOfDay units = list_units_of_days(notice);
  std::erase_if(moved.to, [&](const auto& group) {
    const auto& [day, of_day] = group;
    const std::int64_t people = count_met(connection, notice.header.code.text(), day, units.at(day));
    if (people > 0 && are_moved_now(connection, notice, of_day)) throw_days_meet(day, people);
    return people > 0;
  });
}

void name_day(Connection& connection, const std::string& exam, const std::vector<std::string>& units, const std::string& wanted,
              const std::string& day) {
  std::size_t padded = 0;
  Statement& change = connection.statement(
      fmt::format("UPDATE applications SET exam_on = ? WHERE exam_code = ? AND exam_on <> ? AND destroyed_at IS NULL AND "
                  "unit_code IN {}",
                  placeholders(units.size(), padded)));
  change.bind(day).bind(exam).bind(wanted);
  try {
    bind_units(change, units, padded).change();
  } catch (const DriverError& error) {
    if (error.kind() != DriverError::Kind::duplicate) throw;
    throw_days_meet(wanted, 1);  // whoever applied since they were counted
  }
}

}  // namespace

void refuse_meeting_days(Connection& connection, const Recruitment& notice) {
  MovedUnits moved = find_moved_units(connection, notice);
  refuse_meeting_units(connection, notice, moved);
}

void follow_exam_days(Connection& connection, const Recruitment& notice) {
  const std::string& exam = notice.header.code.text();
  MovedUnits moved = find_moved_units(connection, notice);
  refuse_meeting_units(connection, notice, moved);
  const bool crossing = std::any_of(moved.to.begin(), moved.to.end(),
                                    [&](const auto& day) { return moved.from.contains(day.first); });
  // Days that change places would meet on their way: all leave for days on which nothing is held first.
  Date nothing_held = parse_date("1000-01-01").value();
  for (const auto& [day, units] : moved.to) {
    if (!crossing) break;
    name_day(connection, exam, units, day, format_date(nothing_held));
    ++nothing_held.days;
  }
  for (const auto& [day, units] : moved.to) name_day(connection, exam, units, day, day);
}

namespace {

struct NamedNumber {
  std::string day;
  std::string claim;
};

std::optional<NamedNumber> find_number(Connection& connection, const ApplicationId& id) {
  Rows rows = connection.select("SELECT exam_on, claim_hash FROM applications WHERE application_id = ?", id.text());
  if (!rows.next()) return std::nullopt;
  NamedNumber named;
  named.day = rows.text();
  const auto claim = rows.maybe_text();
  if (!claim) return std::nullopt;
  named.claim = *claim;
  return named;
}

[[noreturn]] void throw_claim_proven() {
  throw Conflict("claim_proven", {"Somebody else has proven that this number is theirs; look at both applications.",
                                  "다른 사람이 이미 이 번호의 본인으로 확인되었습니다. 두 원서를 확인하십시오."});
}

}  // namespace

void ApplicationStore::prove_claim(const Application& application, const services::Change& change) {
  const auto prove = [&](Connection& connection, Attempt attempt) {
    const auto named = find_number(connection, application.id);
    if (!named) throw_application_changed();
    const auto verdict =
        judge_claim(ClaimStrength::proven, find_other_claims(connection, named->day, named->claim, application.id));
    if (!verdict.may_count) throw_claim_proven();
    for (const ClaimHolder& holder : verdict.yield) yield_claim(connection, store_, holder, change);
    const auto changed = connection.change(
        "UPDATE applications SET claim = 'proven', version = version + 1, paid_at = IF(fee_won = 0, COALESCE(paid_at, "
        "?), paid_at), state = IF(fee_won = 0, 'paid', state) WHERE application_id = ? AND version = ? AND claim_hash "
        "IS NOT NULL",
        sql_time(change.at), application.id.text(), application.version);
    if (changed == 0) {
      Rows now = connection.select("SELECT claim = 'proven' FROM applications WHERE application_id = ? AND version = ?",
                                   application.id.text(), application.version + 1);
      if (attempt.number == 1 || !now.next() || now.integer() == 0) throw_application_changed();
      return;
    }
    write_event(connection, application.id, application.version + 1, change, "claim_proven", "");
    services::AuditNote note{"application.prove", application.id.text()};
    note.exam = application.exam.text();
    write_audit(connection, store_, change, note);
  };
  again_when_moved([&] { in_transaction(store_.pool, store_.retry, prove); });
}

std::vector<services::Claimant> ApplicationStore::list_claimants(const ApplicationId& id) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::Claimant> claimants;
    const auto named = find_number(connection, id);
    if (!named) return claimants;
    Rows rows = connection.select(
        "SELECT application_id, exam_code, state, claim = 'proven', fee_won, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', "
        "submitted_at) FROM applications WHERE exam_on = ? AND claim_hash = ? ORDER BY application_id",
        named->day, named->claim);
    while (rows.next()) {
      services::Claimant claimant;
      claimant.id = ApplicationId(rows.text());
      claimant.exam = ExamCode(rows.text());
      // Whoever looks at one of them is told that it does not open.
      claimant.state = parse_application_state(rows.text()).value_or(ApplicationState::submitted);
      claimant.proven = rows.integer() != 0;
      claimant.fee = rows.integer();
      claimant.submitted_at = from_microseconds(rows.integer());
      claimants.push_back(std::move(claimant));
    }
    return claimants;
  });
}

}  // namespace hanjari::storage
