-- Versions that ended can be found by their record, whose page tells its history. Only what a release ends enters this index:
-- it costs nothing where records are written for the first time.

create index record_ended on record (collection, feature_id) where event_to is not null;
