-- Wrong guesses, by a keyed hash of where they came from or what they were aimed at. Kept for a day.
CREATE TABLE IF NOT EXISTS missed_attempts (
  missed_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  key_hash BINARY(16) NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (missed_id),
  KEY misses_of_key (key_hash, at),
  KEY misses_by_time (at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
