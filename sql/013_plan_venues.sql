-- How many rooms and people each venue has in a plan: counted once when the plan is stored, because plans never change.
CREATE TABLE IF NOT EXISTS plan_venues (
  plan_id INT UNSIGNED NOT NULL,
  venue_position INT UNSIGNED NOT NULL,
  population_id INT UNSIGNED NOT NULL,
  rooms BIGINT NOT NULL,
  people BIGINT NOT NULL,
  PRIMARY KEY (plan_id, venue_position),
  KEY plan_venue_at (population_id, venue_position),
  CONSTRAINT plan_venue_plan FOREIGN KEY (plan_id, population_id) REFERENCES plans (plan_id, population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT plan_venue_venue FOREIGN KEY (population_id, venue_position) REFERENCES venues (population_id, venue_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT plan_venue_used CHECK (rooms >= 1 AND people >= rooms)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
