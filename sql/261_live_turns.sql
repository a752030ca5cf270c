-- Whose turn it is to change the live plan of an exam: a program holds the row while it works, and its end gives it back. Named locks of the server are unknown to clusters.
CREATE TABLE IF NOT EXISTS live_turns (
  exam_code VARCHAR(160) NOT NULL,
  PRIMARY KEY (exam_code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
