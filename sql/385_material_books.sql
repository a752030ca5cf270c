-- One ledger of materials for an exam (run is empty), and one for the dry run of each account (run is its name). Of the dry run every row is deleted when it ends.
CREATE TABLE IF NOT EXISTS material_books (
  exam_code VARCHAR(160) NOT NULL,
  run VARCHAR(190) NOT NULL,
  spare_sheets INT NOT NULL,
  seals INT NOT NULL,
  reserve_booklets INT NOT NULL,
  envelopes_per_box INT NOT NULL,
  version BIGINT NOT NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, run),
  CONSTRAINT material_settings CHECK (spare_sheets >= 0 AND seals >= 0 AND reserve_booklets >= 0 AND envelopes_per_box >= 1 AND version >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
