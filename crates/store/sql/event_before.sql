-- The latest event at or before an instant.
select max(event.id) as id
from event
where event.at <= $1
