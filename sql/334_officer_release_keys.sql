-- The pair of keys by which an officer receives shares. The private half stands under the officer's own passphrase.
CREATE TABLE IF NOT EXISTS officer_release_keys (
  officer VARCHAR(190) NOT NULL,
  public_half VARBINARY(64) NOT NULL,
  private_half VARBINARY(255) NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (officer)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
