-- Who read or took personal data of whom, and when.
CREATE TABLE IF NOT EXISTS accesses (
  access_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  at DATETIME(6) NOT NULL,
  account_name VARCHAR(64) NOT NULL,
  action VARCHAR(64) NOT NULL,
  subject VARCHAR(300) NOT NULL,
  PRIMARY KEY (access_id),
  KEY accesses_of_subject (subject, at),
  KEY accesses_of_account (account_name, at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
