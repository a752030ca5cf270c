-- Whose a number is, is open until somebody has proven it: several may name the same number, and one of a day counts.
ALTER TABLE applications
  ADD COLUMN IF NOT EXISTS claim VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'typed',
  ADD COLUMN IF NOT EXISTS counted_claim BINARY(16) AS (IF(state = 'paid', claim_hash, NULL)) PERSISTENT,
  ADD CONSTRAINT IF NOT EXISTS application_claim_word CHECK (claim IN ('typed', 'proven'))
