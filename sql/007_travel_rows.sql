-- travel.csv: metres from an origin to a venue.
CREATE TABLE IF NOT EXISTS travel_rows (
  population_id INT UNSIGNED NOT NULL,
  origin VARCHAR(255) NOT NULL,
  venue_position INT UNSIGNED NOT NULL,
  metres BIGINT NOT NULL,
  PRIMARY KEY (population_id, origin, venue_position),
  KEY travel_to_venue (population_id, venue_position),
  CONSTRAINT travel_venue FOREIGN KEY (population_id, venue_position) REFERENCES venues (population_id, venue_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT travel_metres CHECK (metres >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
