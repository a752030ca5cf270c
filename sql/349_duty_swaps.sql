-- Two people who want to change places: both record it, an officer carries it out or refuses it.
CREATE TABLE IF NOT EXISTS duty_swaps (
  swap_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(160) NOT NULL,
  first_id VARCHAR(160) NOT NULL,
  second_id VARCHAR(160) NOT NULL,
  state VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  agreed_at DATETIME(6) NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (swap_id),
  KEY duty_swaps_of_exam (exam_code),
  CONSTRAINT duty_swap_first FOREIGN KEY (exam_code, first_id) REFERENCES invigilators (exam_code, invigilator_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT duty_swap_second FOREIGN KEY (exam_code, second_id) REFERENCES invigilators (exam_code, invigilator_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT duty_swap_state CHECK (state IN ('asked', 'agreed', 'done', 'refused')),
  CONSTRAINT duty_swap_two CHECK (first_id <> second_id),
  CONSTRAINT duty_swap_by_both CHECK (state NOT IN ('agreed', 'done') OR agreed_at IS NOT NULL),
  CONSTRAINT duty_swap_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
