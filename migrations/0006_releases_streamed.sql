-- Records are written while their source is read, before it is known what the whole release comes to. What the database looked at
-- for each of them took as long as the writing: that its release is there (`remix check` looks after it, as after the other
-- references of records), patterns of codes that only codes can have, and names of collections compared before numbers.

alter table record drop constraint record_release_id_fkey;

-- The program numbers releases itself: one that comes to nothing leaves no gap.
alter table release alter column id drop identity;

drop index record_standing;
create unique index record_standing on record (feature_id, collection)
    where event_from is not null and event_to is null;

alter table location
    drop constraint location_province_check,
    drop constraint location_municipality_check,
    add constraint location_province_check check (octet_length(province) = 3),
    add constraint location_municipality_check check (octet_length(municipality) = 6);
