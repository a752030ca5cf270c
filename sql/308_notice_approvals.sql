-- Who proposed and who confirmed a version of a notice. Another version is another notice, without any step.
CREATE TABLE IF NOT EXISTS notice_approvals (
  exam_code VARCHAR(64) NOT NULL,
  notice_version BIGINT NOT NULL,
  proposed_by VARCHAR(190) NOT NULL,
  confirmed_by VARCHAR(190) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (exam_code),
  CONSTRAINT approval_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT notice_confirmed_by_another CHECK (confirmed_by = '' OR (proposed_by <> '' AND confirmed_by <> proposed_by)),
  CONSTRAINT notice_approval_version CHECK (version >= 1 AND notice_version >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
