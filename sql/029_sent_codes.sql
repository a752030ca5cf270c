-- Six-digit codes on their way, under the hash of a ticket that only the form knows. A row without code_hash takes no code.
CREATE TABLE IF NOT EXISTS sent_codes (
  ticket_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose VARCHAR(16) NOT NULL,
  channel VARCHAR(8) NOT NULL,
  contact_sealed VARBINARY(1000) NOT NULL,
  account_id VARCHAR(64) NOT NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code_hash VARBINARY(16) NOT NULL,
  language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  misses INT NOT NULL DEFAULT 0,
  used BOOLEAN NOT NULL DEFAULT FALSE,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ticket_hash),
  KEY sent_codes_by_end (expires_at),
  CONSTRAINT sent_code_purpose CHECK (purpose IN ('sign_up', 'sign_in', 'reset')),
  CONSTRAINT sent_code_channel CHECK (channel IN ('email', 'sms'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
