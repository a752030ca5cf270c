// The ledger of materials, its signers and the settings of packing in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/materials/materials.h"

namespace hanjari::storage {

class MaterialStore : public services::MaterialRepository {
 public:
  explicit MaterialStore(const Store& store) : store_(store) {}
  services::BookSettings find_settings(const services::Book& book) override;
  void save_settings(const services::Book& book, const services::BookSettings& next, const services::Change& change) override;
  std::vector<services::Entry> list_entries(const services::Book& book, const std::optional<DistrictCode>& district,
                                            const std::optional<VenueCode>& venue) override;
  std::vector<services::Entry> find_act(const services::Book& book, const std::string& act) override;
  std::optional<services::Entry> find_entry(const services::Book& book, std::int64_t number) override;
  void add_entries(const services::Book& book, const std::vector<services::Entry>& entries,
                   const services::Change& change) override;
  void add_signer(const services::Book& book, const services::MaterialSigner& signer, const services::Change& change) override;
  std::vector<services::MaterialSigner> list_signers(const services::Book& book) override;
  std::optional<services::MaterialSigner> find_signer(const services::Book& book, const std::string& code_hash) override;
  std::string hash_signer_code(const services::Book& book, const std::string& code) override;
  void begin_dry_run(const services::Book& book, Instant now) override;
  bool has_dry_run(const services::Book& book) override;
  void end_dry_run(const services::Book& book) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
