-- The stages that a job has begun, in their order; `starts` tells the tries apart.
CREATE TABLE IF NOT EXISTS job_stages (
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place INT NOT NULL,
  starts INT NOT NULL,
  stage_en VARCHAR(400) NOT NULL,
  stage_ko VARCHAR(400) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  PRIMARY KEY (job_id, place),
  CONSTRAINT job_of_stage FOREIGN KEY (job_id) REFERENCES jobs (job_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
