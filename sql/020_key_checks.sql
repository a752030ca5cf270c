-- Which keys the data was sealed with: a keyed hash of a fixed text per key. The keys themselves are in the key file only.
CREATE TABLE IF NOT EXISTS key_checks (
  purpose VARCHAR(16) NOT NULL,
  key_number INT NOT NULL,
  key_check BINARY(16) NOT NULL,
  PRIMARY KEY (purpose, key_number),
  CONSTRAINT key_purpose CHECK (purpose IN ('personal', 'lookup'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
