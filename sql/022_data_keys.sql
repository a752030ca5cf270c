-- The keys that seal values, wrapped by the newest master key of the key file: for each exam, for its audit entries, for what belongs to no
-- exam. An exam's data is destroyed by deleting its keys here and changing the master key, which no backup holds.
CREATE TABLE IF NOT EXISTS data_keys (
  data_key_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  scope VARCHAR(160) NOT NULL,
  generation INT NOT NULL,
  wrapped VARBINARY(128) NOT NULL,
  made_at DATETIME(6) NOT NULL,
  PRIMARY KEY (data_key_id),
  UNIQUE KEY data_key_once (scope, generation),
  CONSTRAINT data_key_scope CHECK (scope IN ('program', 'audit') OR scope LIKE 'exam/_%' OR scope LIKE 'audit/_%'),
  CONSTRAINT data_key_generation CHECK (generation >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
