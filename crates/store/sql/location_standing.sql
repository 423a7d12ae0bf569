-- The places of the records of a collection that stand after an event; null is the latest. In the order of each record only.
select
    location.record_id,
    location.ordinal,
    location.province,
    location.municipality,
    location.municipality_name,
    location.address,
    location.postal_code,
    location.share_percent,
    st_asbinary(location.geometry) as geometry
from location
inner join record on record.id = location.record_id
where
    record.collection = $1
    and (
        $2::bigint is null and record.event_from is not null and record.event_to is null
        or $2::bigint is not null
        and record.event_from <= $2
        and (record.event_to is null or record.event_to > $2)
    )
