-- Who took the code, so that the same browser may try again after an answer that was not heard; NULL again once all is done.
ALTER TABLE sent_codes
  ADD COLUMN IF NOT EXISTS taken_by CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL
