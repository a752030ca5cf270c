-- Objections of people to their released results, and what officers answered. Number, words and answer are sealed; `number_hash` finds the person's own. Nothing here changes a result: a correction is a new version of the release.
CREATE TABLE IF NOT EXISTS objections (
  objection_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  objection_no BIGINT NOT NULL,
  stage VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  release_version BIGINT NOT NULL,
  number_hash BINARY(16) NOT NULL,
  content_sealed BLOB NOT NULL,
  answer_sealed BLOB NULL,
  outcome VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sent_at DATETIME(6) NOT NULL,
  answered_by VARCHAR(190) NOT NULL,
  answered_at DATETIME(6) NULL,
  PRIMARY KEY (objection_id),
  UNIQUE KEY objection_no_once (exam_code, objection_no),
  KEY objections_of_person (exam_code, number_hash),
  KEY objections_that_wait (outcome, exam_code, sent_at),
  CONSTRAINT objection_numbers CHECK (objection_no >= 1 AND release_version >= 1),
  CONSTRAINT objection_outcome CHECK (outcome IN ('', 'upheld', 'dismissed')),
  CONSTRAINT objection_answered CHECK ((outcome <> '') = (answer_sealed IS NOT NULL) AND (outcome <> '') = (answered_by <> '') AND (outcome <> '') = (answered_at IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
