-- So do venues that wait for the city.
ALTER TABLE venue_offers ADD KEY IF NOT EXISTS venue_offers_of_state (exam_code, state, changed_at)
