-- What was submitted under which key, for the whole exam: the same key gives the same receipt.
CREATE TABLE IF NOT EXISTS submissions (
  exam_code VARCHAR(64) NOT NULL,
  idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  account VARCHAR(64) NOT NULL,
  receipt VARCHAR(1000) NOT NULL,
  received_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, idempotency_key),
  UNIQUE KEY submission_of_version (application_id, version),
  CONSTRAINT submission_application FOREIGN KEY (application_id) REFERENCES applications (application_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT submission_key_form CHECK (LENGTH(idempotency_key) >= 16)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
