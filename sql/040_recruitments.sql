-- Notices of recruitments. definition is recruitment.json in its canonical form; changed only by compare-and-set on version.
CREATE TABLE IF NOT EXISTS recruitments (
  exam_code VARCHAR(64) NOT NULL,
  state VARCHAR(16) NOT NULL,
  version BIGINT NOT NULL,
  exam_on DATE NOT NULL,
  definition MEDIUMTEXT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT recruitment_said CHECK (exam_code <> ''),
  CONSTRAINT recruitment_state CHECK (state IN ('prepared', 'published', 'closed')),
  CONSTRAINT recruitment_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
