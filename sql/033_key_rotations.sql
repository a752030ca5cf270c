-- Rotations of the keys: one that is not finished is gone on with by the next run.
CREATE TABLE IF NOT EXISTS key_rotations (
  rotation_id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  master_number INT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  PRIMARY KEY (rotation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
