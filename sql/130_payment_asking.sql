-- Until when an order can be paid, at which provider, and when that provider is asked about it next (to_ask = 0: never again).
ALTER TABLE payments
  ADD COLUMN IF NOT EXISTS provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'test',
  ADD COLUMN IF NOT EXISTS account VARCHAR(64) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS expires_at DATETIME(6) NOT NULL DEFAULT '1970-01-01 00:00:00',
  ADD COLUMN IF NOT EXISTS to_ask TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS asks INT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS next_ask_at DATETIME(6) NOT NULL DEFAULT '1970-01-01 00:00:00'
