-- Schools and other places of an exam. Address and telephone are those of the place, printed in the public notice.
CREATE TABLE IF NOT EXISTS venues (
  population_id INT UNSIGNED NOT NULL,
  venue_position INT UNSIGNED NOT NULL,
  venue_code VARCHAR(128) NOT NULL,
  name VARCHAR(1000) NOT NULL,
  district_code VARCHAR(128) NOT NULL,
  address VARCHAR(2000) NOT NULL,
  lat DOUBLE NOT NULL,
  lon DOUBLE NOT NULL,
  kind VARCHAR(16) NOT NULL,
  opening_cost BIGINT NOT NULL,
  phone VARCHAR(1000) NOT NULL,
  merged_into VARCHAR(128) NOT NULL,
  PRIMARY KEY (population_id, venue_position),
  UNIQUE KEY venue_code_once (population_id, venue_code),
  CONSTRAINT venue_population FOREIGN KEY (population_id) REFERENCES populations (population_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT venue_code_said CHECK (venue_code <> ''),
  CONSTRAINT venue_on_earth CHECK (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180),
  CONSTRAINT venue_kind CHECK (kind IN ('regular', 'isolation', 'accommodation')),
  CONSTRAINT venue_opening_cost CHECK (opening_cost >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
