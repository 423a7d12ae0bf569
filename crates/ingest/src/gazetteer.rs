//! The gazetteer: which municipality a code or a name means, in any of the ways in which sources write them.

use domain::{MunicipalityCode, ProvinceCode, Territory};
use std::collections::{BTreeMap, HashMap};

/// What abbreviations of one letter stand for in names of places: `S. Donato`, `S. Stefano`.
const SAINTS: [&str; 4] = ["san", "santo", "santa", "sant"];

/// The municipalities of a territory by their codes and names, those of today and those that became them.
#[derive(Debug, Default)]
pub struct Gazetteer {
    provinces: Vec<ProvinceCode>,
    units: Vec<ProvinceCode>,
    codes: HashMap<MunicipalityCode, Entry>,
    /// By the words of the name without blanks; several where names have one normal form.
    names: BTreeMap<String, Vec<MunicipalityCode>>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    words: Vec<String>,
    zone: Option<String>,
    successor: Option<MunicipalityCode>,
}

/// What a code means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A municipality of today; or one of another territory, of which nothing is known here.
    Current(MunicipalityCode),
    /// A municipality that is no more.
    Superseded {
        /// Its name.
        name: String,
        /// The one it has become part of.
        by: MunicipalityCode,
    },
    /// No municipality, though its province belongs to the territory.
    Unknown,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// One municipality, by its own code; it may be superseded.
    One(MunicipalityCode),
    /// Any of these, by name.
    Several(Vec<String>),
    /// None of the territory's.
    Unknown,
}

impl Gazetteer {
    /// The gazetteer of a territory.
    #[must_use]
    pub fn new(territory: &Territory) -> Self {
        let mut gazetteer = Self {
            provinces: territory.provinces.clone(),
            units: territory.unit_codes.clone(),
            ..Self::default()
        };
        for municipality in &territory.municipalities {
            let zone = municipality.zone.clone();
            gazetteer.insert(municipality.code, &municipality.name, zone, None);
            for (code, name) in &municipality.predecessors {
                gazetteer.insert(*code, name, None, Some(municipality.code));
            }
        }
        gazetteer
    }

    fn insert(
        &mut self,
        code: MunicipalityCode,
        name: &str,
        zone: Option<String>,
        successor: Option<MunicipalityCode>,
    ) {
        let words = words(name);
        let of_name = self.names.entry(words.concat()).or_default();
        if !of_name.contains(&code) {
            of_name.push(code);
        }
        self.codes.insert(code, Entry { name: name.to_owned(), words, zone, successor });
    }

    /// The province that a code means: the metropolitan city's own code stands for its province.
    #[must_use]
    pub fn province(&self, code: ProvinceCode) -> ProvinceCode {
        let unit = self.units.iter().position(|unit| *unit == code);
        unit.and_then(|place| self.provinces.get(place)).copied().unwrap_or(code)
    }

    /// What a code means, written with the province's code or the metropolitan city's.
    #[must_use]
    pub fn code(&self, code: MunicipalityCode) -> Code {
        let province = self.province(code.province());
        let number = &code.as_str()[3..];
        let code = MunicipalityCode::of(province, number).ok().flatten().unwrap_or(code);
        match self.codes.get(&code) {
            Some(Entry { successor: Some(by), name, .. }) => Code::Superseded { name: name.clone(), by: *by },
            None if !self.codes.is_empty() && self.provinces.contains(&province) => Code::Unknown,
            _ => Code::Current(code),
        }
    }

    /// What a name means, in any style of accents, apostrophes, hyphens, blanks and case. A part of a name means nothing
    /// certain, even where only one municipality begins with it.
    #[must_use]
    pub fn name(&self, text: &str) -> Name {
        let text = text.split('(').next().unwrap_or_default();
        let words = words(text);
        let mut found: Vec<MunicipalityCode> = Vec::new();
        for spelling in spellings(&words) {
            found.extend(self.names.get(&spelling.concat()).into_iter().flatten());
        }
        found.dedup();
        match found.as_slice() {
            [one] => return Name::One(*one),
            [] => {}
            several => return Name::Several(several.iter().map(|code| self.described(*code)).collect()),
        }
        let spellings = spellings(&words);
        let begins = |entry: &&Entry| spellings.iter().any(|spelling| entry.words.starts_with(spelling));
        let begun = self.codes.values().filter(|_| !words.is_empty()).filter(begins);
        let mut begun: Vec<String> = begun.map(|entry| entry.name.clone()).collect();
        begun.sort();
        if begun.is_empty() { Name::Unknown } else { Name::Several(begun) }
    }

    /// The group of municipalities that one belongs to.
    #[must_use]
    pub fn zone(&self, code: MunicipalityCode) -> Option<&str> {
        self.codes.get(&code)?.zone.as_deref()
    }

    /// Code and name, for sentences.
    #[must_use]
    pub fn described(&self, code: MunicipalityCode) -> String {
        self.codes.get(&code).map_or_else(|| code.to_string(), |entry| format!("{code} {}", entry.name))
    }
}

/// The words with each `s` written out in every way.
fn spellings(words: &[String]) -> Vec<Vec<String>> {
    let Some(place) = words.iter().position(|word| word == "s") else { return vec![words.to_vec()] };
    let written_out = |saint: &str| {
        let mut words = words.to_vec();
        saint.clone_into(&mut words[place]);
        words
    };
    SAINTS.into_iter().map(written_out).collect()
}

/// The words of a name in plain lower-case letters.
fn words(name: &str) -> Vec<String> {
    let plain: String = name.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

const fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ä' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition;

    const TERRITORY: &str = r#"
        id = "milano"
        title = { it = "Milano", en = "Milan" }
        short_title = { it = "Milano", en = "Milan" }
        provinces = ["015"]
        unit_codes = ["215"]
        extent = [8.5, 45.0, 9.75, 45.8]
        metric_crs = "EPSG:32632"
    "#;
    const REGISTER: &str = "istat_code,name,zone,predecessors
015060,Cassina de' Pecchi,adda_martesana,
015059,Cassano d'Adda,adda_martesana,
015146,Milano,milano,
015171,Peschiera Borromeo,sud_est,
015192,San Donato Milanese,sud_est,
015209,Sesto San Giovanni,nord_milano,
015077,Cinisello Balsamo,nord_milano,
015251,Vermezzo con Zelo,magentino_abbiatense,015235 Vermezzo|015246 Zelo Surrigone
";

    fn gazetteer(register: &str) -> Gazetteer {
        Gazetteer::new(&definition::parse_territory(TERRITORY, register).unwrap())
    }

    fn code(text: &str) -> MunicipalityCode {
        MunicipalityCode::parse(text).unwrap()
    }

    #[test]
    fn a_name_is_known_in_any_style() {
        let gazetteer = gazetteer(REGISTER);
        for (text, expect) in [
            ("Cassina de' Pecchi", "015060"),
            ("CASSINA DE PECCHI", "015060"),
            ("Cassina de’Pecchi", "015060"),
            ("Peschiera  Borromeo ", "015171"),
            ("san-donato-milanese", "015192"),
            ("SESTO S. GIOVANNI", "015209"),
            ("S.Donato Milanese", "015192"),
            ("Milano (MI)", "015146"),
            ("Cassano d’Àdda", "015059"),
            ("Zelo Surrigone", "015246"),
        ] {
            assert_eq!(gazetteer.name(text), Name::One(code(expect)), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_name_or_a_strange_one_is_never_guessed() {
        let gazetteer = gazetteer(REGISTER);
        assert_eq!(gazetteer.name("Cassano"), Name::Several(vec!["Cassano d'Adda".to_owned()]));
        for text in ["Corneliano Bertario", "", "-", "Mil"] {
            assert_eq!(gazetteer.name(text), Name::Unknown, "{text}");
        }
        let twice = format!("{REGISTER}015999,MILANÒ,milano,\n");
        let Name::Several(names) = self::gazetteer(&twice).name("Milano") else { panic!("not ambiguous") };
        assert_eq!(names, ["015146 Milano", "015999 MILANÒ"]);
    }

    #[test]
    fn a_code_follows_its_successor_and_the_code_of_the_city_means_its_province() {
        let gazetteer = gazetteer(REGISTER);
        assert_eq!(gazetteer.code(code("215146")), Code::Current(code("015146")));
        assert_eq!(gazetteer.code(code("108033")), Code::Current(code("108033")));
        let vermezzo = Code::Superseded { name: "Vermezzo".to_owned(), by: code("015251") };
        assert_eq!(gazetteer.code(code("215235")), vermezzo);
        assert_eq!(gazetteer.code(code("015999")), Code::Unknown);
        assert_eq!(self::gazetteer("").code(code("015999")), Code::Current(code("015999")));
        assert_eq!(gazetteer.zone(code("015146")), Some("milano"));
    }
}
