-- The places of versions of records, in words.
select
    location.record_id,
    string_agg(
        concat_ws(
            ' ',
            location.precision, location.province, location.municipality, location.municipality_name,
            location.address, location.postal_code, location.share_percent || '%',
            case when location.geometry is not null then left(md5(st_asbinary(location.geometry)), 8) end
        ),
        '; '
        order by location.ordinal
    ) as "places!"
from location
where location.record_id = any($1)
group by location.record_id
