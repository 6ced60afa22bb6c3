//! A writing coach: says quietly what often goes wrong with OKRs. It never refuses anything.

/// More key results than this are hard to keep in mind.
pub const MOST_KEY_RESULTS: usize = 5;

/// Verbs that begin what one does, not what one reaches.
const OUTPUT_VERBS: [&str; 38] = [
    "add",
    "analyse",
    "analyze",
    "automate",
    "build",
    "complete",
    "conduct",
    "create",
    "define",
    "deliver",
    "deploy",
    "design",
    "develop",
    "document",
    "evaluate",
    "execute",
    "finish",
    "hire",
    "implement",
    "install",
    "integrate",
    "introduce",
    "launch",
    "migrate",
    "organise",
    "organize",
    "plan",
    "prepare",
    "publish",
    "redesign",
    "refactor",
    "release",
    "replace",
    "research",
    "rewrite",
    "ship",
    "test",
    "write",
];

/// Verbs of two words that begin what one does.
const OUTPUT_PHRASES: [&str; 4] = ["set up", "roll out", "work on", "carry out"];

/// Words that say how well, how much or how often: what is delivered can be held against them.
const MEASURES: [&str; 56] = [
    "all",
    "amazing",
    "any",
    "awesome",
    "best",
    "better",
    "billion",
    "daily",
    "delightful",
    "double",
    "each",
    "easier",
    "easy",
    "effective",
    "eight",
    "engaging",
    "every",
    "excellent",
    "fast",
    "faster",
    "fastest",
    "fewer",
    "first",
    "five",
    "four",
    "great",
    "half",
    "highest",
    "hundred",
    "killer",
    "leading",
    "least",
    "less",
    "loved",
    "million",
    "monthly",
    "more",
    "most",
    "next-generation",
    "nine",
    "no",
    "once",
    "one",
    "regularly",
    "reliable",
    "seamless",
    "seven",
    "six",
    "ten",
    "three",
    "twice",
    "twelve",
    "two",
    "weekly",
    "world-class",
    "zero",
];

/// Words that begin what is to come of it.
const OUTCOMES: [&str; 10] = [
    "before", "by", "so", "than", "that", "until", "where", "which", "who", "without",
];

/// After "to", these say what it is for; "to the cloud" does not.
const PURPOSES: [&str; 22] = [
    "cut", "double", "drive", "enable", "ensure", "get", "give", "grow", "help", "increase",
    "improve", "keep", "learn", "let", "lower", "make", "raise", "reach", "reduce", "save",
    "track", "win",
];

/// Whether a title says what is done and nothing of what is reached by it: neither how much or how well, nor
/// what for.
pub fn is_task_in_disguise(title: &str) -> bool {
    let title = title.trim_start().to_lowercase();
    let first = title.split_whitespace().next().unwrap_or_default();
    let is_output = OUTPUT_VERBS.contains(&first)
        || OUTPUT_PHRASES
            .iter()
            .any(|phrase| title.starts_with(&format!("{phrase} ")));
    is_output && !says_what_comes_of_it(&title)
}

fn says_what_comes_of_it(title: &str) -> bool {
    let is_edge = |letter: char| !letter.is_alphanumeric();
    let words: Vec<&str> = title
        .split_whitespace()
        .map(|word| word.trim_matches(is_edge))
        .collect();
    let has_figure = title
        .chars()
        .any(|letter| letter.is_numeric() || letter == '%');
    let mut says = words
        .iter()
        .map(|word| MEASURES.contains(word) || OUTCOMES.contains(word));
    let mut pairs = words.windows(2);
    has_figure
        || says.any(|says| says)
        || pairs.any(|pair| pair[0] == "to" && PURPOSES.contains(&pair[1]))
}

#[cfg(test)]
mod tests {
    use super::is_task_in_disguise;

    /// What the books about the method and those who brought it into use print as examples, in short.
    const PUBLISHED: [&str; 58] = [
        // Grove and Doerr: Intel against Motorola, 1980.
        "Establish the 8086 as the highest performance 16-bit microprocessor family",
        "Develop and publish five benchmarks that show superior 8086 family performance",
        "Repackage the entire 8086 family of products",
        "Get the 8 MHz part into production",
        "Sample the arithmetic coprocessor no later than June 15",
        // Doerr: the football team.
        "Make money for the owner",
        "Win the Super Bowl",
        "Fill the stands to 90%",
        "Passing attack amasses 300+ yards per game",
        "Defense gives up fewer than 17 points per game",
        "Hire 3 colourful players",
        // Google: Chrome and YouTube.
        "Develop the next-generation client platform for web applications",
        "Chrome reaches 20 million seven-day active users",
        "Reach 1 billion hours of watch time per day, with growth driven by search and living room",
        "Increase kids’ engagement and gaming watch time",
        "Launch the VR experience and grow the VR catalog from 1,000 to 5,000 videos",
        // The Gates Foundation.
        "Global eradication of malaria by 2040",
        "Prove to the world that a radical cure-based approach can lead to regional elimination",
        "Prepare for scale-up by creating the necessary tools",
        "Sustain current global progress to ensure the environment is conducive to eradication",
        // Remind, MyFitnessPal, Zume, Coursera, ONE.
        "Support company hiring",
        "Hire 1 director of finance and operations (talk to at least 3 candidates)",
        "Source 1 product marketing manager (meet with 5 candidates this quarter)",
        "Help more people around the world",
        "Add 27 million new users in 2014",
        "Reach 80 million total registered users",
        "Delight customers",
        "Net promoter score of 42 or better",
        "Order rating of 4.6 out of 5.0 or better",
        "75% of customers prefer Zume to competitor in blind taste test",
        "Extend Coursera’s reach to new students",
        "Perform A/B tests, learn and iterate on ways to acquire new students and engage existing ones",
        "Increase mobile monthly active users to 150k",
        "Create internal tools to track key growth metrics",
        "Launch features to enable instructors to create more engaging videos",
        "Proactively integrate a broad range of African perspectives into our work",
        // Klau: Blogger at Google.
        "Accelerate Blogger revenue growth",
        "Launch “Monetize” tab to all users",
        "Implement AdSense host channel placement targeting to increase RPMs by xx%",
        "Launch 3 revenue-specific experiments to learn what drives revenue growth",
        "Finalize PRD for the Blogger ad network, secure eng allocation to build in Q1",
        "Launch 3 features that will have a measurable impact on Blogger traffic",
        "Improve Blogger’s 404 handling",
        "Re-establish Blogger’s leadership by speaking at 3 industry events",
        "Identify and personally reach out to top 50 Blogger users",
        "Fix DMCA process, eliminate music blog takedowns",
        "Set up @blogger on Twitter, regularly participate in discussions about the product",
        // Wodtke: the tea company, and others.
        "Establish clear value to distributors as a quality tea provider",
        "Reorders at 85%",
        "20% of reorders self-serve",
        "Revenue of 250,000",
        "Launch an awesome MVP",
        "Launch a killer game",
        "40% of users come back twice in one week",
        "Build the best place to work",
        // Niven and Lamorte; Google's own advice.
        "Design a site that visitors recommend",
        "Complete 8 of 12 site surveys",
        "Deliver a seamless first day to new hires",
    ];

    #[test]
    fn no_published_example_is_called_a_task() {
        for title in PUBLISHED {
            assert!(!is_task_in_disguise(title), "{title}");
        }
    }

    #[test]
    fn a_title_that_only_says_what_is_done_is_a_task() {
        for title in [
            "Launch the new site",
            " build a team ",
            "Roll out SSO",
            "write",
            "Migrate to the cloud",
            "Migrate the database to Postgres",
            "Set up a newsletter",
            "Create a dashboard for sales",
            "Launch the new website",
            "Hire a designer",
            "Redesign the checkout page",
        ] {
            assert!(is_task_in_disguise(title), "{title}");
        }
        for title in [
            "Customers find us by themselves",
            "Testers trust every release",
            "Planning takes a day",
            "Set upper limits",
            "",
        ] {
            assert!(!is_task_in_disguise(title), "{title}");
        }
    }
}
