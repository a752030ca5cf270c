-- In place of it: one_counted_per_day. A number that somebody has only typed keeps nobody from applying.
DROP INDEX IF EXISTS one_per_day ON applications
