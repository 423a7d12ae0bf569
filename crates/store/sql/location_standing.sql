-- The places of the standing records of a collection.
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
where record.collection = $1 and record.release_to is null
order by location.record_id, location.ordinal
