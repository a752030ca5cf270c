-- What a version holds beside the records, in portions sealed with the exam's key: what everybody will see (under the release key besides) and the summary for officers.
CREATE TABLE IF NOT EXISTS publication_parts (
  part_id VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_no INT NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (part_id),
  UNIQUE KEY publication_part_once (publication_id, name, part_no),
  KEY publication_parts_of_exam (exam_code),
  CONSTRAINT publication_of_part FOREIGN KEY (publication_id) REFERENCES publications (publication_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
