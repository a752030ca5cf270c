-- Recruitment units. Positions count from 0 in byte order of the code, as in every table of a population.
CREATE TABLE IF NOT EXISTS units (
  population_id INT UNSIGNED NOT NULL,
  unit_position INT UNSIGNED NOT NULL,
  unit_code VARCHAR(128) NOT NULL,
  series_ko VARCHAR(1000) NOT NULL,
  series_en VARCHAR(1000) NOT NULL,
  quota_group VARCHAR(32) NOT NULL,
  grade INT NOT NULL,
  posts INT NOT NULL,
  duration_min INT NOT NULL,
  subject_set VARCHAR(1000) NOT NULL,
  PRIMARY KEY (population_id, unit_position),
  UNIQUE KEY unit_code_once (population_id, unit_code),
  CONSTRAINT unit_population FOREIGN KEY (population_id) REFERENCES populations (population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT unit_code_said CHECK (unit_code <> ''),
  CONSTRAINT unit_quota_group CHECK (quota_group IN ('general', 'disabled', 'low_income', 'veterans_referral', 'high_school_leaver')),
  CONSTRAINT unit_posts CHECK (posts >= 0),
  CONSTRAINT unit_duration CHECK (duration_min > 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
