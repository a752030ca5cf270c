-- Every change of a live pointer, with the plan that gave way: what people were told before a version.
CREATE TABLE IF NOT EXISTS live_changes (
  exam_id INT UNSIGNED NOT NULL,
  version BIGINT NOT NULL,
  plan_id INT UNSIGNED NOT NULL,
  before_plan_id INT UNSIGNED NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  emergency TINYINT NOT NULL,
  PRIMARY KEY (exam_id, version),
  KEY live_change_plan (plan_id, exam_id),
  KEY live_change_before (before_plan_id, exam_id),
  CONSTRAINT live_change_plan_of_exam FOREIGN KEY (plan_id, exam_id) REFERENCES plans (plan_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT live_change_before_of_exam FOREIGN KEY (before_plan_id, exam_id) REFERENCES plans (plan_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT live_change_said CHECK (version >= 1 AND emergency IN (0, 1))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
