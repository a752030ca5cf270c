-- Exams of a notice's other days: its people sit them, so they are destroyed with it. One stays when its calendar goes, because it may be stored.
CREATE TABLE IF NOT EXISTS notice_days (
  day_code VARCHAR(128) NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  PRIMARY KEY (day_code),
  KEY days_of_notice (exam_code),
  CONSTRAINT day_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
