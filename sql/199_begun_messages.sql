-- How often sending was begun since it last ended in any way: a message on which programs die is given up in the end.
ALTER TABLE messages
  ADD COLUMN IF NOT EXISTS begun INT NOT NULL DEFAULT 0
