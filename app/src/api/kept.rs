//! Writes that the outbox keeps until the server has them.

use gloo_net::http::Method;
use okrs_shared::checkin::NewCheckIn;
use okrs_shared::comment::NewComment;
use okrs_shared::id::{CheckInId, KeyResultId, KpiId};
use okrs_shared::kpi::NewKpiUpdate;
use serde::{Deserialize, Serialize};

use super::{Answer, Sent, check_ins, client};

/// A write as it is sent: where, and its JSON. Sent again under its idempotency key, it is not done twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptWrite {
    /// Whether it changes what is there, rather than making something.
    pub is_change: bool,
    pub path: String,
    pub body: String,
}

impl KeptWrite {
    /// A check-in, in the place of another if that was a slip.
    pub fn check_in(id: &KeyResultId, corrects: Option<&CheckInId>, body: &NewCheckIn) -> Self {
        let path = match corrects {
            Some(id) => check_ins::correction(id),
            None => format!("/api/v1/key-results/{id}/checkins"),
        };
        Self {
            is_change: corrects.is_some(),
            path,
            body: client::text_of(body),
        }
    }

    /// A value of a KPI.
    pub fn value(id: &KpiId, body: &NewKpiUpdate) -> Self {
        Self::new(format!("/api/v1/kpis/{id}/updates"), body)
    }

    /// Words about an OKR.
    pub fn comment(okr_id: &str, body: &NewComment) -> Self {
        Self::new(format!("/api/app/okrs/{okr_id}/comments"), body)
    }

    fn new(path: String, body: &impl Serialize) -> Self {
        Self {
            is_change: false,
            path,
            body: client::text_of(body),
        }
    }

    /// Sends it, and gives the id of what it has made.
    pub async fn send(self, idempotency_key: &str) -> Answer<Sent<Option<String>>> {
        #[derive(Deserialize)]
        struct Made {
            id: String,
        }
        let method = match self.is_change {
            true => Method::PATCH,
            false => Method::POST,
        };
        let key = Some(idempotency_key).filter(|_| !self.is_change);
        let sent = client::pass_text_on(method, &self.path, Some(self.body), key).await?;
        if self.is_change {
            return Ok(sent.map(|_| None));
        }
        Ok(client::read_sent::<Made>(sent)?.map(|made| Some(made.id)))
    }
}
