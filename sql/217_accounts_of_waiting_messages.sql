-- Messages about applications that wait while the schema is upgraded go to confirmed contacts too. What a message is about stands at the
-- end of its dedupe_id.
UPDATE messages m JOIN applications a ON a.application_id = SUBSTRING_INDEX(m.dedupe_id, '/', -1)
SET m.account_id = a.account, m.application_id = a.application_id
WHERE m.state = 'waiting' AND m.account_id IS NULL
