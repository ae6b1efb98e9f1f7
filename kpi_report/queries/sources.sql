select
    source, "table", files, newest_extract_at, newest_data_date, rows_in, rows_kept, rows_refused, rows_replaced,
    rows_filtered, rows_empty
from _meta.sources
where files > 0
order by source, "table"
