-- How far each account has read an exchange of letters.
CREATE TABLE IF NOT EXISTS venue_letters_read (
  exam_code VARCHAR(160) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  venue_code VARCHAR(64) NOT NULL,
  account_name VARCHAR(190) NOT NULL,
  letter_no BIGINT NOT NULL,
  PRIMARY KEY (exam_code, district_code, venue_code, account_name)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
