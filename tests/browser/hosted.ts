// Which journeys are made in front of the hosted service as well, and why not the others. There every
// journey has a workspace of its own, and no demo.

/** The files whose journeys are: what people do every week, and what this app says of the service. */
export const hosted = [
  "api_keys.spec.ts",
  "check_in.spec.ts",
  "home.spec.ts",
  "hosted.spec.ts",
  "kpis.spec.ts",
  "offline.spec.ts",
  "okr_page.spec.ts",
  "planning.spec.ts",
  "sessions.spec.ts",
];

/** The journeys in them that are not, by their titles, and why. */
const reasons: Record<string, string> = {
  "a deleted OKR comes back when its deletion is undone": "the service brings nothing back",
  "a deleted KPI comes back when its deletion is undone": "the service deletes no KPIs",
  "a slip in a check-in is corrected, and the history says that it was": "the service corrects nothing",
  "a key result moves to another OKR with its history": "the service moves none",
  "the arrow keys tell in the chart why a target moved": "the service keeps no reasons",
  "a KPI shows the period that its address asks for": "needs the demo's history",
  "only admins are shown the keys and the members": "needs the demo's people",
};

/** Matches the titles of those. */
export const leftOut = Object.keys(reasons).map((title) => new RegExp(title.replace(/[.?]/g, "\\$&")));
