-- Changes that a decision on one person's health made: that person was told by a message, so that notices of the plan that was published before are still to be given.
ALTER TABLE live_changes ADD COLUMN IF NOT EXISTS by_decision TINYINT NOT NULL DEFAULT 0 CHECK (by_decision IN (0, 1))
