-- The standing records of a collection.
select
    record.id,
    record.feature_id,
    record.source,
    record.properties
from record
where record.collection = $1 and record.release_to is null
order by record.id
