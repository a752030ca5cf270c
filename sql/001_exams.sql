-- One sitting of a recruitment round; what belongs to a version of its package stands with the population.
CREATE TABLE IF NOT EXISTS exams (
  exam_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  exam_code VARCHAR(128) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_id),
  UNIQUE KEY exam_code_once (exam_code),
  CONSTRAINT exam_code_said CHECK (exam_code <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
