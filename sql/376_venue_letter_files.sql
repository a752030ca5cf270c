-- Files that go with a letter between the city and a district: PDF, JPEG or PNG. Names and contents are sealed.
CREATE TABLE IF NOT EXISTS venue_letter_files (
  file_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  letter_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  media_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes BIGINT NOT NULL,
  name_sealed VARBINARY(600) NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (file_id),
  KEY letter_files_of_letter (letter_id),
  KEY letter_files_of_exam (exam_code),
  CONSTRAINT file_of_letter FOREIGN KEY (letter_id) REFERENCES venue_letters (letter_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT letter_file_type CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
