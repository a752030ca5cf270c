-- What a job leaves for whoever ordered it: a package that was looked at and may be imported, and a workbook with its bad cells marked.
ALTER TABLE job_files
  DROP CONSTRAINT IF EXISTS job_file_what,
  DROP CONSTRAINT IF EXISTS job_file_kinds,
  ADD CONSTRAINT job_file_kinds CHECK (what IN ('input', 'faults', 'sent', 'marked'))
