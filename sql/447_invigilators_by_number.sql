-- Earlier exams of somebody are found by the number that the office gave them, which is the same from exam to exam.
CREATE INDEX IF NOT EXISTS invigilators_by_number ON invigilators (invigilator_id, exam_code)
