-- People a plan could not seat, each with the reason.
CREATE TABLE IF NOT EXISTS unseated (
  plan_id INT UNSIGNED NOT NULL,
  applicant_position INT UNSIGNED NOT NULL,
  population_id INT UNSIGNED NOT NULL,
  reason VARCHAR(64) NOT NULL,
  detail_en VARCHAR(4000) NOT NULL,
  detail_ko VARCHAR(4000) NOT NULL,
  PRIMARY KEY (plan_id, applicant_position),
  KEY unseated_applicant_at (population_id, applicant_position),
  CONSTRAINT unseated_plan FOREIGN KEY (plan_id, population_id) REFERENCES plans (plan_id, population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT unseated_applicant FOREIGN KEY (population_id, applicant_position) REFERENCES applicants (population_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT unseated_reason CHECK (reason <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
