-- Versions of the result packages of an exam: digests and counts; the marks stand sealed in result_parts. `rules` is text about nobody.
CREATE TABLE IF NOT EXISTS result_packages (
  package_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  version BIGINT NOT NULL,
  package_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  input_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rules LONGTEXT NOT NULL,
  encoding VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  people BIGINT NOT NULL,
  units BIGINT NOT NULL,
  warnings BIGINT NOT NULL,
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  author VARCHAR(190) NOT NULL,
  imported_at DATETIME(6) NOT NULL,
  PRIMARY KEY (package_id),
  UNIQUE KEY result_version_once (exam_code, version),
  UNIQUE KEY result_package_once (exam_code, package_sha256),
  CONSTRAINT result_version CHECK (version >= 1),
  CONSTRAINT result_encoding CHECK (encoding IN ('utf8', 'cp949'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
