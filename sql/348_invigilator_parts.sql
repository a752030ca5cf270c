-- Files about invigilators in portions, sealed with the exam's key. `owner_id` is a staffing_id, or 'people' for what the office has imported beside the list.
CREATE TABLE IF NOT EXISTS invigilator_parts (
  part_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_no INT NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (part_id),
  UNIQUE KEY invigilator_part_once (exam_code, owner_id, name, part_no)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
