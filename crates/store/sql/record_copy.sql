-- Records, to be copied; which ones stands in the place of $which.
select record.id, record.feature_id, record.collection, record.source, record.properties
from record
where $which
