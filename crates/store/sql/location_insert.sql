-- Places of record versions.
insert into location (
    record_id, ordinal, precision, province, municipality, municipality_name, address, postal_code, share_percent, geometry
)
select
    place.record_id,
    place.ordinal,
    place.precision,
    place.province,
    place.municipality,
    place.municipality_name,
    place.address,
    place.postal_code,
    place.share_percent,
    st_geomfromwkb(place.geometry, 4326)
from unnest(
    $1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::double precision[], $10::bytea[]
) as place (
    record_id, ordinal, precision, province, municipality, municipality_name, address, postal_code, share_percent, geometry
)
