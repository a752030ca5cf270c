-- Health self-reports. At most one of an application waits for its decision.
CREATE TABLE IF NOT EXISTS self_reports (
  report_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  application_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  health_sealed BLOB NOT NULL,
  reported_at DATETIME(6) NOT NULL,
  decision VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason_sealed BLOB NULL,
  decided_at DATETIME(6) NULL,
  officer VARCHAR(64) NOT NULL,
  old_place VARCHAR(200) NOT NULL,
  new_place VARCHAR(200) NOT NULL,
  waiting_application VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin AS (IF(decision = 'asked', application_id, NULL)) PERSISTENT,
  PRIMARY KEY (report_id),
  UNIQUE KEY one_waiting_report (waiting_application),
  KEY reports_of_application (application_id),
  KEY reports_waiting (exam_code, decision),
  CONSTRAINT report_application FOREIGN KEY (application_id) REFERENCES applications (application_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT report_decision CHECK (decision IN ('asked', 'isolation', 'reserve', 'declined')),
  CONSTRAINT report_decided CHECK ((decision = 'asked') = (decided_at IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
