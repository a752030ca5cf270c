-- Orders that an account has begun, by hour: counted before they are compared with the limit.
CREATE TABLE IF NOT EXISTS order_counts (
  account VARCHAR(64) NOT NULL,
  hour_began DATETIME NOT NULL,
  orders INT NOT NULL,
  PRIMARY KEY (account, hour_began),
  CONSTRAINT order_count CHECK (orders >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
