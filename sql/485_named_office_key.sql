-- The key under which only programs with the office listener read marks, decisions and special cases is named too.
ALTER TABLE key_checks
  DROP CONSTRAINT IF EXISTS key_purposes,
  DROP CONSTRAINT IF EXISTS key_purposes_with_office,
  ADD CONSTRAINT key_purposes_with_office CHECK (purpose IN ('personal', 'lookup', 'receipt', 'office'))
