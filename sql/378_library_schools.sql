-- Schools that districts keep beyond one exam, with their rooms as rows of rooms.csv. The person at the school stands sealed, by a key of no exam, and goes when the school is removed.
CREATE TABLE IF NOT EXISTS library_schools (
  district_code VARCHAR(64) NOT NULL,
  school_code VARCHAR(64) NOT NULL,
  name VARCHAR(300) NOT NULL,
  address VARCHAR(600) NOT NULL,
  lat DOUBLE NOT NULL,
  lon DOUBLE NOT NULL,
  kind VARCHAR(13) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone VARCHAR(100) NOT NULL,
  access_note VARCHAR(2000) NOT NULL,
  note VARCHAR(2000) NOT NULL,
  contact_sealed VARBINARY(2400) NULL,
  rooms MEDIUMTEXT NOT NULL,
  from_exam VARCHAR(160) NOT NULL,
  version BIGINT NOT NULL,
  author VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (district_code, school_code),
  CONSTRAINT library_school_kind CHECK (kind IN ('regular', 'isolation', 'accommodation')),
  CONSTRAINT library_school_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
