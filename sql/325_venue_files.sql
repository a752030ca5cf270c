-- Photos and plans of an offered school: PDF, JPEG or PNG. Names and contents are sealed, because people may be seen in them.
CREATE TABLE IF NOT EXISTS venue_files (
  file_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  media_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes BIGINT NOT NULL,
  name_sealed VARBINARY(600) NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  author VARCHAR(190) NOT NULL,
  sent_at DATETIME(6) NOT NULL,
  PRIMARY KEY (file_id),
  KEY venue_files_of_offer (offer_id),
  KEY venue_files_of_exam (exam_code),
  CONSTRAINT file_of_offer FOREIGN KEY (offer_id) REFERENCES venue_offers (offer_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT venue_file_type CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
