//! Official codes. All of them are text: a code that was typed as a number loses its zeros.

use std::fmt;

/// Why a text is not the code it should be. The text itself is not repeated: the caller has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not six digits.
    #[error("an ISTAT municipality code has six digits, such as 015146")]
    Municipality,
    /// Not three digits.
    #[error("an ISTAT province code has three digits, such as 015")]
    Province,
    /// Not the shape of a CUP.
    #[error("a CUP is a letter, two digits, a letter and eleven digits, such as J41B22000100001")]
    Cup,
}

/// ISTAT code of a municipality: three digits of province and three of municipality, `015146` for Milano.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode([u8; 6]);

impl MunicipalityCode {
    /// Reads a code. Leading zeros that a spreadsheet lost are given back: `15146` is `015146`.
    ///
    /// # Errors
    /// [`CodeError::Municipality`] if it is not one to six digits.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        digits(text).map(Self).ok_or(CodeError::Municipality)
    }

    /// The code of municipality `number` (`146`) in `province`; `None` for `000`, which means the whole province.
    ///
    /// # Errors
    /// [`CodeError::Municipality`] if `number` is not one to three digits.
    pub fn of(province: ProvinceCode, number: &str) -> Result<Option<Self>, CodeError> {
        let number = digits::<3>(number).ok_or(CodeError::Municipality)?;
        if &number == b"000" {
            return Ok(None);
        }
        let mut code = [b'0'; 6];
        code[..3].copy_from_slice(&province.0);
        code[3..].copy_from_slice(&number);
        Ok(Some(Self(code)))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The province that the municipality belongs to.
    #[must_use]
    pub fn province(self) -> ProvinceCode {
        ProvinceCode([self.0[0], self.0[1], self.0[2]])
    }
}

/// ISTAT code of a province or metropolitan city as municipality codes have it: `015` for Milano (not `215`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvinceCode([u8; 3]);

impl ProvinceCode {
    /// Reads a code, giving lost zeros back: `15` is `015`.
    ///
    /// # Errors
    /// [`CodeError::Province`] if it is not one to three digits.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        digits(text).map(Self).ok_or(CodeError::Province)
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether it names no province: `000`, "the whole country".
    #[must_use]
    pub fn is_nowhere(self) -> bool {
        &self.0 == b"000"
    }
}

/// *Codice unico di progetto*: fifteen characters, upper case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cup(String);

impl Cup {
    /// Reads a CUP, in upper case whatever the case of `text`: a few releases wrote some in lower case.
    ///
    /// # Errors
    /// [`CodeError::Cup`] if the shape is not `^[A-Z][0-9]{2}[A-Z][0-9]{11}$`.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let upper = text.to_ascii_uppercase();
        let fits = upper.len() == 15
            && upper.bytes().enumerate().all(|(place, byte)| match place {
                0 | 3 => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            });
        if fits { Ok(Self(upper)) } else { Err(CodeError::Cup) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! display_as_text {
    ($($code:ty),*) => {$(
        impl fmt::Display for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}
display_as_text!(MunicipalityCode, ProvinceCode, Cup);

impl fmt::Debug for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ProvinceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One to `N` digits, with zeros before them where there are fewer.
fn digits<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > N || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut code = [b'0'; N];
    code[N - bytes.len()..].copy_from_slice(bytes);
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_code_gets_its_lost_zeros_back() {
        for text in ["015146", "15146"] {
            assert_eq!(MunicipalityCode::parse(text).unwrap().as_str(), "015146");
        }
        for wrong in ["", "0151460", "15A46", "N/D", " 15146"] {
            assert_eq!(MunicipalityCode::parse(wrong), Err(CodeError::Municipality), "{wrong}");
        }
    }

    #[test]
    fn municipality_000_is_the_whole_province() {
        let milano = ProvinceCode::parse("15").unwrap();
        assert_eq!(MunicipalityCode::of(milano, "000"), Ok(None));
        assert_eq!(MunicipalityCode::of(milano, "146").unwrap().unwrap().as_str(), "015146");
        assert_eq!(MunicipalityCode::of(milano, "146").unwrap().unwrap().province(), milano);
    }

    #[test]
    fn a_cup_is_upper_case_and_of_one_shape() {
        assert_eq!(Cup::parse("g17h03000130001").unwrap().as_str(), "G17H03000130001");
        for wrong in ["", "N/A", "G17H0300013000", "G17H030001300012", "117H03000130001", "G17H0300013000à"]
        {
            assert_eq!(Cup::parse(wrong), Err(CodeError::Cup), "{wrong}");
        }
    }
}
