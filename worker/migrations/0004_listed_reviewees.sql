-- How many people a review cycle is about, as the hosted service says, which does not list the reviews: 0 for one of ours.
ALTER TABLE review_cycles ADD COLUMN listed_reviewees INTEGER NOT NULL DEFAULT 0;
