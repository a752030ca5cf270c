// Materials of the exam day: who may hand over what, two signatures, counts, corrections, and a dry run that leaves no trace.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/attempts.h"
#include "hanjari/base/error.h"
#include "hanjari/materials/ledger.h"
#include "hanjari/materials/packing.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// Which venues are an account's own: of a coordinator those of the district, of a chief the chief's.
class OwnVenues {
 public:
  virtual ~OwnVenues() = default;
  virtual bool has(const Actor& actor, const ExamCode& exam, const VenueCode& venue, const DistrictCode& district) const = 0;
};
// By the district of the account; an account without one has none.
class VenuesOfDistrict : public OwnVenues {
 public:
  bool has(const Actor& actor, const ExamCode& exam, const VenueCode& venue, const DistrictCode& district) const override;
};

// Which ledger: the real one (empty), or the dry run of an account (its name).
struct Book {
  ExamCode exam{};
  std::string run{};
  bool is_dry_run() const { return !run.empty(); }
};

struct BookSettings {
  PackingSettings packing{};
  std::int64_t version = 0;  // 0: nobody has set anything
};

// Somebody who signs without an account, by a code: a driver of the printing office, a person of the school.
struct MaterialSigner {
  std::string id{};
  Station station{};
  std::string name{};       // kept sealed; empty once the exam's data was destroyed
  std::string issued_by{};  // account
  std::string code_hash{};  // keyed, 16 bytes; empty in lists
  Instant at{};
};

// Somebody else was faster: settings_changed, entry_changed (corrected since it was looked at) or already_received.
class LedgerChanged : public Conflict {
 public:
  using Conflict::Conflict;
};

class MaterialRepository {
 public:
  virtual ~MaterialRepository() = default;
  virtual BookSettings find_settings(const Book& book) = 0;
  // Compare-and-set: `next.version` is one more than what is stored. Throws LedgerChanged (settings_changed), Conflict (exam_destroyed).
  virtual void save_settings(const Book& book, const BookSettings& next, const Change& change) = 0;

  // By number; `district`, `venue`: those from or to there only.
  virtual std::vector<Entry> list_entries(const Book& book, const std::optional<DistrictCode>& district,
                                          const std::optional<VenueCode>& venue) = 0;
  virtual std::vector<Entry> find_act(const Book& book, const std::string& act) = 0;
  virtual std::optional<Entry> find_entry(const Book& book, std::int64_t number) = 0;
  // Of one act; numbers are given here, one after the other whoever writes at once. An act that is there already is not written
  // again. Throws LedgerChanged (already_received: an entry that is received was; entry_changed: one that is corrected does not say
  // `said` any more), Conflict (exam_destroyed, no_dry_run).
  virtual void add_entries(const Book& book, const std::vector<Entry>& entries, const Change& change) = 0;

  virtual void add_signer(const Book& book, const MaterialSigner& signer, const Change& change) = 0;
  virtual std::vector<MaterialSigner> list_signers(const Book& book) = 0;
  virtual std::optional<MaterialSigner> find_signer(const Book& book, const std::string& code_hash) = 0;
  virtual std::string hash_signer_code(const Book& book, const std::string& code) = 0;

  // Nothing of a dry run stands in the audit trail. Begins one anew; what was there is gone.
  virtual void begin_dry_run(const Book& book, Instant now) = 0;
  virtual bool has_dry_run(const Book& book) = 0;
  // Takes away every row of the run.
  virtual void end_dry_run(const Book& book) = 0;
};

// What every use case works with.
struct MaterialDesk {
  MaterialRepository& materials;
  PlanRepository& plans;
  AttemptLimit& attempts;
  std::shared_ptr<const OwnVenues> own;
  const Actor& actor;
  Book book;
  Instant now{};
};

struct ItemCount {
  Item item{};
  std::int64_t count = 0;
};
inline constexpr std::int64_t most_of_an_item = 10'000'000;

// Whether the actor answers for the station: an officer for all, a coordinator for the district and what lies in it, a chief for the
// own venue and its rooms; in a dry run everybody for everything.
bool reaches(const MaterialDesk& desk, const Station& station);
// The station of these words; the district of a venue is taken from the plan, not from the words. Throws InvalidInput (bad_station),
// NotAllowed (not_your_venue: of another district or not there).
Station open_station(const MaterialDesk& desk, const std::string& words);
// The same for a station at the other end of a handover: what lies in another district is refused unless the actor is of the city.
Station open_other_station(const MaterialDesk& desk, const std::string& words);

// The packing of a venue that the actor answers for. Throws NotAllowed (not_your_venue).
Packing open_packing(const MaterialDesk& desk, const VenueCode& venue);
// The venue behind it, with its people. As open_packing.
PlannedExam open_venue_plan(const MaterialDesk& desk, const VenueCode& venue);

// A code as it was typed, its venue spelt as the plan spells it: whoever types "v0001.12.q.7" means V0001. Says nothing of
// whose the venue is. Throws as read_parcel_code.
ReadParcel read_typed_parcel(const MaterialDesk& desk, std::string_view typed);
// What all venues of the actor need together, by the live plan: what is to be ordered. Reads every one of them.
std::map<Item, std::int64_t> sum_own_needs(const MaterialDesk& desk);

// Entries that the actor may see.
std::vector<Entry> list_own_entries(const MaterialDesk& desk, const std::optional<VenueCode>& venue);
// Of stations that the actor answers for; `venue`: of it and its rooms, from the entries of it alone.
Balance own_balance(const MaterialDesk& desk, const std::vector<Entry>& entries, const std::optional<VenueCode>& venue = {});

// The giver signs, by the own account or by the code of somebody who signs for `from`. Returns the act, which the receiver confirms.
// Throws InvalidInput (nothing_given, bad_count, same_station), NotAllowed (not_your_venue, wrong_code, too_many_attempts).
std::string hand_over(const MaterialDesk& desk, const std::string& from, const std::string& to,
                      const std::vector<ItemCount>& items, const std::string& parcel, const std::string& code);
// The receiver signs with the own counts, in the order of the act's entries. Throws as hand_over, NotFound (no_such_handover),
// LedgerChanged (already_received), NotAllowed (same_person: who gave may not receive, nor may who issued the other's code,
// and two codes of one issuer are one person's).
void receive(const MaterialDesk& desk, const std::string& act, const std::vector<std::int64_t>& counts, const std::string& code);
// What lies at a station, counted.
void count_stock(const MaterialDesk& desk, const std::string& station, const std::vector<ItemCount>& items);
// What an entry says becomes `count`, by a new row. `seen`: number of the last entry that the actor had read; without it only those
// who write at the same moment are compared. Throws InvalidInput (reason_missing, bad_count), NotFound (no_such_entry),
// LedgerChanged (entry_changed: somebody else has corrected it since).
void correct(const MaterialDesk& desk, std::int64_t number, std::int64_t count, const std::string& reason,
             std::optional<std::int64_t> seen = std::nullopt);

// Returns the code, which is shown once. Throws as open_station, InvalidInput (name_missing).
std::string issue_signer(const MaterialDesk& desk, const std::string& station, const std::string& name);
// Those of stations that the actor answers for.
std::vector<MaterialSigner> list_own_signers(const MaterialDesk& desk);

// Only for the city. Throws InvalidInput (bad_count), LedgerChanged (settings_changed).
void save_packing_settings(const MaterialDesk& desk, const PackingSettings& wanted, std::int64_t version);

// --- The dry run --------------------------------------------------------------------------------------------------

extern const VenueCode dry_run_venue;
extern const DistrictCode dry_run_district;
// An invented school with three rooms and 45 invented people.
PlannedExam invent_venue(const ExamCode& exam);
struct InventedSigner {
  MaterialSigner signer{};  // without an id
  std::string code{};  // shown on the pages of the dry run
};
std::vector<InventedSigner> invent_signers(Instant now);
void begin_dry_run(const MaterialDesk& desk);
void end_dry_run(const MaterialDesk& desk);

}  // namespace hanjari::services
