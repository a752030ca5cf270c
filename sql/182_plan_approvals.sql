-- How far a plan is on its way to being published, changed by compare-and-set on version. A plan without a row is checked, or incomplete.
CREATE TABLE IF NOT EXISTS plan_approvals (
  plan_id INT UNSIGNED NOT NULL,
  step VARCHAR(9) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  proposed_by VARCHAR(190) NOT NULL,
  confirmed_by VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (plan_id),
  CONSTRAINT plan_approval_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT plan_approval_step CHECK (step IN ('checked', 'proposed', 'confirmed', 'published')),
  CONSTRAINT plan_approval_officers CHECK (step <> 'confirmed' OR (confirmed_by <> '' AND proposed_by <> '' AND confirmed_by <> proposed_by)),
  CONSTRAINT plan_approval_proposed CHECK (step <> 'proposed' OR proposed_by <> ''),
  CONSTRAINT plan_approval_version CHECK (version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
