-- Whether papers and pages show a second seat number, 1..n by the desks in use of a room.
ALTER TABLE populations
  ADD COLUMN IF NOT EXISTS seat_numbers VARCHAR(16) NOT NULL DEFAULT 'desks' CHECK (seat_numbers IN ('desks', 'used'))
