-- A recovery code that was used stays with the name of who used it, who may try again after an answer that was not heard.
ALTER TABLE recovery_codes
  ADD COLUMN IF NOT EXISTS taken_by CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL
