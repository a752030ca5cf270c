-- Every saving of a part of an exam's set-up (the notice, its policy, its subjects), with its author. Why it was saved is sealed: it may name people; NULL: nothing said.
CREATE TABLE IF NOT EXISTS setup_versions (
  row_id VARCHAR(100) NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  part VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  copied_from VARCHAR(64) NOT NULL,
  author VARCHAR(190) NOT NULL,
  reason_sealed MEDIUMBLOB NULL,
  saved_at DATETIME(6) NOT NULL,
  definition MEDIUMTEXT NOT NULL,
  PRIMARY KEY (row_id),
  UNIQUE KEY setup_version_once (exam_code, part, version),
  CONSTRAINT setup_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT setup_part CHECK (part IN ('notice', 'policy', 'subjects')),
  CONSTRAINT setup_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
