-- What a person was told stands on the person's page in the office.
CREATE INDEX IF NOT EXISTS messages_of_application ON messages (application_id, message_id)
