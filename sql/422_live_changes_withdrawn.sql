-- Changes after which no plan is live: the named one was withdrawn.
ALTER TABLE live_changes ADD COLUMN IF NOT EXISTS withdrawn TINYINT NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1))
