-- Of an application that was destroyed with its exam, unit, state and money remain, for the counts and the books: nobody's any more.
ALTER TABLE applications
  ADD COLUMN IF NOT EXISTS destroyed_at DATETIME(6) NULL,
  DROP CONSTRAINT IF EXISTS application_claim,
  DROP CONSTRAINT IF EXISTS application_claims,
  ADD CONSTRAINT application_claims CHECK ((destroyed_at IS NULL AND state IN ('submitted', 'paid')) = (claim_hash IS NOT NULL)),
  DROP CONSTRAINT IF EXISTS application_sealed,
  DROP CONSTRAINT IF EXISTS application_form_sealed,
  ADD CONSTRAINT application_form_sealed CHECK (IF(destroyed_at IS NULL, LENGTH(form_sealed) >= 41, form_sealed = '' AND decisions_sealed IS NULL AND account = ''))
