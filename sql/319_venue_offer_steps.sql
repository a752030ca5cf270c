-- Every step of an offer: who brought it into which state, and what was said. Nothing here is changed or deleted before the exam's data is destroyed.
CREATE TABLE IF NOT EXISTS venue_offer_steps (
  offer_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  told VARCHAR(2000) NOT NULL,
  seats BIGINT NOT NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (offer_id, version),
  CONSTRAINT step_of_offer FOREIGN KEY (offer_id) REFERENCES venue_offers (offer_id) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
