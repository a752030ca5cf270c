-- Photos and documents of applicants.
CREATE TABLE IF NOT EXISTS attachments (
  attachment_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  account VARCHAR(64) NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  media_type VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name_sealed VARBINARY(1200) NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (attachment_id),
  KEY attachments_of_account (account, exam_code, kind),
  CONSTRAINT attachment_kind CHECK (kind IN ('photo', 'document'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
