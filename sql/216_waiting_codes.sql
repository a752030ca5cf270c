-- Codes that wait while the schema is upgraded.
UPDATE messages SET urgency = 'code' WHERE state = 'waiting' AND dedupe_id LIKE 'code/%'
