-- How many applications stand by sex, age and residence: counted by a job, because the forms are sealed. Numbers of people, nobody's row.
CREATE TABLE IF NOT EXISTS application_figures (
  exam_code VARCHAR(64) NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  word VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  people BIGINT NOT NULL,
  counted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (exam_code, kind, word),
  CONSTRAINT figures_of_recruitment FOREIGN KEY (exam_code) REFERENCES recruitments (exam_code) ON UPDATE RESTRICT ON DELETE RESTRICT,
  CONSTRAINT figure_kind CHECK (kind IN ('sex', 'age', 'residence')),
  CONSTRAINT figure_people CHECK (people >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
