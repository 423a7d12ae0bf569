-- The records of a release that waits, in one collection.
select record.id, record.feature_id, record.source, record.properties
from record
where record.release_id = $1 and record.collection = $2 and record.event_from is null
order by record.id
