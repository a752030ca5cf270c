-- The seat that a person has looked at last, and the one before it: who has not opened a new seat is told again.
CREATE TABLE IF NOT EXISTS seat_views (
  application_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  venue_code VARCHAR(40) NOT NULL,
  venue_name VARCHAR(200) NOT NULL,
  room_no INT UNSIGNED NOT NULL,
  seat_no INT UNSIGNED NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  before_venue_code VARCHAR(40) NULL,
  before_venue_name VARCHAR(200) NULL,
  before_room_no INT UNSIGNED NULL,
  before_seat_no INT UNSIGNED NULL,
  PRIMARY KEY (application_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
