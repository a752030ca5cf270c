-- The second factor of the staff (its secret sealed; the newest step whose code was taken), and accounts that may not sign in. An account
-- without password signs in through an identity provider.
ALTER TABLE accounts
  ADD COLUMN IF NOT EXISTS disabled BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN IF NOT EXISTS totp_sealed VARBINARY(200) NULL,
  ADD COLUMN IF NOT EXISTS totp_step BIGINT NOT NULL DEFAULT 0,
  DROP CONSTRAINT IF EXISTS account_password
