-- Writes an answer down as the present one to its question.
insert into answer (
    strategy, question, tag, measure, subject_collection, object_collection, releases, state, absent,
    sliver_area_m2, sliver_share, inside, partly_inside, somewhere_in_municipality, unlocated, outside, slivers,
    count, area_m2, length_m, funding_cents
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
returning id
