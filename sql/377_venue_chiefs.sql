-- Which venue of an exam an account looks after on the exam day. Given by an officer or by the coordinator of the venue's district; one venue an exam.
CREATE TABLE IF NOT EXISTS venue_chiefs (
  exam_code VARCHAR(160) NOT NULL,
  account_name VARCHAR(64) NOT NULL,
  venue_code VARCHAR(64) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  given_by VARCHAR(190) NOT NULL,
  given_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, account_name),
  KEY chiefs_of_venue (exam_code, venue_code),
  CONSTRAINT chief_account FOREIGN KEY (account_name) REFERENCES accounts (account_name) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT chief_venue CHECK (venue_code <> '' AND district_code <> '')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
