-- History of an application, one line a version.
CREATE TABLE IF NOT EXISTS application_events (
  application_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  author VARCHAR(64) NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail VARCHAR(1000) NOT NULL,
  PRIMARY KEY (application_id, version),
  CONSTRAINT event_application FOREIGN KEY (application_id) REFERENCES applications (application_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
