-- Security keys of the staff (WebAuthn): the public half of each, and how often it says that it was used.
CREATE TABLE IF NOT EXISTS security_keys (
  credential_id VARBINARY(255) NOT NULL,
  account_name VARCHAR(64) NOT NULL,
  public_key VARBINARY(256) NOT NULL,
  site VARCHAR(255) NOT NULL,
  uses BIGINT NOT NULL,
  added_at DATETIME(6) NOT NULL,
  used_at DATETIME(6) NULL,
  PRIMARY KEY (credential_id),
  KEY security_keys_of_account (account_name, added_at),
  CONSTRAINT security_key_uses CHECK (uses >= 0),
  CONSTRAINT security_key_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
