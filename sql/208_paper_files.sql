-- ZIP files of papers and notices that jobs made. `run` is the start of the job that made it; a file is offered once `ends_at` says until when.
CREATE TABLE IF NOT EXISTS paper_files (
  file_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  run BIGINT NOT NULL,
  file_no INT NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  plan_digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content VARCHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(255) NOT NULL,
  bytes BIGINT NOT NULL,
  people BIGINT NOT NULL,
  people_sealed LONGBLOB NOT NULL,
  made_at DATETIME(6) NOT NULL,
  ends_at DATETIME(6) NULL,
  PRIMARY KEY (file_id),
  UNIQUE KEY paper_file_once (job_id, run, file_no),
  KEY paper_files_of_exam (exam_code, plan_digest),
  KEY paper_files_to_remove (ends_at),
  CONSTRAINT paper_file_content CHECK (content IN ('papers', 'notices'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
