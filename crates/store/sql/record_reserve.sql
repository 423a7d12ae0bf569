-- Takes a run of numbers for new rows and gives the first of them.
with taken as (
    select nextval(pg_get_serial_sequence('record', 'id')) as first
)
select setval(pg_get_serial_sequence('record', 'id'), taken.first + $1 - 1) - $1 + 1 as first
from taken
