-- Which entries tell of reading a person's data, by a keyed hash of the person's id: so that one person can be told who read.
CREATE TABLE IF NOT EXISTS audit_people (
  person_hash BINARY(16) NOT NULL,
  lane INT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (person_hash, lane, place),
  KEY audit_people_of_entry (lane, place)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
