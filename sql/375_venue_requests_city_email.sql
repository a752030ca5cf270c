-- Where the city is told that something of its request for venues waits for it; sealed, and NULL where it is told nothing.
ALTER TABLE venue_requests ADD COLUMN IF NOT EXISTS city_email_sealed VARBINARY(1200) NULL
