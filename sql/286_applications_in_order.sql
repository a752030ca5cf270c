-- Every order and every filter of the office's table has an index that ends with the application's number, so that a page is read from where the last one ended.
ALTER TABLE applications
  ADD KEY IF NOT EXISTS applications_by_number (exam_code, application_id),
  ADD KEY IF NOT EXISTS applications_by_time (exam_code, submitted_at, application_id),
  ADD KEY IF NOT EXISTS applications_by_payment (exam_code, paid_at, application_id),
  ADD KEY IF NOT EXISTS applications_by_state (exam_code, state, application_id),
  ADD KEY IF NOT EXISTS applications_by_unit (exam_code, unit_code, application_id),
  ADD KEY IF NOT EXISTS applications_by_district (exam_code, district_hash, application_id),
  ADD KEY IF NOT EXISTS applications_by_name (exam_code, name_hash, application_id),
  ADD KEY IF NOT EXISTS applications_by_person (exam_code, person_hash, twin, state),
  ADD KEY IF NOT EXISTS applications_by_accommodation (exam_code, accommodation, application_id),
  ADD KEY IF NOT EXISTS applications_by_photo (exam_code, photo, application_id),
  ADD KEY IF NOT EXISTS applications_by_twin (exam_code, twin, application_id)
