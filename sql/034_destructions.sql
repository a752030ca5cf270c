-- Exams whose personal data is to be destroyed, when, and what has been done.
CREATE TABLE IF NOT EXISTS destructions (
  exam_code VARCHAR(128) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  ordered_by VARCHAR(128) NOT NULL,
  done_at DATETIME(6) NULL,
  PRIMARY KEY (exam_code),
  KEY destructions_due (done_at, due_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
