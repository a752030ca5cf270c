-- People who may invigilate an exam. What is known of them stands sealed with the exam's key; the code of their own page is kept as a keyed hash.
CREATE TABLE IF NOT EXISTS invigilators (
  row_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  invigilator_id VARCHAR(160) NOT NULL,
  state VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  invited_until DATETIME(6) NULL,
  code_hash BINARY(16) NULL,
  person_sealed LONGBLOB NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (row_id),
  UNIQUE KEY invigilator_once (exam_code, invigilator_id),
  UNIQUE KEY invigilator_code_once (code_hash),
  CONSTRAINT invigilator_state CHECK (state IN ('listed', 'invited', 'consented', 'declined', 'withdrawn')),
  CONSTRAINT invigilator_invited CHECK (state <> 'invited' OR (invited_until IS NOT NULL AND code_hash IS NOT NULL)),
  CONSTRAINT invigilator_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
