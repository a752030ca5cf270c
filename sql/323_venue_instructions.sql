-- Instructions that the city publishes once to all districts of an exam. A correction is a new one.
CREATE TABLE IF NOT EXISTS venue_instructions (
  exam_code VARCHAR(160) NOT NULL,
  instruction_no BIGINT NOT NULL,
  title VARCHAR(300) NOT NULL,
  words TEXT NOT NULL,
  author VARCHAR(190) NOT NULL,
  published_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, instruction_no),
  CONSTRAINT instruction_of_request FOREIGN KEY (exam_code) REFERENCES venue_requests (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT instruction_number CHECK (instruction_no >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
