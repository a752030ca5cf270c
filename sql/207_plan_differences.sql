-- What a plan changes for people who were told another one: numbers and names of venues. Plans never change, so it is counted once.
CREATE TABLE IF NOT EXISTS plan_differences (
  plan_id INT UNSIGNED NOT NULL,
  told_plan_id INT UNSIGNED NOT NULL,
  figures MEDIUMTEXT NOT NULL,
  PRIMARY KEY (plan_id, told_plan_id),
  CONSTRAINT difference_of_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT difference_from_plan FOREIGN KEY (told_plan_id) REFERENCES plans (plan_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
