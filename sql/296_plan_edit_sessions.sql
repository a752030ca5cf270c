-- Hand edits of a plan that are not a plan yet. What is edited is named by its digest and that of its population, because a row of plans may come to hold another plan. `last_step`: the random word of the step that made the version.
CREATE TABLE IF NOT EXISTS plan_edit_sessions (
  session_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  plan_digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  input_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  author VARCHAR(190) NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  last_step VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (session_id),
  KEY sessions_of_exam (exam_code, opened_at),
  CONSTRAINT session_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
