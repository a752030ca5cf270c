-- The same of instructions.
ALTER TABLE venue_instructions DROP FOREIGN KEY IF EXISTS instruction_of_request
