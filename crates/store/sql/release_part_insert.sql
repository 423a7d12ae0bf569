-- What a release says of one collection.
insert into release_part (
    release_id, collection,
    rows_read, rows_accepted, rows_quarantined, rows_filtered,
    locations_read, locations_accepted, locations_quarantined, locations_filtered,
    records_added, records_changed, records_removed, records_unchanged
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
