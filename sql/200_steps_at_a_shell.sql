-- Steps that were taken at a command line: which account of which machine took them for the named officer. Empty: the officer had signed in.
ALTER TABLE plan_approvals
  ADD COLUMN IF NOT EXISTS proposed_at_shell VARCHAR(190) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS confirmed_at_shell VARCHAR(190) NOT NULL DEFAULT ''
