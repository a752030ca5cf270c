-- Forms being filled in: one per account and exam, changed only by compare-and-set on version.
CREATE TABLE IF NOT EXISTS application_drafts (
  draft_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  account VARCHAR(64) NOT NULL,
  version BIGINT NOT NULL,
  submission_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  edits VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  edits_version BIGINT NOT NULL,
  form_sealed MEDIUMBLOB NOT NULL,
  saved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (draft_id),
  UNIQUE KEY draft_of_account (account, exam_code),
  CONSTRAINT draft_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT draft_version CHECK (version >= 1),
  CONSTRAINT draft_sealed CHECK (LENGTH(form_sealed) >= 41)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
