-- Digest of the rows of audit_people that belong to the entry, covered by the entry's own; NULL in entries from before.
ALTER TABLE audit_entries
  ADD COLUMN IF NOT EXISTS people_hash BINARY(32) NULL
