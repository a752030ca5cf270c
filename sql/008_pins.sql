-- pins.csv: what must stay where a given plan has it.
CREATE TABLE IF NOT EXISTS pins (
  population_id INT UNSIGNED NOT NULL,
  pin_position INT UNSIGNED NOT NULL,
  kind VARCHAR(16) NOT NULL,
  applicant_position INT UNSIGNED NULL,
  venue_position INT UNSIGNED NULL,
  room_position INT UNSIGNED NULL,
  PRIMARY KEY (population_id, pin_position),
  CONSTRAINT pin_population FOREIGN KEY (population_id) REFERENCES populations (population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT pin_applicant FOREIGN KEY (population_id, applicant_position) REFERENCES applicants (population_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT pin_venue FOREIGN KEY (population_id, venue_position) REFERENCES venues (population_id, venue_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT pin_room FOREIGN KEY (population_id, room_position) REFERENCES rooms (population_id, room_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT pin_kind CHECK (kind IN ('person', 'room', 'venue')),
  CONSTRAINT pin_names_something CHECK (applicant_position IS NOT NULL OR venue_position IS NOT NULL OR room_position IS NOT NULL)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
