-- What a subject begins with, up to its first slash: the code of an exam, mostly. The trail of one exam is read in its order.
ALTER TABLE audit_entries
  ADD COLUMN IF NOT EXISTS subject_head VARCHAR(300) AS (SUBSTRING_INDEX(subject, '/', 1)) STORED,
  ADD KEY IF NOT EXISTS audit_of_head (subject_head, audit_id)
