-- What releases say of each collection.
select part.*
from release_part as part
where part.release_id = any($1)
order by part.release_id, part.collection
