-- Devices that were signed in before, by the hash of a cookie: nobody's wrong attempts keep them out.
CREATE TABLE IF NOT EXISTS known_devices (
  account_name VARCHAR(64) NOT NULL,
  device_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_used_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account_name, device_hash),
  KEY known_devices_by_use (last_used_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
