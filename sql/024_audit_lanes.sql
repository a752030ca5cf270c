-- Where each chain of audit entries ends. Writers of different lanes do not wait for one another.
CREATE TABLE IF NOT EXISTS audit_lanes (
  lane INT NOT NULL,
  entries BIGINT NOT NULL,
  head BINARY(32) NOT NULL,
  PRIMARY KEY (lane),
  CONSTRAINT audit_lane_known CHECK (lane BETWEEN 0 AND 63),
  CONSTRAINT audit_lane_entries CHECK (entries >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
