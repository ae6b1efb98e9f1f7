// Revenue and return of each channel in the last complete month: node query.mjs <workspace>/published/funnelmart.duckdb
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2], { access_mode: 'READ_ONLY' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  select channel, cast(revenue as double) as revenue, roi
  from mart.kpi_by_channel
  where grain = 'month'
    and period_start = (select max(period_start) from mart.kpi_total where grain = 'month' and is_complete)
  order by revenue desc
`);
console.log(JSON.stringify(reader.getRowObjectsJson()));
connection.closeSync();
