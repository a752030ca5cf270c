-- What an exam has set for its invigilators: the minute of the rooms, the briefing, instructions, pay, and which chief has which venue. `definition` is text about nobody.
CREATE TABLE IF NOT EXISTS invigilator_boards (
  exam_code VARCHAR(160) NOT NULL,
  definition LONGTEXT NOT NULL,
  rooms_open_at DATETIME(6) NULL,
  changed_at DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT invigilator_board_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
