-- Every saving of the templates that officers have changed, all of them together as JSON by file name: what a paper was printed by stays known. Why it was saved stands in the audit trail.
CREATE TABLE IF NOT EXISTS paper_templates (
  version BIGINT NOT NULL,
  file_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  files MEDIUMTEXT NOT NULL,
  author VARCHAR(190) NOT NULL,
  saved_at DATETIME(6) NOT NULL,
  PRIMARY KEY (version),
  CONSTRAINT paper_template_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
