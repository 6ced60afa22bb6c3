//! What people write when they have nothing in particular to say.

/// After a step towards the target.
pub(crate) const BETTER: [&str; 10] = [
    "Good week.",
    "Small step, but in the right direction.",
    "Better than I expected on Monday.",
    "Steady. Nothing to report.",
    "As planned.",
    "Moving again after a quiet week.",
    "Two things landed at once, don't expect this every week.",
    "The change from last week seems to hold.",
    "Bit by bit.",
    "Numbers are from Friday morning.",
];

/// After no step at all.
pub(crate) const SAME: [&str; 7] = [
    "No change, waiting for the month's numbers.",
    "Flat. Half the team was away.",
    "Nothing new to measure this week.",
    "Same as last week, the next batch is in on Thursday.",
    "Quiet week, two people off sick.",
    "Unchanged. I'd rather not touch it before the stocktaking is over.",
    "Still the old figure, sorry.",
];

/// After a step back.
pub(crate) const WORSE: [&str; 6] = [
    "Went the wrong way, looking into why.",
    "Lost some ground. One bad day explains most of it.",
    "A dip that I can't explain yet.",
    "Down again. Let's talk about it on Tuesday.",
    "Partly a counting mistake last week, partly real.",
    "A short week, and it shows.",
];

/// About something that is done or not, and is not.
pub(crate) const NOT_YET: [&str; 5] = [
    "Not yet.",
    "Still open.",
    "Waiting for an answer.",
    "On the list for next week.",
    "Nearly there, but nearly doesn't count.",
];
