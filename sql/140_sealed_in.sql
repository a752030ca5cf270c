-- The population in which an applicant's values were sealed; NULL: in its own. A population that differs from another in few people copies the others as they are.
ALTER TABLE applicants
  ADD COLUMN IF NOT EXISTS sealed_in INT UNSIGNED NULL
