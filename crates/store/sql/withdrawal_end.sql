-- Ends the standing records of sources that did not stand as they are just before an event.
update record
set event_to = $3
where
    record.source = any($1)
    and record.event_from is not null
    and record.event_to is null
    and not exists (
        select from record as former
        where
            former.collection = record.collection
            and former.feature_id = record.feature_id
            and former.source = record.source
            and former.hash = record.hash
            and former.event_from < $2
            and (former.event_to is null or former.event_to >= $2)
    )
