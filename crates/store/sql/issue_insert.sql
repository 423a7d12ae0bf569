-- The issues of a release, in their order.
insert into issue (release_id, ordinal, file, line, field, value, kind, severity, message)
select
    $1,
    fault.ordinal,
    fault.file,
    fault.line,
    fault.field,
    fault.value,
    fault.kind,
    fault.severity,
    fault.message
from unnest(
    $2::integer[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]
) as fault (ordinal, file, line, field, value, kind, severity, message)
