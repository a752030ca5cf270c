-- What one officer wants changed of a notice that applicants see already: it waits for another officer, and nobody else sees it. It counts for one version of the notice only. Why it was proposed, and why it was turned down, is sealed: it may name people.
CREATE TABLE IF NOT EXISTS notice_proposals (
  exam_code VARCHAR(64) NOT NULL,
  base_version BIGINT NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  definition MEDIUMTEXT NOT NULL,
  proposed_by VARCHAR(190) NOT NULL,
  proposed_at_shell VARCHAR(190) NOT NULL,
  proposed_at DATETIME(6) NOT NULL,
  reason_sealed MEDIUMBLOB NULL,
  refused_by VARCHAR(190) NOT NULL,
  refused_at DATETIME(6) NULL,
  refusal_sealed MEDIUMBLOB NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT notice_proposal_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT notice_proposal_said CHECK (proposed_by <> '' AND base_version >= 1),
  CONSTRAINT notice_proposal_refused CHECK (refused_by <> proposed_by AND (refused_by = '') = (refused_at IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
