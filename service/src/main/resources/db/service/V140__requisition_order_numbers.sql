-- The work order of a requisition is kept by the number that people see.
UPDATE service.requisition
SET work_order = 'W-' || lpad(work_order, greatest(6, length(work_order)), '0')
WHERE work_order ~ '^[0-9]+$';
