-- When the exam of a unit begins and by when people are seated, in minutes after midnight where it is held; NULL: nobody has said it.
ALTER TABLE units
  ADD COLUMN IF NOT EXISTS starts_at SMALLINT UNSIGNED NULL CHECK (starts_at < 1440),
  ADD COLUMN IF NOT EXISTS seated_by SMALLINT UNSIGNED NULL CHECK (seated_by < 1440)
