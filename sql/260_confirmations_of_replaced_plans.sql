-- A confirmation is of the change that it was given for: of plans that gave way before this was so, it counts no more. Who confirmed them stands in the audit trail.
UPDATE plan_approvals a LEFT JOIN live_plans l ON l.plan_id = a.plan_id
SET a.proposed_by = '', a.confirmed_by = '', a.proposed_at_shell = '', a.confirmed_at_shell = '', a.version = a.version + 1
WHERE a.step = 'published' AND a.confirmed_by <> '' AND l.plan_id IS NULL
