-- An administrator has asked for somebody's second factor to be forgotten, and another one has to confirm it; nobody asks for the own.
CREATE TABLE IF NOT EXISTS second_factor_resets (
  account_name VARCHAR(64) NOT NULL,
  asked_by VARCHAR(64) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account_name),
  CONSTRAINT reset_of_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT reset_by_another CHECK (asked_by <> account_name AND asked_by <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
