-- People who apply: a verified e-mail address or mobile number, sealed, and found by a keyed hash.
CREATE TABLE IF NOT EXISTS applicant_accounts (
  account_id CHAR(21) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel VARCHAR(8) NOT NULL,
  contact_hash BINARY(16) NOT NULL,
  contact_sealed VARBINARY(1000) NOT NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY applicant_contact_once (contact_hash),
  CONSTRAINT applicant_account_id CHECK (account_id REGEXP '^p[0-9a-f]{20}$'),
  CONSTRAINT applicant_account_channel CHECK (channel IN ('email', 'sms')),
  CONSTRAINT applicant_account_language CHECK (language IN ('ko', 'en')),
  CONSTRAINT applicant_account_password CHECK (password_hash LIKE '$argon2id$%')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
