-- The records of a collection that stand after an event; null is the latest, for which there is an index.
select
    record.id,
    record.feature_id,
    record.source,
    record.properties as "properties: JsonText"
from record
where
    record.collection = $1
    and (
        $2::bigint is null and record.event_from is not null and record.event_to is null
        or $2::bigint is not null
        and record.event_from <= $2
        and (record.event_to is null or record.event_to > $2)
    )
