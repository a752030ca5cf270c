-- Of plans that were live before their steps were kept: published. Who confirmed them nobody noted.
INSERT INTO plan_approvals (plan_id, step, proposed_by, confirmed_by, changed_at, version)
SELECT l.plan_id, 'published', '', '', l.live_since, 1
FROM live_plans l
ON DUPLICATE KEY UPDATE plan_id = plan_approvals.plan_id
