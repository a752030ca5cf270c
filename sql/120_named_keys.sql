-- A key is named once, whatever it is for, so that a wrapped key can refer to the master key that closes it. The key that signs receipts is
-- named too.
ALTER TABLE key_checks
  ADD UNIQUE KEY IF NOT EXISTS key_named_once (key_check),
  DROP CONSTRAINT IF EXISTS key_purpose,
  DROP CONSTRAINT IF EXISTS key_purposes,
  ADD CONSTRAINT key_purposes CHECK (purpose IN ('personal', 'lookup', 'receipt'))
