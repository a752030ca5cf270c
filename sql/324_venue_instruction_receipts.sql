-- Who has confirmed to have read an instruction, and when.
CREATE TABLE IF NOT EXISTS venue_instruction_receipts (
  exam_code VARCHAR(160) NOT NULL,
  instruction_no BIGINT NOT NULL,
  account_name VARCHAR(190) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  read_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, instruction_no, account_name),
  CONSTRAINT receipt_of_instruction FOREIGN KEY (exam_code, instruction_no) REFERENCES venue_instructions (exam_code, instruction_no) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
