-- The first byte of a wrapped key is the number of its master key.
UPDATE data_keys d
SET d.lost = 0, d.master_check = (SELECT k.key_check FROM key_checks k WHERE k.purpose = 'personal' AND k.key_number = ORD(LEFT(d.wrapped, 1)))
WHERE d.master_check IS NULL AND EXISTS (SELECT 1 FROM key_checks k WHERE k.purpose = 'personal' AND k.key_number = ORD(LEFT(d.wrapped, 1)))
