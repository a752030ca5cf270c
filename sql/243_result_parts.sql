-- The files of packages and decisions in portions, sealed with the exam's key. `owner_id` is a package_id or a decision_id.
CREATE TABLE IF NOT EXISTS result_parts (
  part_id VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_no INT NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (part_id),
  UNIQUE KEY result_part_once (owner_id, name, part_no),
  KEY result_parts_of_exam (exam_code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
