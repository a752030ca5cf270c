-- How many seats are asked of each district, and where its office is told; a district that is asked no more has no row.
CREATE TABLE IF NOT EXISTS venue_request_districts (
  exam_code VARCHAR(160) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  seats BIGINT NOT NULL,
  email_sealed VARBINARY(1200) NOT NULL,
  PRIMARY KEY (exam_code, district_code),
  CONSTRAINT request_of_district FOREIGN KEY (exam_code) REFERENCES venue_requests (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT venue_request_seats CHECK (seats >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
