-- A new release.
insert into release (
    source, demo, content_hash, definition_hash, generation, extracted_on, files, columns, state, waits_because
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
returning id
