-- What the institution says on the portal: privacy policy, terms, help and the like, every version of it.
CREATE TABLE IF NOT EXISTS portal_texts (
  page VARCHAR(32) NOT NULL,
  version INT NOT NULL,
  words_ko MEDIUMTEXT NOT NULL,
  words_en MEDIUMTEXT NOT NULL,
  author VARCHAR(190) NOT NULL,
  written_at DATETIME(6) NOT NULL,
  PRIMARY KEY (page, version),
  CONSTRAINT portal_text_version CHECK (version > 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
