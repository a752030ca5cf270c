-- A guess is counted before it is made, under a random word of its own, and judged afterwards: a right one is taken back.
ALTER TABLE missed_attempts
  ADD COLUMN IF NOT EXISTS guess CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN IF NOT EXISTS judged BOOLEAN NOT NULL DEFAULT TRUE,
  ADD KEY IF NOT EXISTS misses_of_guess (guess)
