-- Sessions of applicants too, how far a sign-in has come, and what the list of own sessions shows (sealed).
ALTER TABLE sessions
  DROP FOREIGN KEY IF EXISTS session_account,
  ADD COLUMN IF NOT EXISTS stage VARCHAR(16) NOT NULL DEFAULT 'full',
  ADD COLUMN IF NOT EXISTS idle_seconds INT NOT NULL DEFAULT 1800,
  ADD COLUMN IF NOT EXISTS visitor_sealed VARBINARY(1000) NULL,
  ADD COLUMN IF NOT EXISTS pending_sealed VARBINARY(200) NULL
