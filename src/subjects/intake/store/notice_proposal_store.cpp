#include "intake/store/notice_proposal_store.h"

#include <utility>

#include <fmt/format.h>

#include "database/row_insert.h"
#include "database/sql_time.h"
#include "hanjari/base/error.h"
#include "hanjari/intake/refusals.h"
#include "hanjari/package/recruitment_file.h"
#include "intake/store/notice_rows.h"
#include "intake/store/setup_store.h"

namespace hanjari::storage {
namespace {

using services::NoticeProposal;
using services::RecruitmentState;

constexpr std::string_view proposal_reason_column = "notice_proposals.reason";
constexpr std::string_view proposal_refusal_column = "notice_proposals.refusal";

// A row is this very proposal when all of these are the same.
constexpr const char* this_proposal = "exam_code = ? AND base_version = ? AND digest = ? AND proposed_by = ? AND proposed_at = ?";

struct HeldNotice {
  std::string state;
  std::int64_t version = 0;
};

// Held until the end of the transaction, so that savings and proposals of one notice follow one another.
HeldNotice hold_proposed_notice(Connection& connection, const ExamCode& exam) {
  Rows rows = connection.select("SELECT state, version FROM recruitments WHERE exam_code = ? FOR UPDATE", exam.text());
  if (!rows.next()) {
    throw NotFound("unknown_recruitment", {"There is no such recruitment.", "해당 채용 공고가 없습니다."});
  }
  HeldNotice held;
  held.state = rows.text();
  held.version = rows.integer();
  refuse_destroyed_notice(connection, exam.text());
  return held;
}

[[noreturn]] void throw_notice_moved_on() {
  throw services::SetupChanged("recruitment_changed",
                               {"the notice has changed since this was proposed; it has to be proposed anew",
                                "상신한 뒤에 공고가 바뀌었습니다. 다시 상신해야 합니다"});
}

[[noreturn]] void throw_proposal_gone() {
  throw Conflict("notice_change_gone",
                 {"this proposal is not there any more: it was taken back, replaced, turned down or confirmed; look again",
                  "회수, 교체, 반려 또는 승인되어 더 이상 없는 상신입니다. 다시 확인하십시오"});
}

// The database refuses it too, with an error that nobody could read.
void require_another(const NoticeProposal& proposal, const services::Change& change) {
  if (proposal.proposed_by != change.author) return;
  throw Conflict("same_officer", {"you proposed this change yourself; another officer has to decide on it",
                                  "본인이 상신한 변경입니다. 다른 담당자가 결정해야 합니다"});
}

bool is_proposal_there(Connection& connection, const ExamCode& exam, const NoticeProposal& proposal) {
  return connection
      .select(fmt::format("SELECT 1 FROM notice_proposals WHERE {} AND refused_by = '' LOCK IN SHARE MODE", this_proposal),
              exam.text(), proposal.base_version, proposal.digest, proposal.proposed_by, sql_time(proposal.at))
      .next();
}

std::uint64_t remove_proposal(Connection& connection, const ExamCode& exam, const NoticeProposal& proposal) {
  return connection.change(fmt::format("DELETE FROM notice_proposals WHERE {}", this_proposal), exam.text(),
                           proposal.base_version, proposal.digest, proposal.proposed_by, sql_time(proposal.at));
}

services::AuditNote note_of_change(std::string action, const ExamCode& exam, const NoticeProposal& proposal) {
  return {std::move(action), exam.text(),
          fmt::format("version {}, digest {}, proposed by {}", proposal.base_version, proposal.digest,
                      proposal.proposed_by)};
}

}  // namespace

std::string NoticeProposalStore::open_reason(const ExamCode& exam, std::string_view column,
                                             const std::optional<std::string>& sealed) const {
  if (!sealed) return {};
  try {
    return store_.cipher.open_unless_destroyed({0, exam.text(), column}, *sealed).value_or("");
  } catch (const Unavailable&) {
    return {};  // why is damaged; that it was proposed stands
  }
}

std::optional<std::string> NoticeProposalStore::seal_reason(const ExamCode& exam, std::string_view column,
                                                            const std::string& reason) const {
  if (reason.empty()) return std::nullopt;
  return store_.cipher.seal({0, exam.text(), column}, reason);
}

std::optional<NoticeProposal> NoticeProposalStore::find_proposal(const ExamCode& exam) {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) -> std::optional<NoticeProposal> {
    Rows rows = connection.select(
        "SELECT base_version, definition, digest, proposed_by, proposed_at_shell, TIMESTAMPDIFF(MICROSECOND, "
        "'1970-01-01', proposed_at), reason_sealed, refused_by, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', refused_at), "
        "refusal_sealed FROM notice_proposals WHERE exam_code = ?",
        exam.text());
    if (!rows.next()) return std::nullopt;
    NoticeProposal proposal;
    proposal.base_version = rows.integer();
    proposal.definition = rows.text();
    proposal.digest = rows.text();
    proposal.proposed_by = rows.text();
    proposal.proposed_at_shell = rows.text();
    proposal.at = from_microseconds(rows.integer());
    proposal.reason = open_reason(exam, proposal_reason_column, rows.maybe_text());
    proposal.refused_by = rows.text();
    if (const auto refused_at = rows.maybe_integer()) proposal.refused_at = from_microseconds(*refused_at);
    proposal.refusal = open_reason(exam, proposal_refusal_column, rows.maybe_text());
    return proposal;
  });
}

void NoticeProposalStore::save_proposal(const ExamCode& exam, const NoticeProposal& next,
                                        const std::optional<NoticeProposal>& instead_of,
                                        const services::Change& change) {
  const auto reason = seal_reason(exam, proposal_reason_column, next.reason);
  std::vector<Fault> warnings;
  const Recruitment notice = package::parse_recruitment(next.definition, "recruitment.json", warnings);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const HeldNotice held = hold_proposed_notice(connection, exam);
    if (attempt.number > 1 && is_proposal_there(connection, exam, next)) return;
    if (held.version != next.base_version) throw_notice_moved_on();
    check_units_and_days(connection, notice);  // asked again by who confirms: applications come in meanwhile
    connection.change("DELETE FROM notice_proposals WHERE exam_code = ? AND (base_version <> ? OR refused_by <> '')",
                      exam.text(), next.base_version);
    if (instead_of) remove_proposal(connection, exam, *instead_of);
    const bool added = insert_unless_there(
        connection,
        "INSERT INTO notice_proposals (exam_code, base_version, digest, definition, proposed_by, proposed_at_shell, "
        "proposed_at, reason_sealed, refused_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')",
        exam.text(), next.base_version, next.digest, next.definition, next.proposed_by, next.proposed_at_shell,
        sql_time(next.at), reason);
    if (!added) {
      throw services::NoticeChangePending({"another change of this notice waits for a decision already; look at it first",
                                           "이 공고의 다른 변경이 이미 승인을 기다립니다. 먼저 확인하십시오"});
    }
    services::AuditNote note = note_of_change("recruitment.change_proposed", exam, next);
    if (instead_of) note.before = instead_of->definition;
    note.after = next.definition;
    write_audit(connection, store_, change, note);
  });
}

void NoticeProposalStore::take_back_proposal(const ExamCode& exam, const NoticeProposal& proposal,
                                             const services::Change& change) {
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_proposed_notice(connection, exam);
    if (remove_proposal(connection, exam, proposal) == 0) {
      // Gone already: what an earlier attempt of this call did, or somebody else, and nobody is harmed by either.
      if (attempt.number > 1) return;
      throw_proposal_gone();
    }
    services::AuditNote note = note_of_change("recruitment.change_taken_back", exam, proposal);
    note.before = proposal.definition;
    write_audit(connection, store_, change, note);
  });
}

void NoticeProposalStore::refuse_proposal(const ExamCode& exam, const NoticeProposal& proposal,
                                          const services::Change& change) {
  require_another(proposal, change);
  const std::string time = sql_time(change.at);
  const auto why = seal_reason(exam, proposal_refusal_column, change.reason);
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    hold_proposed_notice(connection, exam);
    const std::uint64_t refused = connection.change(
        fmt::format("UPDATE notice_proposals SET refused_by = ?, refused_at = ?, refusal_sealed = ? WHERE {} AND "
                    "refused_by = ''",
                    this_proposal),
        change.author, time, why, exam.text(), proposal.base_version, proposal.digest, proposal.proposed_by,
        sql_time(proposal.at));
    if (refused == 0) {
      Rows now = connection.select("SELECT refused_by = ? AND refused_at = ? FROM notice_proposals WHERE exam_code = ?",
                                   change.author, time, exam.text());
      if (attempt.number > 1 && now.next() && now.integer() != 0) return;
      throw_proposal_gone();
    }
    write_audit(connection, store_, change, note_of_change("recruitment.change_refused", exam, proposal));
  });
}

void NoticeProposalStore::confirm_proposal(const ExamCode& exam, const NoticeProposal& proposal,
                                           const services::Change& change) {
  require_another(proposal, change);
  std::vector<Fault> warnings;
  const Recruitment notice = package::parse_recruitment(proposal.definition, "recruitment.json", warnings);
  // The version is that of who proposed it, for the reason that was given then.
  services::Change proposed = change;
  proposed.author = proposal.proposed_by;
  proposed.reason = proposal.reason;
  SetupRow row = make_setup_row(store_, exam, services::SetupPart::notice, proposal.base_version + 1,
                                proposal.definition, proposed);
  row.version.confirmed_by = change.author;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const HeldNotice held = hold_proposed_notice(connection, exam);
    if (attempt.number > 1 &&
        is_notice_written(connection, exam, proposal.base_version + 1, proposal.definition, change.at))
      return;
    if (!is_proposal_there(connection, exam, proposal)) throw_proposal_gone();
    if (!update_notice_row(connection, notice, proposal.definition, held.state, proposal.base_version, change.at))
      throw_notice_moved_on();
    save_units_and_days(connection, notice);
    row.version.state = held.state;
    insert_setup_row(connection, row);
    remove_proposal(connection, exam, proposal);
    services::AuditNote note = note_of_change("recruitment.change_confirmed", exam, proposal);
    note.after = proposal.definition;
    write_audit(connection, store_, change, note);
  });
  notices_.forget(exam);
}

void NoticeProposalStore::save_in_emergency(const Recruitment& notice, RecruitmentState state,
                                            std::int64_t expected_version, const services::Change& change) {
  const ExamCode& exam = notice.header.code;
  const std::string definition = package::render_recruitment(notice);
  SetupRow row =
      make_setup_row(store_, exam, services::SetupPart::notice, expected_version + 1, definition, change);
  row.version.state = services::spell(state);
  row.version.emergency = true;
  in_transaction(store_.pool, store_.retry, [&](Connection& connection, Attempt attempt) {
    const HeldNotice held = hold_proposed_notice(connection, exam);
    if (attempt.number > 1 && is_notice_written(connection, exam, expected_version + 1, definition, change.at)) return;
    const bool as_it_was = held.state == row.version.state && held.version == expected_version;
    if (!as_it_was || !update_notice_row(connection, notice, definition, held.state, expected_version, change.at)) {
      throw services::SetupChanged("recruitment_changed",
                                   {"somebody else changed this recruitment meanwhile; look at it again",
                                    "그사이 다른 사람이 이 채용 공고를 바꾸었습니다. 다시 확인하십시오"});
    }
    save_units_and_days(connection, notice);
    insert_setup_row(connection, row);
    services::AuditNote note{"recruitment.save_in_emergency", exam.text(),
                             fmt::format("version {}, {}", expected_version + 1, held.state)};
    note.after = definition;
    write_audit(connection, store_, change, note);
  });
  notices_.forget(exam);
}

std::vector<services::UrgentSaving> NoticeProposalStore::list_urgent_savings() {
  return in_reading(store_.pool, store_.retry, [&](Connection& connection) {
    std::vector<services::UrgentSaving> urgent;
    Rows rows = connection.select(
        "SELECT v.exam_code, v.version, v.author, TIMESTAMPDIFF(MICROSECOND, '1970-01-01', v.saved_at) FROM "
        "setup_versions v WHERE v.emergency = 1 AND NOT EXISTS (SELECT 1 FROM setup_versions l WHERE l.exam_code = "
        "v.exam_code AND l.part = v.part AND l.version > v.version AND (l.confirmed_by <> '' OR l.state = 'prepared')) "
        "AND NOT EXISTS (SELECT 1 FROM destructions d WHERE d.exam_code = v.exam_code AND d.begun_at IS NOT NULL) "
        "ORDER BY v.exam_code, v.version");
    while (rows.next()) {
      services::UrgentSaving& one = urgent.emplace_back();
      one.exam = ExamCode(rows.text());
      one.version = rows.integer();
      one.author = rows.text();
      one.at = from_microseconds(rows.integer());
    }
    return urgent;
  });
}

}  // namespace hanjari::storage
