-- The records of a release that waits, in one collection.
select record.id, record.feature_id, record.source, record.properties as "properties: JsonText"
from record
where record.release_id = $1 and record.collection = $2 and record.event_from is null
