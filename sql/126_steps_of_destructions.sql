-- begun_at: from now on nothing more is sealed for the exam. keys_gone_at: its keys are deleted and the master key is another one.
ALTER TABLE destructions
  ADD COLUMN IF NOT EXISTS begun_at DATETIME(6) NULL,
  ADD COLUMN IF NOT EXISTS keys_gone_at DATETIME(6) NULL
