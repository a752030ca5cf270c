-- Of versions of a notice that applicants saw already when they were saved: who confirmed what their author had proposed, and which ones did without that in an emergency.
ALTER TABLE setup_versions
  ADD COLUMN IF NOT EXISTS confirmed_by VARCHAR(190) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS emergency TINYINT NOT NULL DEFAULT 0,
  ADD KEY IF NOT EXISTS setup_versions_urgent (emergency, exam_code),
  DROP CONSTRAINT IF EXISTS setup_version_confirmed,
  ADD CONSTRAINT setup_version_confirmed CHECK (emergency IN (0, 1) AND (confirmed_by = '' OR (confirmed_by <> author AND emergency = 0)))
