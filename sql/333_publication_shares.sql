-- Shares of release keys, each sealed to the release key of one officer, two of three of whom give the key.
CREATE TABLE IF NOT EXISTS publication_shares (
  publication_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  officer VARCHAR(190) NOT NULL,
  share VARBINARY(255) NOT NULL,
  PRIMARY KEY (publication_id, officer),
  CONSTRAINT publication_of_share FOREIGN KEY (publication_id) REFERENCES publications (publication_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
