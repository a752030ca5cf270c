-- The figures of plans that were stored before they were kept.
UPDATE plans n SET
  n.used_venues = (SELECT COUNT(*) FROM plan_venues v WHERE v.plan_id = n.plan_id),
  n.travel_m = (SELECT COALESCE(SUM(t.travel_m), 0) FROM placements t WHERE t.plan_id = n.plan_id)
WHERE n.used_venues IS NULL OR n.travel_m IS NULL
