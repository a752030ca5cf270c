-- What goes out before what, whom a message counts for, and what a later one takes the place of.
ALTER TABLE messages
  ADD COLUMN IF NOT EXISTS urgency VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'bulk',
  ADD COLUMN IF NOT EXISTS account_id VARCHAR(160) NULL,
  ADD COLUMN IF NOT EXISTS application_id VARCHAR(160) NULL,
  ADD COLUMN IF NOT EXISTS digest VARCHAR(160) NULL,
  ADD KEY IF NOT EXISTS messages_turn (state, urgency, channel, due_at),
  ADD KEY IF NOT EXISTS messages_digest (digest),
  DROP CONSTRAINT IF EXISTS message_urgency,
  ADD CONSTRAINT message_urgency CHECK (urgency IN ('code', 'soon', 'bulk'))
