-- The venue whose papers a file holds; empty: papers over all venues, notices, and files of several venues made before.
ALTER TABLE paper_files ADD COLUMN IF NOT EXISTS venue_code VARCHAR(128) NOT NULL DEFAULT ''
