// Versions of an exam's set-up in the database, with the rules and steps of publishing its notice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/store.h"
#include "hanjari/intake/setup_versions.h"

namespace hanjari::storage {

// A version that is to be written, with its reason sealed.
struct SetupRow {
  std::string row_id;
  ExamCode exam;
  services::SetupPart part = services::SetupPart::notice;
  services::SetupVersion version;
  std::optional<std::string> reason_sealed;
};

SetupRow make_setup_row(const Store& store, const ExamCode& exam, services::SetupPart part, std::int64_t version,
                        const std::string& definition, const services::Change& change);
// In the transaction of what it tells of. Throws SetupChanged when the version is there.
void insert_setup_row(Connection& connection, const SetupRow& row);
// Throws Conflict (notice_not_confirmed) where the rule of the notice asks for a second officer who has not confirmed
// this version of it, and where `author` is who did without that.
void require_second_officer(Connection& connection, const ExamCode& exam, std::int64_t notice_version,
                            const std::string& author);

// Throws Conflict (notice_change_not_confirmed, waived_by_yourself) where a notice that applicants see changes only by what
// another officer has confirmed.
void require_confirmed_change(Connection& connection, const ExamCode& exam, const std::string& author);

class SetupStore : public services::SetupRepository {
 public:
  explicit SetupStore(const Store& store) : store_(store) {}
  std::vector<services::SetupVersion> list_versions(const ExamCode&, services::SetupPart) override;
  std::optional<services::SetupVersion> find_version(const ExamCode&, services::SetupPart,
                                                     std::int64_t version) override;
  void save_part(const ExamCode&, services::SetupPart, const std::string& definition, std::int64_t expected_version,
                 const std::vector<std::string>& checkers, const services::Change&) override;
  void save_copy(const Recruitment& notice, const ExamCode& source,
                 const std::map<services::SetupPart, std::string>& parts, const services::Change&) override;
  services::NoticeRule find_notice_rule(const ExamCode&) override;
  services::NoticeApproval find_notice_approval(const ExamCode&) override;
  void save_notice_rule(const ExamCode&, const services::NoticeRule& next, const services::Change&) override;
  void save_notice_approval(const ExamCode&, const services::NoticeApproval& next, const services::Change&) override;
  std::vector<services::CheckerDeclaration> list_declarations(const ExamCode&) override;
  void save_declaration(const ExamCode&, const services::CheckerDeclaration&, const services::Change&) override;

 private:
  std::vector<services::SetupVersion> read_versions(const ExamCode&, services::SetupPart, const std::string& columns,
                                                    const std::string& which, std::int64_t version);
  const Store& store_;
};

}  // namespace hanjari::storage
