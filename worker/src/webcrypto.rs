//! The runtime's own cryptography (WebCrypto), typed. It computes outside of the wasm and adds
//! nothing to it.

use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Crypto, CryptoKey, SubtleCrypto, WorkerGlobalScope};
use worker::js_sys::{self, Array, JSON, Object, Reflect, Uint8Array};
use worker::wasm_bindgen_futures::JsFuture;

use crate::error::Result;

/// `N` random bytes, fit for secrets.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .expect("the runtime gives up to 65,536 random bytes at once");
    bytes
}

/// PBKDF2-HMAC-SHA256. Production computes at most 100,000 rounds and throws above that.
pub async fn pbkdf2_sha256(password: &[u8], salt: &[u8], rounds: u32) -> Result<[u8; 32]> {
    let algorithm = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(salt).into()),
        ("iterations", rounds.into()),
    ])?;
    let password = Uint8Array::from(password);
    let key = import("raw", &password, &algorithm, "deriveBits").await?;
    let bits = JsFuture::from(subtle()?.derive_bits_with_object(&algorithm, &key, 256)?).await?;
    let mut hash = [0; 32];
    Uint8Array::new(&bits).copy_to(&mut hash);
    Ok(hash)
}

/// HMAC with SHA-256.
pub async fn hmac_sha256(key: &[u8], message: &[u8]) -> Result<[u8; 32]> {
    let algorithm = object(&[("name", "HMAC".into()), ("hash", "SHA-256".into())])?;
    let key = import("raw", &Uint8Array::from(key), &algorithm, "sign").await?;
    let promise =
        subtle()?.sign_with_object_and_js_u8_array(&algorithm, &key, &Uint8Array::from(message))?;
    let mut code = [0; 32];
    Uint8Array::new(&JsFuture::from(promise).await?).copy_to(&mut code);
    Ok(code)
}

/// A signature algorithm. There are no others here on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// ECDSA on P-256 with SHA-256; signatures are r and s, 32 bytes each.
    Es256,
}

impl Algorithm {
    /// The name in tokens and keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    fn parameters(self) -> Result<Object> {
        match self {
            Self::Rs256 => object(&[
                ("name", "RSASSA-PKCS1-v1_5".into()),
                ("hash", "SHA-256".into()),
            ]),
            Self::Es256 => object(&[
                ("name", "ECDSA".into()),
                ("namedCurve", "P-256".into()),
                ("hash", "SHA-256".into()),
            ]),
        }
    }
}

/// Whether `signature` is the one over `message` by the holder of `public_key`, a JSON Web Key.
/// Fails if that is no key for this algorithm.
pub async fn verify(
    algorithm: Algorithm,
    public_key: &impl Serialize,
    message: &[u8],
    signature: &[u8],
) -> Result<bool> {
    let jwk: Object = JSON::parse(&serde_json::to_string(public_key)?)?.unchecked_into();
    let parameters = algorithm.parameters()?;
    let key = import("jwk", &jwk, &parameters, "verify").await?;
    let promise = subtle()?.verify_with_object_and_js_u8_array_and_js_u8_array(
        &parameters,
        &key,
        &Uint8Array::from(signature),
        &Uint8Array::from(message),
    )?;
    Ok(JsFuture::from(promise).await?.as_bool() == Some(true))
}

async fn import(format: &str, data: &Object, algorithm: &Object, usage: &str) -> Result<CryptoKey> {
    let usages = Array::of1(&usage.into());
    let promise = subtle()?.import_key_with_object(format, data, algorithm, false, &usages)?;
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

fn crypto() -> std::result::Result<Crypto, JsValue> {
    js_sys::global()
        .unchecked_into::<WorkerGlobalScope>()
        .crypto()
}

fn subtle() -> Result<SubtleCrypto> {
    Ok(crypto()?.subtle())
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}
