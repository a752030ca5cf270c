-- How many venues a plan uses and how far its people travel together, counted of its placements, so that a page need not read them.
ALTER TABLE plans ADD COLUMN IF NOT EXISTS used_venues BIGINT NULL, ADD COLUMN IF NOT EXISTS travel_m BIGINT NULL
