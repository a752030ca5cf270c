-- Who else names the number.
CREATE INDEX IF NOT EXISTS claims_of_day ON applications (exam_on, claim_hash)
