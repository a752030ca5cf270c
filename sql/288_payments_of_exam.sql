-- The list of an exam's refunds.
CREATE INDEX IF NOT EXISTS payments_of_exam ON payments (exam_code, state, payment_id)
