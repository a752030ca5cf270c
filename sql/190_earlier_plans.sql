-- A decision on few people changes the rows of the live plan in their place. The earlier plan stays as a row that names the plan whose rows, with moved_seats put back, are its own; kept_steps counts the steps that it had. listed_no is the place in lists, newest last; NULL: plan_id.
ALTER TABLE plans
  ADD COLUMN IF NOT EXISTS kept_in_plan_id INT UNSIGNED NULL,
  ADD COLUMN IF NOT EXISTS kept_steps INT UNSIGNED NULL,
  ADD COLUMN IF NOT EXISTS listed_no INT UNSIGNED NULL,
  ADD CONSTRAINT plan_kept_in FOREIGN KEY IF NOT EXISTS plan_kept_in (kept_in_plan_id, exam_id) REFERENCES plans (plan_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT
