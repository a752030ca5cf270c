-- The stage whose results a version shows (written, final). Each stage counts its releases from 1.
ALTER TABLE publications
  ADD COLUMN IF NOT EXISTS stage VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'written',
  ADD UNIQUE KEY IF NOT EXISTS publication_released_once_in_stage (exam_code, stage, released_version),
  DROP KEY IF EXISTS publication_released_once
