-- Codes that stand in for a lost authenticator, once each, as keyed hashes.
CREATE TABLE IF NOT EXISTS recovery_codes (
  account_name VARCHAR(64) NOT NULL,
  code_hash BINARY(16) NOT NULL,
  PRIMARY KEY (account_name, code_hash),
  CONSTRAINT recovery_code_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
