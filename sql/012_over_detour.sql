-- People whose detour is over the policy's cap.
CREATE TABLE IF NOT EXISTS over_detour (
  plan_id INT UNSIGNED NOT NULL,
  applicant_position INT UNSIGNED NOT NULL,
  travel_m BIGINT NOT NULL,
  detour_m BIGINT NOT NULL,
  PRIMARY KEY (plan_id, applicant_position),
  CONSTRAINT over_detour_placement FOREIGN KEY (plan_id, applicant_position) REFERENCES placements (plan_id, applicant_position) ON UPDATE RESTRICT ON DELETE RESTRICT
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
