-- What guesses are counted under, a row each: holding it while a guess is counted keeps guesses of one moment within the limit.
CREATE TABLE IF NOT EXISTS attempt_keys (
  key_hash BINARY(16) NOT NULL,
  last_at DATETIME(6) NOT NULL,
  PRIMARY KEY (key_hash),
  KEY attempt_keys_by_use (last_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
