-- What is known of a release once its records have been read; it was read, and published, now.
with finished as (
    update release
    set extracted_on = $2, waits_because = $3, read_at = clock_timestamp()
    where id = $1
)
update event set at = clock_timestamp() where release_id = $1
