-- Who did without the second officer of a notice: somebody else puts it onto the portal, so that two people stand behind it either way. Empty: nobody did.
ALTER TABLE notice_rules
  ADD COLUMN IF NOT EXISTS waived_by VARCHAR(190) NOT NULL DEFAULT '',
  DROP CONSTRAINT IF EXISTS notice_rule_waived,
  ADD CONSTRAINT notice_rule_waived CHECK (second_officer = 0 OR waived_by = '')
