-- People without an account who sign for a station by a code. Their names are sealed, of the code a keyed hash is kept.
CREATE TABLE IF NOT EXISTS material_signers (
  exam_code VARCHAR(160) NOT NULL,
  run VARCHAR(190) NOT NULL,
  signer_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  station VARCHAR(200) NOT NULL,
  name_sealed VARBINARY(600) NOT NULL,
  code_hash BINARY(16) NOT NULL,
  issued_by VARCHAR(190) NOT NULL,
  issued_at DATETIME(6) NOT NULL,
  PRIMARY KEY (signer_id),
  UNIQUE KEY signer_of_code (exam_code, run, code_hash),
  CONSTRAINT signer_of_book FOREIGN KEY (exam_code, run) REFERENCES material_books (exam_code, run) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
