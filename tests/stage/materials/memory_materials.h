// The ledger of materials in memory, under the rules that the database holds.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/materials/materials.h"

namespace hanjari::tests {

class MemoryMaterials : public services::MaterialRepository {
 public:
  services::BookSettings find_settings(const services::Book& book) override { return settings[key_of(book)]; }
  void save_settings(const services::Book& book, const services::BookSettings& next, const services::Change&) override {
    if (settings[key_of(book)].version + 1 != next.version) throw services::LedgerChanged("settings_changed", {"changed", "바뀜"});
    settings[key_of(book)] = next;
  }
  std::vector<services::Entry> list_entries(const services::Book& book, const std::optional<DistrictCode>& district,
                                            const std::optional<VenueCode>& venue) override {
    std::vector<services::Entry> found;
    for (const services::Entry& entry : books[key_of(book)]) {
      if (venue && entry.from.venue != *venue && entry.to.venue != *venue) continue;
      if (!venue && district && entry.from.district != *district && entry.to.district != *district) continue;
      found.push_back(entry);
    }
    return found;
  }
  std::vector<services::Entry> find_act(const services::Book& book, const std::string& act) override {
    std::vector<services::Entry> found;
    for (const services::Entry& entry : books[key_of(book)]) {
      if (entry.act == act) found.push_back(entry);
    }
    return found;
  }
  std::optional<services::Entry> find_entry(const services::Book& book, std::int64_t number) override {
    for (const services::Entry& entry : books[key_of(book)]) {
      if (entry.number == number) return entry;
    }
    return std::nullopt;
  }
  void add_entries(const services::Book& book, const std::vector<services::Entry>& entries, const services::Change&) override {
    auto& list = books[key_of(book)];
    for (const services::Entry& entry : entries) {
      for (const services::Entry& known : list) {
        if (entry.kind == services::EntryKind::received && known.kind == entry.kind && known.of == entry.of)
          throw services::LedgerChanged("already_received", {"received", "인수함"});
      }
      if (entry.said && services::corrected_count(list, entry.of) != *entry.said)
        throw services::LedgerChanged("entry_changed", {"corrected", "정정함"});
    }
    for (const services::Entry& entry : entries) {
      list.push_back(entry);
      list.back().number = static_cast<std::int64_t>(list.size());
    }
  }
  void add_signer(const services::Book& book, const services::MaterialSigner& signer, const services::Change&) override {
    signers[key_of(book)].push_back(signer);
  }
  std::vector<services::MaterialSigner> list_signers(const services::Book& book) override { return signers[key_of(book)]; }
  std::optional<services::MaterialSigner> find_signer(const services::Book& book, const std::string& code_hash) override {
    for (const services::MaterialSigner& signer : signers[key_of(book)]) {
      if (signer.code_hash == code_hash) return signer;
    }
    return std::nullopt;
  }
  std::string hash_signer_code(const services::Book&, const std::string& code) override { return sha256(code).hex(); }
  void begin_dry_run(const services::Book& book, Instant) override {
    end_dry_run(book);
    books[key_of(book)] = {};
  }
  bool has_dry_run(const services::Book& book) override { return books.contains(key_of(book)); }
  void end_dry_run(const services::Book& book) override {
    books.erase(key_of(book));
    signers.erase(key_of(book));
    settings.erase(key_of(book));
  }

  using Key = std::pair<ExamCode, std::string>;
  static Key key_of(const services::Book& book) { return {book.exam, book.run}; }
  std::map<Key, std::vector<services::Entry>> books;
  std::map<Key, std::vector<services::MaterialSigner>> signers;
  std::map<Key, services::BookSettings> settings;
};

}  // namespace hanjari::tests
