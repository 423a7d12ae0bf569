-- The places of records, to be copied; of which records stands in the place of $which.
select
    record.collection,
    location.record_id,
    location.ordinal,
    location.province,
    location.municipality,
    location.municipality_name,
    location.address,
    location.postal_code,
    location.share_percent,
    st_asbinary(location.geometry)
from location
inner join record on record.id = location.record_id
where $which
