-- The records of a collection that stand after an event; null is the latest.
select
    record.id,
    record.feature_id,
    record.source,
    record.properties
from record
where
    record.collection = $1
    and record.event_from <= coalesce($2, record.event_from)
    and (record.event_to is null or record.event_to > $2)
order by record.id
