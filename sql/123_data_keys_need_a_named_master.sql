-- From here on a wrap under a master key that is not named fails, whoever makes it and whatever it believes. `lost` marks keys that were wrapped
-- by a master key nobody named; a program that has that master key in its file takes them up.
ALTER TABLE data_keys
  ALTER COLUMN lost SET DEFAULT 0,
  ADD CONSTRAINT data_key_master FOREIGN KEY IF NOT EXISTS data_key_master (master_check) REFERENCES key_checks (key_check) ON UPDATE RESTRICT ON DELETE RESTRICT,
  DROP CONSTRAINT IF EXISTS data_key_named,
  ADD CONSTRAINT data_key_named CHECK ((lost = 1) = (master_check IS NULL))
