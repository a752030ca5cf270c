-- Counts and metres of a plan by district, venue and group, as text: counted once, so that pages of the workbench read no whole exam. They name nobody.
CREATE TABLE IF NOT EXISTS plan_summaries (
  plan_id INT UNSIGNED NOT NULL,
  summary MEDIUMTEXT NOT NULL,
  PRIMARY KEY (plan_id),
  CONSTRAINT summary_of_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT summary_is_json CHECK (JSON_VALID(summary))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
