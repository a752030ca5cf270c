-- The plan that was live last, of exams whose seats were withdrawn and are being decided again. `version` goes on counting the changes of the live pointer.
CREATE TABLE IF NOT EXISTS withdrawn_plans (
  exam_id INT UNSIGNED NOT NULL,
  plan_id INT UNSIGNED NOT NULL,
  version BIGINT NOT NULL,
  withdrawn_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_id),
  KEY withdrawn_plan_at (plan_id, exam_id),
  CONSTRAINT withdrawn_plan_of_exam FOREIGN KEY (plan_id, exam_id) REFERENCES plans (plan_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT withdrawn_plan_version CHECK (version >= 2)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
