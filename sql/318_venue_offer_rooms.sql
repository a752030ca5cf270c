-- The rooms of an offered school, with the columns of rooms.csv. They are replaced as a whole with every version of the offer that changes them.
CREATE TABLE IF NOT EXISTS venue_offer_rooms (
  offer_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  room_no BIGINT NOT NULL,
  building VARCHAR(200) NOT NULL,
  floor VARCHAR(100) NOT NULL,
  row_count INT NOT NULL,
  column_count INT NOT NULL,
  row_pitch_cm INT NOT NULL,
  column_pitch_cm INT NOT NULL,
  blocked MEDIUMTEXT NOT NULL,
  people_cap INT NULL,
  is_accessible BOOLEAN NOT NULL,
  room_use VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (offer_id, room_no),
  CONSTRAINT room_of_offer FOREIGN KEY (offer_id) REFERENCES venue_offers (offer_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT offered_room_size CHECK (room_no >= 1 AND row_count BETWEEN 1 AND 200 AND column_count BETWEEN 1 AND 200 AND row_pitch_cm >= 1 AND column_pitch_cm >= 1),
  CONSTRAINT offered_room_use CHECK (room_use IN ('exam', 'reserve', 'separate'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
