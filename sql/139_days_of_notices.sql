-- Of notices from before: each other day is named by the first calendar of that day.
INSERT INTO notice_days (day_code, exam_code)
SELECT day_code, exam_code
FROM (SELECT CONCAT(r.exam_code, '-', c.name) AS day_code, r.exam_code, ROW_NUMBER() OVER (PARTITION BY r.exam_code, c.exam_on ORDER BY c.place) AS turn
      FROM recruitments r,
           JSON_TABLE(r.definition, '$.calendars[*]' COLUMNS (place FOR ORDINALITY, name VARCHAR(64) PATH '$.name', exam_on VARCHAR(10) PATH '$.exam_on')) c
      WHERE c.exam_on <> DATE_FORMAT(r.exam_on, '%Y-%m-%d')) days
WHERE turn = 1
ON DUPLICATE KEY UPDATE exam_code = notice_days.exam_code
