-- What a job works on and what was wrong with it, sealed, in parts. `input` goes with the end of the job.
CREATE TABLE IF NOT EXISTS job_files (
  part_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  what VARCHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  content_sealed LONGBLOB NOT NULL,
  PRIMARY KEY (part_id),
  KEY files_of_job (job_id, what, part_id),
  KEY files_of_exam (exam_code),
  CONSTRAINT job_of_file FOREIGN KEY (job_id) REFERENCES jobs (job_id),
  CONSTRAINT job_file_what CHECK (what IN ('input', 'faults'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
