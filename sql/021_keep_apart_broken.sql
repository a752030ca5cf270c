-- Pairs with the same keep_apart word whom a plan seats side by side; the word may name a household and is sealed.
CREATE TABLE IF NOT EXISTS keep_apart_broken (
  plan_id INT UNSIGNED NOT NULL,
  broken_position INT UNSIGNED NOT NULL,
  first_position INT UNSIGNED NOT NULL,
  second_position INT UNSIGNED NOT NULL,
  word_sealed VARBINARY(4000) NOT NULL,
  reason_en VARCHAR(2000) NOT NULL,
  reason_ko VARCHAR(2000) NOT NULL,
  PRIMARY KEY (plan_id, broken_position),
  KEY keep_apart_first (plan_id, first_position),
  KEY keep_apart_second (plan_id, second_position),
  CONSTRAINT keep_apart_first_seated FOREIGN KEY (plan_id, first_position) REFERENCES placements (plan_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT keep_apart_second_seated FOREIGN KEY (plan_id, second_position) REFERENCES placements (plan_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT keep_apart_two CHECK (first_position <> second_position)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
