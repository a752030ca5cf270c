-- Reports of how far people travel by group, as they were published with the seats of a plan. Nothing in them tells of fewer than five people, so that a destruction leaves them.
CREATE TABLE IF NOT EXISTS fairness_reports (
  exam_code VARCHAR(160) NOT NULL,
  version BIGINT NOT NULL,
  plan_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  input_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  report LONGTEXT NOT NULL,
  author VARCHAR(190) NOT NULL,
  published_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, version),
  UNIQUE KEY fairness_report_of_plan (exam_code, plan_digest, input_sha256),
  CONSTRAINT fairness_report_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
