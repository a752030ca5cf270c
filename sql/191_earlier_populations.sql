-- The same of populations: people, places and travel stand in the population that is named, the routings of moved people in moved_seats.
ALTER TABLE populations
  ADD COLUMN IF NOT EXISTS kept_in_population_id INT UNSIGNED NULL,
  ADD COLUMN IF NOT EXISTS listed_no INT UNSIGNED NULL,
  ADD CONSTRAINT population_kept_in FOREIGN KEY IF NOT EXISTS population_kept_in (kept_in_population_id, exam_id) REFERENCES populations (population_id, exam_id) ON UPDATE RESTRICT ON DELETE RESTRICT
