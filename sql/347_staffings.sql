-- Duties of an exam in versions, by a run or by hand: digests and counts; who stands where is sealed in invigilator_parts.
CREATE TABLE IF NOT EXISTS staffings (
  staffing_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  version BIGINT NOT NULL,
  before_version BIGINT NOT NULL,
  made_by VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  duties_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  places BIGINT NOT NULL,
  unfilled BIGINT NOT NULL,
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  author VARCHAR(190) NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (staffing_id),
  UNIQUE KEY staffing_version_once (exam_code, version),
  UNIQUE KEY staffing_of_job_once (job_id),
  CONSTRAINT staffing_version CHECK (version >= 1 AND before_version >= 0 AND before_version < version),
  CONSTRAINT staffing_made_by CHECK (made_by IN ('run', 'hand') AND (made_by = 'hand' OR job_id IS NOT NULL)),
  CONSTRAINT staffing_counts CHECK (unfilled >= 0 AND unfilled <= places)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
