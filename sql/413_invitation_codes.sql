-- Codes also go to members of the staff, who choose their first password with them.
ALTER TABLE sent_codes
  DROP CONSTRAINT IF EXISTS sent_code_purpose,
  DROP CONSTRAINT IF EXISTS sent_code_purposes,
  ADD CONSTRAINT sent_code_purposes CHECK (purpose IN ('sign_up', 'sign_in', 'reset', 'invitation'))
