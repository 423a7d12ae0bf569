-- The places of the records of a release that waits, in one collection.
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
where record.release_id = $1 and record.collection = $2 and record.event_from is null
