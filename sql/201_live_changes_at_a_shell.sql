-- The same of changes of live pointers.
ALTER TABLE live_changes ADD COLUMN IF NOT EXISTS at_shell VARCHAR(190) NOT NULL DEFAULT ''
