-- Random word of the newest call that tried or took the code, so that it knows its own work after a commit that was not heard.
ALTER TABLE sent_codes
  ADD COLUMN IF NOT EXISTS tried_by CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL
