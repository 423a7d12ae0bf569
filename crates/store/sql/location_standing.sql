-- The places of the records of a collection that stand after an event; null is the latest.
select
    location.record_id,
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
    and record.event_from <= coalesce($2, record.event_from)
    and (record.event_to is null or record.event_to > $2)
order by location.record_id, location.ordinal
