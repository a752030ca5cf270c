-- Every person's result of a version as a record of one size under the version's release key. `record_id` is a keyed hash of version and applicant number; the secret that opens the record together with the released key is sealed with the exam's key.
CREATE TABLE IF NOT EXISTS publication_records (
  record_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  secret_sealed VARBINARY(255) NOT NULL,
  record MEDIUMBLOB NOT NULL,
  PRIMARY KEY (record_id),
  KEY record_of_publication (publication_id, record_id),
  KEY record_of_exam (exam_code),
  CONSTRAINT publication_of_record FOREIGN KEY (publication_id) REFERENCES publications (publication_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
