//! Base45 (RFC 9285): bytes in the letters that a QR code holds most tightly. It never panics.

const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The bytes as text. It never ends with a space, so nothing is lost where the ends of a text are trimmed.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for pair in bytes.chunks(2) {
        let mut rest = pair.iter().fold(0_u32, |sum, byte| sum * 256 + u32::from(*byte));
        for _ in 0..=pair.len() {
            out.push(char::from(LETTERS.get((rest % 45) as usize).copied().unwrap_or(b'0')));
            rest /= 45;
        }
    }
    out
}

/// The bytes again; `None` when the text is not Base45.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for group in text.as_bytes().chunks(3) {
        let mut value = 0_u32;
        for letter in group.iter().rev() {
            value = value * 45 + u32::try_from(LETTERS.iter().position(|other| other == letter)?).ok()?;
        }
        match group.len() {
            3 => out.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => out.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        for (bytes, text) in [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
        }
        for wrong in ["GGW", ":::", "A", "ab8", "BB8A", "::"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
