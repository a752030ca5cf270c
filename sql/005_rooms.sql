-- Exam rooms. blocked is the list of unusable desks as in rooms.csv (2-5;3-1).
CREATE TABLE IF NOT EXISTS rooms (
  population_id INT UNSIGNED NOT NULL,
  room_position INT UNSIGNED NOT NULL,
  venue_position INT UNSIGNED NOT NULL,
  room_no INT NOT NULL,
  building VARCHAR(1000) NOT NULL,
  floor VARCHAR(1000) NOT NULL,
  row_count INT NOT NULL,
  column_count INT NOT NULL,
  row_pitch_cm INT NOT NULL,
  column_pitch_cm INT NOT NULL,
  blocked MEDIUMTEXT NOT NULL,
  people_cap INT NULL,
  is_accessible BOOLEAN NOT NULL,
  room_use VARCHAR(16) NOT NULL,
  PRIMARY KEY (population_id, room_position),
  UNIQUE KEY room_no_once (population_id, venue_position, room_no),
  CONSTRAINT room_venue FOREIGN KEY (population_id, venue_position) REFERENCES venues (population_id, venue_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT room_no_from_one CHECK (room_no >= 1),
  CONSTRAINT room_size CHECK (row_count >= 1 AND column_count >= 1 AND row_pitch_cm >= 0 AND column_pitch_cm >= 0),
  CONSTRAINT room_people_cap CHECK (people_cap IS NULL OR people_cap >= 0),
  CONSTRAINT room_use_known CHECK (room_use IN ('exam', 'reserve', 'separate'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
