-- Whom to call on the day and what else venues are told: of the city (district_code is empty) and of each district. Sealed, because it names people.
CREATE TABLE IF NOT EXISTS briefing_notes (
  exam_code VARCHAR(160) NOT NULL,
  district_code VARCHAR(64) NOT NULL,
  words_sealed BLOB NOT NULL,
  version BIGINT NOT NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, district_code),
  CONSTRAINT briefing_note_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
