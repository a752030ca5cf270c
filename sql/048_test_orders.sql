-- Books of the test payment provider, which stands for somebody else's.
CREATE TABLE IF NOT EXISTS test_orders (
  order_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_won INT NOT NULL,
  paid_at DATETIME(6) NULL,
  why VARCHAR(200) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (order_id),
  CONSTRAINT test_order_state CHECK (state IN ('waiting', 'paid', 'failed', 'refunded'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
