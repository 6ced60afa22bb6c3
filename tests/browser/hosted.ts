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
  "a target that is eased asks why, and the history keeps the original": "the service keeps no reasons",
  "a key result moves to another OKR with its history": "the service moves none",
  "the arrow keys tell in the chart why a target moved": "the service keeps no reasons",
  "a KPI shows the period that its address asks for": "needs the demo's history",
  "only admins are shown the keys and the members": "needs the demo's people",
};

/** Those that end before anything reaches a server, or where the test answers in its place: by their titles,
 * the file whose code is all that they are about. */
const equal: Record<string, string> = {
  "a key without scopes is refused where they are chosen": "app/src/pages/settings/api_keys/new_key.rs",
  "a form that came too soon says when it can be sent again, until it can": "app/src/components/pause.rs",
  "what is no number is refused where the focus stays": "app/src/components/check_in/draft.rs",
  "a refusal that comes late takes the focus from nobody": "app/src/components/check_in.rs",
  "words that are not sent survive a reload": "app/src/drafts.rs",
  "a check-in that the server refuses comes back with all that was typed": "app/src/components/check_in.rs",
  "a value that is no number is refused where the focus stays": "app/src/components/record_value.rs",
  "days are those of the workspace, not of the browser": "app/src/locale.rs",
  "one that the server refuses in the end comes back with its words": "app/src/outbox.rs",
  "a value of a KPI that was typed as the session ended is there afterwards": "app/src/outbox.rs",
  "a comment whose answer was lost is said once, and the same one again later is another": "app/src/outbox.rs",
  "one’s own comment is deleted once one is sure": "worker/src/ops/comments.rs",
  "a form that comes late still begins in its first field": "app/src/components/okr_form.rs",
  "what is missing is said under its field, and the focus goes there": "app/src/components/okr_form/draft.rs",
  "leaving a form asks before it throws words away, and gives the focus back":
    "app/src/components/ui/panel.rs",
};

/** Matches the titles of those. */
export const leftOut = Object.keys({ ...reasons, ...equal }).map(
  (title) => new RegExp(title.replace(/[.?]/g, "\\$&")),
);
