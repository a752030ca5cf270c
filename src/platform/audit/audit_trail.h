// The audit trail as it is read, checked and anchored.
#pragma once

#include <filesystem>
#include <mutex>

#include "audit/audit_chain.h"
#include "audit/store.h"
#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"

namespace hanjari::storage {

class AuditTrailStore : public services::AuditTrail, public services::AccessRecord {
 public:
  // `anchors`: the file of signed heads, made when the first is written. `named`: another one to compare with besides, empty for
  // none.
  AuditTrailStore(const Store& store, std::filesystem::path anchors, std::filesystem::path named = {})
      : store_(store), anchors_(std::move(anchors)), named_(std::move(named)) {}

  void record(const services::Change& change, const services::AuditNote& note) override;
  std::vector<services::AuditEntry> list_entries(const services::AuditFilter& filter) override;
  services::AuditReport verify(Progress& progress) override;
  std::string anchor(Instant now) override;

  void record_access(const services::Change& change, const services::AuditNote& note) override { record(change, note); }

 private:
  const Store& store_;
  std::filesystem::path anchors_;
  std::filesystem::path named_;
  std::mutex anchoring_;
};

}  // namespace hanjari::storage
