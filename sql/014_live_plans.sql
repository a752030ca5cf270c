-- The pointer to the live plan of an exam. Changed only by compare-and-set on version.
CREATE TABLE IF NOT EXISTS live_plans (
  exam_id INT UNSIGNED NOT NULL,
  plan_id INT UNSIGNED NOT NULL,
  version BIGINT NOT NULL,
  live_since DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_id),
  KEY live_plan_at (plan_id, exam_id),
  CONSTRAINT live_plan_of_exam FOREIGN KEY (plan_id, exam_id) REFERENCES plans (plan_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT live_plan_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
