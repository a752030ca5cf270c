-- Figures that a job said while it worked, such as the cost of the best plan so far: its curve. Numbers only.
CREATE TABLE IF NOT EXISTS job_points (
  job_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  point_no INT NOT NULL,
  starts INT NOT NULL,
  stage_en VARCHAR(400) NOT NULL,
  done BIGINT UNSIGNED NOT NULL,
  figure BIGINT NOT NULL,
  said_at DATETIME(6) NOT NULL,
  PRIMARY KEY (job_id, point_no),
  CONSTRAINT job_of_point FOREIGN KEY (job_id) REFERENCES jobs (job_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT point_no_from_one CHECK (point_no >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
