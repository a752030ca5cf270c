-- One officer wants the live plan taken back, another one has to confirm it. It counts for one change of the live pointer only, by its version and digest. Why is sealed: it may name people.
CREATE TABLE IF NOT EXISTS withdrawal_proposals (
  exam_code VARCHAR(128) NOT NULL,
  plan_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  input_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_version BIGINT NOT NULL,
  proposed_by VARCHAR(190) NOT NULL,
  proposed_at_shell VARCHAR(190) NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  reason_sealed MEDIUMBLOB NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT withdrawal_of_exam FOREIGN KEY (exam_code) REFERENCES exams (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT withdrawal_proposed CHECK (proposed_by <> '' AND live_version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
