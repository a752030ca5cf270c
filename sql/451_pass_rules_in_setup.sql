-- A set-up has a fourth part: the rules by which the marks will be decided on.
ALTER TABLE setup_versions DROP CONSTRAINT IF EXISTS setup_part, ADD CONSTRAINT setup_part CHECK (part IN ('notice', 'policy', 'subjects', 'pass_rules'))
