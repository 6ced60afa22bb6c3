// Creates the KPIs of a JSON file: bulk_import.mjs FILE
// A record that the API refuses is reported with its reason; the others are created all the same.
import fs from 'node:fs';

const { BASE, API_KEY } = process.env; // BASE: https://your.host/api/v1
const { kpis } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

async function create(kpi) {
  const response = await fetch(`${BASE}/kpis`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${API_KEY}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(kpi),
  });
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after'));
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return create(kpi);
  }
  const body = await response.json();
  if (response.ok) {
    console.log('created', body.id, body.name);
  } else {
    console.error('refused', kpi.name, '-', body.message);
  }
}

for (const kpi of kpis) {
  await create(kpi);
}
