-- Payments from before: of the application's account, for half an hour, asked about as long as their end is unknown.
UPDATE payments JOIN applications ON applications.application_id = payments.application_id
SET payments.account = applications.account,
    payments.expires_at = payments.begun_at + INTERVAL 30 MINUTE,
    payments.to_ask = IF(payments.state IN ('begun', 'refunding'), 1, 0),
    payments.next_ask_at = payments.begun_at
WHERE payments.account = ''
