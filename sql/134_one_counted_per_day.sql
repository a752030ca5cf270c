-- One application of a number counts on a day, across all exams.
CREATE UNIQUE INDEX IF NOT EXISTS one_counted_per_day ON applications (exam_on, counted_claim)
