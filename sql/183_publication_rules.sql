-- Whether plans of an exam go live only when a second officer has confirmed them. An exam without a row: no.
CREATE TABLE IF NOT EXISTS publication_rules (
  exam_id INT UNSIGNED NOT NULL,
  second_officer TINYINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (exam_id),
  CONSTRAINT publication_rule_exam FOREIGN KEY (exam_id) REFERENCES exams (exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT publication_rule_said CHECK (second_officer IN (0, 1) AND version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
