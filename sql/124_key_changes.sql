-- The change of the master key: one at a time, driven by `holder` as long as it holds the row. While it is prepared, next_wrapped is the new
-- master key, wrapped by the present one, for the programs of other machines; NULL when an operator places the key. It goes with the switch.
CREATE TABLE IF NOT EXISTS key_changes (
  change_id TINYINT UNSIGNED NOT NULL,
  holder VARCHAR(200) NOT NULL,
  held_until DATETIME(6) NOT NULL,
  phase VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_number INT NULL,
  next_check BINARY(16) NULL,
  next_wrapped VARBINARY(128) NULL,
  prepared_at DATETIME(6) NULL,
  PRIMARY KEY (change_id),
  CONSTRAINT key_change_is_one CHECK (change_id = 1),
  CONSTRAINT key_change_phase CHECK (phase IN ('idle', 'prepared')),
  CONSTRAINT key_change_next CHECK ((phase = 'prepared') = (next_check IS NOT NULL) AND (phase = 'prepared') = (next_number IS NOT NULL)),
  CONSTRAINT key_change_wrapped CHECK (phase = 'prepared' OR next_wrapped IS NULL)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
