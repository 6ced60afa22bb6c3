//! Passwords that guessers try first.

use okrs_shared::validation::Invalid;

/// What common passwords begin with, in lower case, before the year, the digits and the signs that people add. From
/// public lists of leaked passwords: of what has ten characters or more, and of shorter words that are often made
/// longer so.
const STEMS: &str = "\
    0987654321 111111 112233 121212 123123 123321 1234567890 1234567891 123456789 12345678 1234554321 \
    1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 987654321 a1b2c3 abc abcd abcde abcdef abcdefg abcdefgh \
    abcdefghi abcdefghij access adgjmp admin administrator alexander andrea andrew angel anthony arsenal asdf asdfgh \
    asdfghjkl asdfghjklö ashley august autumn azerty azertyuiop babygirl bailey baseball basketball batman berlin \
    bonjour bienvenue brandon buster butterfly changeme charlie cheese chelsea chocolate christmas company computer \
    contrasena contraseña cookie corporate daniel december default demo diamond dragon einstein elephant english \
    facebook february ferrari flower football forever freedom friday friends geheim george ginger goodmorning google \
    guest hallo hannah happy harley heaven hello helloworld herbst hockey hunter iloveyou internet january jennifer \
    jessica jesus jordan joshua july june justin killer kennwort lakers letmein liverpool login london love loveyou \
    lovely mad management manager march marina marlboro martin master matthew maverick melanie merlin michael michelle \
    microsoft minecraft monday monkey monster motdepasse mustang naruto nicole november october office okrs okrstool \
    pa$$w0rd p@ssw0rd p@ssword pass passw0rd passwd password passwort patrick peanut pepper pokemon princess purple \
    qazwsx qazwsxedc qqww1122 qwer qwert qwerty qwerty123 qwertyu qwertyui qwertyuio qwertyuiop qwertz qwertzuiop \
    q1w2e3r4 q1w2e3r4t5 ranger robert rockyou root samsung samantha schatz secret security senha september service \
    shadow soccer sommer spring starwars summer sunshine superman supersecret support sweetheart system temp \
    temporary test testing testtest thankyou thomas thunder tigger trustno1 tuesday unknown user vacation veranda \
    wachtwoord wednesday welcome welkom whatever william willkommen winter wordpass work yankees zaq12wsx zxcvbn \
    zxcvbnm";

/// Refuses a new password that is one of the first that anybody would guess.
pub fn refuse(field: &str, password: &str) -> Result<(), Invalid> {
    if is_common(password) {
        return Err(Invalid::field(
            field,
            "is one of those that are guessed first; take a few words of your own",
        ));
    }
    Ok(())
}

fn is_common(password: &str) -> bool {
    let password = password.to_lowercase();
    let first = password.chars().next();
    let is_one_sign = password.chars().all(|sign| Some(sign) == first);
    let is_added = |sign: char| sign.is_ascii_digit() || sign.is_ascii_punctuation() || sign == ' ';
    // What is left without a year before and an exclamation mark behind, and without the latter alone.
    let parts = [
        password.trim_matches(is_added),
        password.trim_end_matches(is_added),
        password.trim_end_matches(|sign| is_added(sign) && !char::is_ascii_digit(&sign)),
    ];
    let is_made_of = |stem: &str| {
        let is_left = |part: &&str| !part.is_empty() && part.replace(stem, "").is_empty();
        parts.iter().any(is_left)
    };
    is_one_sign || STEMS.split_ascii_whitespace().any(is_made_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_would_guess_is_common_whatever_is_added() {
        for common in [
            "password12",
            "Password2026!",
            "passwordpassword",
            "PASSWORT123",
            "1234567890",
            "1q2w3e4r5t",
            "aaaaaaaaaa",
            "Summer2026!!",
            "2026summer",
            "qwertyuiop",
            "welcome 123",
            "P@ssw0rd123",
            "iloveyou!!",
            "okrstool2026",
        ] {
            assert!(is_common(common), "{common}");
        }
        for own in [
            "a new beginning",
            "correct horse battery",
            "summer of sixty-nine",
            "3141592653",
            "my password is long",
            "testing the waters",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }
}
