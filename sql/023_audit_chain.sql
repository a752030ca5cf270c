-- Each entry stands at a place of a lane, and its digest covers the entry before it and all of this row. Reason, source and the values before and
-- after are sealed together. Entries from before the chain have no lane.
ALTER TABLE audit_entries
  ADD COLUMN IF NOT EXISTS role VARCHAR(32) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS request VARCHAR(64) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS content_sealed MEDIUMBLOB NULL,
  ADD COLUMN IF NOT EXISTS lane INT NULL,
  ADD COLUMN IF NOT EXISTS place BIGINT NULL,
  ADD UNIQUE KEY IF NOT EXISTS audit_place (lane, place),
  ADD KEY IF NOT EXISTS audit_of_author (author, audit_id),
  ADD KEY IF NOT EXISTS audit_of_subject (subject, audit_id)
