-- The clerk finds what it asks about by its time.
ALTER TABLE payments
  ADD KEY IF NOT EXISTS payments_to_ask (to_ask, next_ask_at),
  ADD KEY IF NOT EXISTS payments_of_provider (provider),
  ADD CONSTRAINT IF NOT EXISTS payment_asked CHECK (to_ask = 1 OR state NOT IN ('begun', 'refunding'))
