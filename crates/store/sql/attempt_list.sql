-- Attempts of a source, the latest first: all of them, or those that brought or kept the file of one address.
select
    source,
    url,
    started_at,
    elapsed_ms,
    status,
    bytes,
    sha256,
    etag,
    last_modified,
    outcome,
    error
from attempt
where
    source = $1
    and ($2::text is null or (url = $2 and outcome <> 'failed'))
order by id desc
limit $3
