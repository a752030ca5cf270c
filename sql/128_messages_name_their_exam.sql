-- What a message is about stands at the end of its dedupe_id.
UPDATE messages m
SET m.exam_code = (SELECT a.exam_code FROM applications a WHERE a.application_id = SUBSTRING_INDEX(m.dedupe_id, '/', -1))
WHERE m.exam_code IS NULL AND EXISTS (SELECT 1 FROM applications a WHERE a.application_id = SUBSTRING_INDEX(m.dedupe_id, '/', -1))
