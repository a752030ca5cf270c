-- The check list of a venue for the night before and the day: every tick and every tick taken back, in the order of check_no.
CREATE TABLE IF NOT EXISTS briefing_checks (
  exam_code VARCHAR(160) NOT NULL,
  run VARCHAR(190) NOT NULL,
  check_no BIGINT NOT NULL,
  venue_code VARCHAR(64) NOT NULL,
  item VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  done BOOLEAN NOT NULL,
  author VARCHAR(190) NOT NULL,
  checked_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, run, check_no),
  KEY checks_of_venue (exam_code, run, venue_code),
  CONSTRAINT check_of_book FOREIGN KEY (exam_code, run) REFERENCES material_books (exam_code, run) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT check_number CHECK (check_no >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
