-- Begins anew, as copies, the records of sources that stood just before an event and stand no more.
with former as (
    select record.* from record
    where
        record.source = any($1)
        and record.event_from < $2
        and (record.event_to is null or record.event_to >= $2)
        and not exists (
            select from record as standing
            where
                standing.collection = record.collection
                and standing.feature_id = record.feature_id
                and standing.source = record.source
                and standing.hash = record.hash
                and standing.event_from is not null
                and standing.event_to is null
        )
),

begun as (
    insert into record (collection, source, release_id, event_from, feature_id, properties, hash)
    select
        former.collection, former.source, former.release_id, $3::bigint, former.feature_id, former.properties, former.hash
    from former
    returning id, collection, feature_id
)

insert into location (
    record_id, ordinal, precision, province, municipality, municipality_name, address, postal_code, share_percent, geometry
)
select
    begun.id,
    location.ordinal, location.precision, location.province, location.municipality, location.municipality_name,
    location.address, location.postal_code, location.share_percent, location.geometry
from former
inner join begun on begun.collection = former.collection and begun.feature_id = former.feature_id
inner join location on location.record_id = former.id
