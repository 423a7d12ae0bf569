-- New versions of records; gives back which row each became.
insert into record (collection, source, release_from, feature_id, properties, hash)
select
    $1,
    $2,
    $3,
    version.feature_id,
    version.properties,
    version.hash
from unnest($4::bigint[], $5::jsonb[], $6::bytea[]) as version (feature_id, properties, hash)
returning id, feature_id
