-- By which rules an exam is decided, and how far they are on their way to being frozen by two people.
CREATE TABLE IF NOT EXISTS result_rules (
  exam_code VARCHAR(160) NOT NULL,
  step VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules LONGTEXT NOT NULL,
  proposed_by VARCHAR(190) NOT NULL,
  frozen_by VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT rules_step CHECK (step IN ('open', 'proposed', 'frozen')),
  CONSTRAINT frozen_by_another CHECK (step <> 'frozen' OR (frozen_by <> '' AND proposed_by <> '' AND frozen_by <> proposed_by))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
