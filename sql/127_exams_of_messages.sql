-- A message about an application is sealed with the key of its exam and destroyed with it. NULL: of no exam.
ALTER TABLE messages
  ADD COLUMN IF NOT EXISTS exam_code VARCHAR(64) NULL,
  ADD KEY IF NOT EXISTS messages_of_exam (exam_code)
