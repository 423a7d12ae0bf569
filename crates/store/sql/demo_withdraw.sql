-- Ends the invented records of a collection: official data takes their place.
update record
set release_to = $2
where
    collection = $1
    and release_to is null
    and source in (select release.source from release where release.collection = $1 and release.demo)
