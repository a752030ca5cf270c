-- What the office's table of applications filters by without opening a form: keyed hashes of the district, of the name and of the person (name and birth date), whether a photo is there, how far accommodations are decided (0 none, 1 waiting, 2 asked back, 3 decided), and whether a standing application of the same exam names the same person. name_hash NULL: not filled in yet.
ALTER TABLE applications
  ADD COLUMN IF NOT EXISTS district_hash BINARY(16) NULL,
  ADD COLUMN IF NOT EXISTS name_hash BINARY(16) NULL,
  ADD COLUMN IF NOT EXISTS person_hash BINARY(16) NULL,
  ADD COLUMN IF NOT EXISTS photo TINYINT NULL,
  ADD COLUMN IF NOT EXISTS accommodation TINYINT NULL,
  ADD COLUMN IF NOT EXISTS twin TINYINT NOT NULL DEFAULT 0,
  DROP CONSTRAINT IF EXISTS application_keyed,
  ADD CONSTRAINT application_keyed CHECK (destroyed_at IS NULL OR (district_hash IS NULL AND name_hash IS NULL AND person_hash IS NULL AND photo IS NULL AND accommodation IS NULL AND twin = 0)),
  DROP CONSTRAINT IF EXISTS application_marks,
  ADD CONSTRAINT application_marks CHECK (COALESCE(photo, 0) IN (0, 1) AND COALESCE(accommodation, 0) IN (0, 1, 2, 3) AND twin IN (0, 1))
