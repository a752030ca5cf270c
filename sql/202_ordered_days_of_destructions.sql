-- The day after the exam for which a destruction was ordered; if the exam is postponed to that day or a later one, the order waits until it is held. NULL: it need not be held.
ALTER TABLE destructions ADD COLUMN IF NOT EXISTS ordered_day DATE NULL
