-- Payments at the provider. At most one of an application is begun or paid.
CREATE TABLE IF NOT EXISTS payments (
  payment_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  application_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  exam_code VARCHAR(64) NOT NULL,
  amount_won INT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  settled_at DATETIME(6) NULL,
  why VARCHAR(200) NOT NULL,
  live_application VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin AS (IF(state IN ('begun', 'paid'), application_id, NULL)) PERSISTENT,
  PRIMARY KEY (payment_id),
  UNIQUE KEY one_live_payment (live_application),
  KEY payments_of_application (application_id),
  KEY payments_unsettled (state, begun_at),
  CONSTRAINT payment_application FOREIGN KEY (application_id) REFERENCES applications (application_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT payment_state CHECK (state IN ('begun', 'paid', 'failed', 'refunding', 'refunded')),
  CONSTRAINT payment_amount CHECK (amount_won > 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
