-- Decisions, one on each package at most: digests only; what was decided stands sealed in result_parts.
CREATE TABLE IF NOT EXISTS result_decisions (
  decision_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  version BIGINT NOT NULL,
  package_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decision_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  before_version BIGINT NOT NULL,
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  author VARCHAR(190) NOT NULL,
  decided_at DATETIME(6) NOT NULL,
  PRIMARY KEY (decision_id),
  UNIQUE KEY decision_version_once (exam_code, version),
  UNIQUE KEY decision_of_package_once (package_id),
  CONSTRAINT package_of_decision FOREIGN KEY (package_id) REFERENCES result_packages (package_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT decision_version CHECK (version >= 1 AND before_version >= 0 AND before_version < version)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
