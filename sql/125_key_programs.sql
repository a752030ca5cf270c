-- Programs that live and the master keys each has in its key file: the present one, the next one while a change is prepared, and whether it still
-- has an earlier one. A program that has not been heard of until alive_until counts as dead.
CREATE TABLE IF NOT EXISTS key_programs (
  program_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  process VARCHAR(200) NOT NULL,
  place VARCHAR(1000) NOT NULL,
  current_check BINARY(16) NULL,
  next_check BINARY(16) NULL,
  keeps_old TINYINT NOT NULL,
  problem VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  alive_until DATETIME(6) NOT NULL,
  PRIMARY KEY (program_id),
  KEY key_programs_alive (alive_until)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
