-- What the city asks of its districts for an exam: under which rule seats are counted, and by when. The version is compared when it is changed.
CREATE TABLE IF NOT EXISTS venue_requests (
  exam_code VARCHAR(160) NOT NULL,
  min_gap_cm INT NOT NULL,
  people_cap INT NULL,
  due_at DATETIME(6) NOT NULL,
  note VARCHAR(2000) NOT NULL,
  version BIGINT NOT NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT venue_request_numbers CHECK (min_gap_cm >= 0 AND (people_cap IS NULL OR people_cap >= 1) AND version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
