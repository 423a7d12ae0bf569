//! Samples of the front page and of a search.

use super::{layout, map};
use crate::pages::figures::Figures;
use crate::pages::home::{Family, Published};
use crate::pages::search::{Hit, Narrowing};
use crate::pages::{HomePage, Language, SearchPage};

pub fn home(language: Language) -> HomePage {
    HomePage {
        layout: layout(language),
        figures: Figures {
            proposals: 1_942,
            located: 28,
            municipality_only: 1_897,
            province_or_none: 17,
            funding_pnrr_cents: Some(172_816_093_801),
            as_of: Some("2023-02-21".to_owned()),
        },
        families: vec![Family {
            title: "Aree".to_owned(),
            description: "Parchi & vincoli".to_owned(),
            count: None,
            url: "/collections/areas".to_owned(),
        }],
        published: vec![Published {
            title: "Progetti".to_owned(),
            release: "3".to_owned(),
            extracted_on: Some("2023-02-21".to_owned()),
        }],
        municipalities: map(language).municipalities,
        municipality_parameter: "municipality".to_owned(),
        off_map_url: "/collections/pnrr-projects/items?precision=province".to_owned(),
        address: "http://localhost/".to_owned(),
    }
}

pub fn search(language: Language) -> SearchPage {
    SearchPage {
        layout: layout(language),
        asked: "<b>rho".to_owned(),
        is_alike: true,
        narrowings: vec![Narrowing {
            id: "areas".to_owned(),
            title: "Aree".to_owned(),
            count: 1_001,
            url: "/search?q=rho&collection=areas".to_owned(),
            current: true,
        }],
        hits: vec![Hit {
            collection: "areas".to_owned(),
            id: "1".to_owned(),
            title: "Parco & <i>".to_owned(),
            about: "Parco regionale".to_owned(),
            kind: "Aree".to_owned(),
            url: "/collections/areas/items/1".to_owned(),
        }],
        first: 1,
        matched: 1_001,
        previous: None,
        next: Some("/search?q=rho&offset=20".to_owned()),
    }
}
