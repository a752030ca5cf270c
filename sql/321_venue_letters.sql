-- Questions and answers between the city and a district (venue_code is empty) or about one venue, in the order of letter_no. What they say is sealed.
CREATE TABLE IF NOT EXISTS venue_letters (
  letter_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  venue_code VARCHAR(64) NOT NULL,
  letter_no BIGINT NOT NULL,
  from_city BOOLEAN NOT NULL,
  author VARCHAR(190) NOT NULL,
  words_sealed BLOB NOT NULL,
  written_at DATETIME(6) NOT NULL,
  PRIMARY KEY (letter_id),
  UNIQUE KEY letter_once (exam_code, district_code, venue_code, letter_no),
  CONSTRAINT letter_of_request FOREIGN KEY (exam_code) REFERENCES venue_requests (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT letter_number CHECK (letter_no >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
