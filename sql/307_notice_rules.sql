-- Of a notice: whether a second officer confirms it before it goes onto the portal, and whether dates that were shifted from another notice still have to be looked at. A notice without a row: neither.
CREATE TABLE IF NOT EXISTS notice_rules (
  exam_code VARCHAR(64) NOT NULL,
  second_officer TINYINT NOT NULL,
  dates_to_confirm TINYINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT rule_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT notice_rule_said CHECK (second_officer IN (0, 1) AND dates_to_confirm IN (0, 1) AND version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
