-- Questions to schools whether they confirm an offer: the hash of the link's secret and the keyed hash of the code. One is good for one version of the offer.
CREATE TABLE IF NOT EXISTS venue_confirmations (
  ticket_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  offer_version BIGINT NOT NULL,
  code_hash BINARY(16) NOT NULL,
  misses INT NOT NULL,
  used BOOLEAN NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ticket_hash),
  KEY confirmations_of_offer (offer_id),
  KEY confirmations_to_remove (expires_at),
  CONSTRAINT confirmation_of_offer FOREIGN KEY (offer_id) REFERENCES venue_offers (offer_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT confirmation_misses CHECK (misses >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
