-- The audit trail is searched by what was done, the newest first.
ALTER TABLE audit_entries
  ADD KEY IF NOT EXISTS audit_of_action (action, audit_id)
