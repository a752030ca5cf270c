-- Why a file was sent to be imported, sealed: whoever has looked at its preview is not asked again.
ALTER TABLE job_files
  DROP CONSTRAINT IF EXISTS job_file_what,
  DROP CONSTRAINT IF EXISTS job_file_kinds,
  ADD CONSTRAINT job_file_kinds CHECK (what IN ('input', 'faults', 'sent', 'marked', 'reason'))
