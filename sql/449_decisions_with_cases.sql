-- Which special cases a decision was made with, by the digest of their file: a package that was decided on before they were confirmed is decided on again.
ALTER TABLE result_decisions
  ADD COLUMN IF NOT EXISTS cases_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD UNIQUE KEY IF NOT EXISTS decision_of_package_and_cases (package_id, cases_sha256),
  DROP KEY IF EXISTS decision_of_package_once
