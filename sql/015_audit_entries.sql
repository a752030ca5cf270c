-- Who changed what, when and why; written in the transaction of the change. entry_hash will cover previous_hash and this row.
CREATE TABLE IF NOT EXISTS audit_entries (
  audit_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  at DATETIME(6) NOT NULL,
  author VARCHAR(128) NOT NULL,
  action VARCHAR(64) NOT NULL,
  subject VARCHAR(300) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  previous_hash BINARY(32) NULL,
  entry_hash BINARY(32) NULL,
  PRIMARY KEY (audit_id),
  UNIQUE KEY audit_hash_once (entry_hash),
  UNIQUE KEY audit_chain (previous_hash),
  CONSTRAINT audit_author CHECK (author <> ''),
  CONSTRAINT audit_action CHECK (action REGEXP '^[a-z_]+\\.[a-z_]+$')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
