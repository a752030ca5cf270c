-- The bytes of such a file in portions, in their order.
CREATE TABLE IF NOT EXISTS paper_parts (
  part_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_no INT NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (part_id),
  UNIQUE KEY paper_part_once (file_id, part_no),
  CONSTRAINT part_of_paper FOREIGN KEY (file_id) REFERENCES paper_files (file_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
