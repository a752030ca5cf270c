// The chains of the audit trail: what a digest covers, how content is closed, and how the heads are signed.
//
// An entry takes the next place of a lane, and its digest is a keyed BLAKE2b of the digest before it and of every
// column of the row. Each connection of a program writes to its own of 64 lanes, so that writers hardly ever wait for
// one another although each holds its lane from its entry to its commit: hundreds of commits a second still share their
// flushes. The key comes from the key file: who only has the database can neither change an entry nor add one. That the
// newest entries were cut off, or all was written anew with the keys at hand, shows by the anchors: signed lines that
// say where each lane stood, kept in a file beside the database and in the log of the program.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/audit.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

constexpr int audit_lane_count = 64;

// A row of audit_entries as the digest covers it.
struct AuditRow {
  int lane = 0;
  std::int64_t place = 0;  // from 1
  std::string at;          // as the column gives it: 2021-06-05 01:00:00.000000
  std::string author;
  std::string role;
  std::string request;
  std::string action;
  std::string subject;
  std::string reason;  // of entries before the chain
  std::string detail;
  std::string content_sealed;
  std::string people_hash;  // digest_people of its rows in audit_people; empty in entries from before it was kept
};

// What a lane begins with: the digest before its first entry. 32 bytes, as all digests here.
std::string first_digest(const Key& chain_key, int lane);
std::string digest_entry(const Key& chain_key, std::string_view previous, const AuditRow& row);
// Of whom an entry tells that their data was read: the keyed hashes of the people, in any order, none twice.
std::string digest_people(const Key& chain_key, int lane, std::int64_t place, std::vector<std::string> people);

// Reason, source, before, after and whose, closed together.
std::string seal_content(const FieldCipher& cipher, const services::Change& change, const services::AuditNote& note,
                         int lane, std::int64_t place);
// Sets them; the entry is marked destroyed when the key is.
void open_content(const FieldCipher& cipher, const AuditRow& row, services::AuditEntry& entry);

// Where the lanes stood at some moment.
struct AuditAnchor {
  struct Lane {
    int lane = 0;
    std::int64_t entries = 0;
    std::string head;
  };
  std::string at;  // ISO 8601
  std::vector<Lane> lanes;
};

// hanjari-audit-anchor 1 2021-06-05T01:00:00Z LANE:ENTRIES:HEAD ... SIGNATURE (Ed25519 over what stands before it, hex)
std::string write_anchor(const Key& signing_seed, const AuditAnchor& anchor);
// Nothing when it is no such line or the signature is not ours.
std::optional<AuditAnchor> read_anchor(const Key& signing_seed, std::string_view line);

// The key of the chain and the seed of the signatures, from the key file.
Key audit_chain_key(const FieldCipher& cipher);
Key audit_anchor_seed(const FieldCipher& cipher);

}  // namespace hanjari::storage
