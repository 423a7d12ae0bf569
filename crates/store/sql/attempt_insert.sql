insert into attempt (
    source, url, started_at, elapsed_ms, status, bytes, sha256, etag, last_modified, outcome, error
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
