-- Sessions of the staff, by the SHA-256 of the token; the token itself is in the browser only.
CREATE TABLE IF NOT EXISTS sessions (
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_name VARCHAR(64) NOT NULL,
  csrf_token CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (token_hash),
  KEY sessions_by_end (expires_at),
  KEY sessions_of_account (account_name),
  CONSTRAINT session_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT session_token CHECK (token_hash REGEXP '^[0-9a-f]{64}$'),
  CONSTRAINT session_times CHECK (expires_at > created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
