-- The notices that are stored already, as they are: who saved them before stands in the audit trail only.
INSERT INTO setup_versions (row_id, exam_code, part, version, state, copied_from, author, reason_sealed, saved_at, definition)
SELECT CONCAT(exam_code, '/notice/', version), exam_code, 'notice', version, state, '', '', NULL, changed_at, definition
FROM recruitments
ON DUPLICATE KEY UPDATE row_id = setup_versions.row_id
