//! Whether it makes sense to ask the hosted service at all.

/// After so many failures in a row it is left alone for a while.
const FAILURES: u32 = 5;
const FIRST_PAUSE_MS: u64 = 5_000;
const LONGEST_PAUSE_MS: u64 = 60_000;

/// Counts failures in a row. While it is open, nothing is sent; then one probe decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Breaker {
    failures: u32,
    open_until_ms: u64,
    is_probing: bool,
}

impl Breaker {
    /// Whether a request may be sent now, or in how many seconds to ask again. After a pause one
    /// request may; the others wait for how it ends.
    pub fn pass(&mut self, now: u64) -> Result<(), u32> {
        if self.failures < FAILURES {
            return Ok(());
        }
        if now < self.open_until_ms || self.is_probing {
            return Err(self.paused_for_seconds(now).unwrap_or(1));
        }
        self.is_probing = true;
        Ok(())
    }

    /// What was let pass was not sent after all.
    pub fn not_sent(&mut self) {
        self.is_probing = false;
    }

    /// The service answered, be it with a refusal.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// It did not answer, or with a failure of its own.
    pub fn failed(&mut self, now: u64) {
        self.failures += 1;
        self.is_probing = false;
        if let Some(more) = self.failures.checked_sub(FAILURES) {
            let pause = FIRST_PAUSE_MS << more.min(10);
            self.open_until_ms = now + pause.min(LONGEST_PAUSE_MS);
        }
    }

    /// Seconds until the next probe, at least 1; `None` while the service is taken for well.
    pub fn paused_for_seconds(&self, now: u64) -> Option<u32> {
        (self.failures >= FAILURES).then(|| {
            let seconds = self.open_until_ms.saturating_sub(now).div_ceil(1_000);
            u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(now: u64) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.pass(now).is_ok());
            breaker.failed(now);
        }
        breaker
    }

    #[test]
    fn repeated_failures_open_it_and_one_probe_closes_it() {
        let mut breaker = broken(0);
        assert_eq!(breaker.pass(1_000), Err(4));
        assert!(breaker.pass(5_000).is_ok());
        assert!(breaker.pass(5_000).is_err(), "only one probe");
        breaker.succeeded();
        assert!(breaker.pass(5_001).is_ok());
    }

    #[test]
    fn each_failed_probe_doubles_the_pause_up_to_a_minute() {
        let mut breaker = broken(0);
        let mut now = 0;
        for pause in [5, 10, 20, 40, 60, 60] {
            assert_eq!(breaker.paused_for_seconds(now), Some(pause));
            now += u64::from(pause) * 1_000;
            assert!(breaker.pass(now).is_ok());
            breaker.failed(now);
        }
    }
}
