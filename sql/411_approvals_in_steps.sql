-- Plans that wait for the second officer, or for being put live, stand on the office's first page.
ALTER TABLE plan_approvals ADD KEY IF NOT EXISTS plan_approvals_of_step (step, plan_id)
