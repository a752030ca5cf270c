-- Accounts of the staff. password_hash is Argon2id in libsodium's text form.
CREATE TABLE IF NOT EXISTS accounts (
  account_name VARCHAR(64) NOT NULL,
  role VARCHAR(32) NOT NULL,
  district_code VARCHAR(32) NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account_name),
  CONSTRAINT account_name_form CHECK (account_name REGEXP '^[a-z0-9._-]{2,64}$'),
  CONSTRAINT account_role CHECK (role IN ('exam_officer', 'district_coordinator', 'venue_chief', 'auditor', 'administrator')),
  CONSTRAINT account_district CHECK ((role = 'district_coordinator') = (district_code IS NOT NULL)),
  CONSTRAINT account_password CHECK (password_hash LIKE '$argon2id$%')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
