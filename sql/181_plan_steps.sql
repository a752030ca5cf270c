-- How a plan came about, the last step being the plan itself. Reasons and moves are about people: sealed; NULL: nothing said.
CREATE TABLE IF NOT EXISTS plan_steps (
  plan_id INT UNSIGNED NOT NULL,
  step_no INT UNSIGNED NOT NULL,
  kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  input_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  program_version VARCHAR(64) NOT NULL,
  seed VARCHAR(64) NOT NULL,
  rounds BIGINT NOT NULL,
  author VARCHAR(700) NOT NULL,
  made_at VARCHAR(40) NOT NULL,
  reason_sealed MEDIUMBLOB NULL,
  moves_sealed MEDIUMBLOB NULL,
  PRIMARY KEY (plan_id, step_no),
  CONSTRAINT plan_step_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT plan_step_kind CHECK (kind IN ('plan', 'given', 'replan', 'edit')),
  CONSTRAINT plan_step_no_from_one CHECK (step_no >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
