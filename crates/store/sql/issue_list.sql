-- The issues of a release, in their order.
select
    issue.file, issue.line, issue.entry, issue.record, issue.field, issue.value, issue.kind, issue.severity, issue.message
from issue
where issue.release_id = $1
order by issue.ordinal
