#include "intake/store/claims.h"

#include <algorithm>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
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
