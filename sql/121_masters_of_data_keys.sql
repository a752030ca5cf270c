-- The check of the master key that wraps a data key. `lost`: no master key of that number is named; until the next step this is so of all.
ALTER TABLE data_keys
  ADD COLUMN IF NOT EXISTS master_check BINARY(16) NULL,
  ADD COLUMN IF NOT EXISTS lost TINYINT NOT NULL DEFAULT 1
