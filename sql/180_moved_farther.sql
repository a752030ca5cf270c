-- Re-planning: how much farther nobody moved should travel, in metres. NULL: no limit.
ALTER TABLE populations ADD COLUMN IF NOT EXISTS moved_farther_m BIGINT NULL
