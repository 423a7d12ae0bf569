-- A new release.
insert into release (
    source, collection, demo, content_hash, definition_hash, generation, extracted_on,
    rows_read, rows_accepted, rows_quarantined, rows_filtered,
    locations_read, locations_accepted, locations_quarantined, locations_filtered,
    records_added, records_changed, records_removed, records_unchanged,
    files
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
returning id
