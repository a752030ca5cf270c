-- Whether somebody who may check subjects has a relative among the applicants of an exam, as they declared it. Who the relative is stands nowhere.
CREATE TABLE IF NOT EXISTS checker_declarations (
  exam_code VARCHAR(64) NOT NULL,
  checker VARCHAR(190) NOT NULL,
  has_relative TINYINT NOT NULL,
  declared_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, checker),
  CONSTRAINT declaration_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT declaration_said CHECK (has_relative IN (0, 1) AND checker <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
