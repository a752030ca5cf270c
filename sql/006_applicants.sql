-- People. What is about the person is sealed: XChaCha20-Poly1305, bound to population, applicant and column, so that a value cannot be read
-- without the key file nor moved to another row. NULL: nothing said.
CREATE TABLE IF NOT EXISTS applicants (
  population_id INT UNSIGNED NOT NULL,
  applicant_position INT UNSIGNED NOT NULL,
  applicant_id VARCHAR(128) NOT NULL,
  unit_position INT UNSIGNED NOT NULL,
  sex CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  district_code VARCHAR(128) NOT NULL,
  electives VARCHAR(1000) NOT NULL,
  name_sealed VARBINARY(4000) NOT NULL,
  birth_on_sealed VARBINARY(64) NOT NULL,
  home_sealed VARBINARY(80) NOT NULL,
  photo_sealed VARBINARY(4000) NULL,
  accommodation_sealed VARBINARY(200) NULL,
  routing_sealed VARBINARY(80) NULL,
  keep_apart_sealed VARBINARY(4000) NULL,
  origin_sealed VARBINARY(4000) NULL,
  PRIMARY KEY (population_id, applicant_position),
  UNIQUE KEY applicant_id_once (population_id, applicant_id),
  KEY applicants_of_unit (population_id, unit_position),
  CONSTRAINT applicant_unit FOREIGN KEY (population_id, unit_position) REFERENCES units (population_id, unit_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT applicant_id_said CHECK (applicant_id <> ''),
  CONSTRAINT applicant_sex CHECK (sex IN ('M', 'F')),
  CONSTRAINT applicant_sealed CHECK (LENGTH(name_sealed) >= 41 AND LENGTH(birth_on_sealed) >= 45 AND LENGTH(home_sealed) >= 57)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
