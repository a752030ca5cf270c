-- Which subject of which identity provider signs in to which account of the staff.
CREATE TABLE IF NOT EXISTS linked_identities (
  issuer VARCHAR(300) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  account_name VARCHAR(64) NOT NULL,
  PRIMARY KEY (issuer, subject),
  KEY linked_identity_of_account (account_name),
  CONSTRAINT linked_identity_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
