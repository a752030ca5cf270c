-- One person's seat inside a plan. The keys are the promise: one person once, one seat once, one number once.
-- lookup_hash: keyed hash of exam, applicant number and birth date, by which a person finds the own seat.
CREATE TABLE IF NOT EXISTS placements (
  plan_id INT UNSIGNED NOT NULL,
  applicant_position INT UNSIGNED NOT NULL,
  population_id INT UNSIGNED NOT NULL,
  applicant_number VARCHAR(128) NOT NULL,
  room_position INT UNSIGNED NOT NULL,
  seat_no INT NOT NULL,
  desk_row INT NOT NULL,
  desk_column INT NOT NULL,
  booklet CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  travel_m BIGINT NOT NULL,
  lookup_hash BINARY(16) NOT NULL,
  PRIMARY KEY (plan_id, applicant_position),
  UNIQUE KEY seat_once (plan_id, room_position, seat_no),
  UNIQUE KEY applicant_number_once (plan_id, applicant_number),
  UNIQUE KEY placement_lookup (plan_id, lookup_hash),
  KEY placements_of_applicant (population_id, applicant_position),
  KEY placements_of_room (population_id, room_position),
  CONSTRAINT placement_plan FOREIGN KEY (plan_id, population_id) REFERENCES plans (plan_id, population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT placement_applicant FOREIGN KEY (population_id, applicant_position) REFERENCES applicants (population_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT placement_room FOREIGN KEY (population_id, room_position) REFERENCES rooms (population_id, room_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT placement_number_said CHECK (applicant_number <> ''),
  CONSTRAINT placement_seat CHECK (seat_no >= 1 AND desk_row >= 1 AND desk_column >= 1),
  CONSTRAINT placement_booklet CHECK (booklet IN ('A', 'B', 'C', 'D')),
  CONSTRAINT placement_travel CHECK (travel_m >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
