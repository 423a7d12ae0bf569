-- The number that the next record will have.
select case when is_called then last_value + 1 else last_value end as next
from record_id_seq
