-- Random word of the call that took the newest step, so that it knows its own work after a commit that was not heard.
ALTER TABLE accounts
  ADD COLUMN IF NOT EXISTS totp_taken_by CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL
