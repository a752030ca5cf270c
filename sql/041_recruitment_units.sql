-- The units that can be applied for; a unit with applications cannot go.
CREATE TABLE IF NOT EXISTS recruitment_units (
  exam_code VARCHAR(64) NOT NULL,
  unit_code VARCHAR(64) NOT NULL,
  PRIMARY KEY (exam_code, unit_code),
  CONSTRAINT unit_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
