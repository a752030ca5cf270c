-- The edits of a session in their order. They name people and say why: sealed.
CREATE TABLE IF NOT EXISTS plan_edits (
  edit_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  edit_no INT UNSIGNED NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  author VARCHAR(190) NOT NULL,
  made_at DATETIME(6) NOT NULL,
  state VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  reason_sealed MEDIUMBLOB NOT NULL,
  PRIMARY KEY (edit_id),
  UNIQUE KEY edit_once (session_id, edit_no),
  KEY edits_of_exam (exam_code),
  CONSTRAINT edit_of_session FOREIGN KEY (session_id) REFERENCES plan_edit_sessions (session_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT edit_no_from_one CHECK (edit_no >= 1),
  CONSTRAINT edit_state CHECK (state IN ('done', 'undone', 'dropped'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
