-- Of pointers that were set before their changes were kept: the last one, without its author and the plan that gave way, which nobody noted.
INSERT INTO live_changes (exam_id, version, plan_id, before_plan_id, author, changed_at, emergency)
SELECT l.exam_id, l.version, l.plan_id, NULL, '', l.live_since, 0
FROM live_plans l
ON DUPLICATE KEY UPDATE version = live_changes.version
