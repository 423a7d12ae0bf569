-- The standing records of a source in a collection, by what tells a changed one from an unchanged one.
select record.id, record.feature_id, record.hash
from record
where
    record.source = $1
    and record.collection = $2
    and record.event_from is not null
    and record.event_to is null
