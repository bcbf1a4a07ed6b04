//! Pages as browsers ask for them: given again while nothing changed, and made anew.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::load::Load;
use crate::parts::Bench;
use crate::results::{Pair, Reads};

impl Bench {
    /// Pages of the public. One that was not asked for since something changed is made anew, as every one here is whose
    /// address differs from those before.
    pub(crate) async fn pages(&self) -> Result<Reads> {
        let mut pages = Reads::default();
        let served = self.register.serve()?;
        served.first_answer("/ru/").await?;
        let first = self.again("/ru/")?;
        let list = self.again("/ru/items")?;
        for (scenario, requests) in [
            ("first page, given again", &first),
            ("first page, made anew", &self.requests.first_page),
            ("list, given again", &list),
            ("list, made anew", &self.requests.list_page),
            ("item, made anew", &self.requests.item_page),
        ] {
            for connections in [1, 16] {
                let load = Load { requests, connections, ..self.load(&served) };
                let ours = load.put()?;
                ensure!(ours.refused == 0, "{scenario}: {ours:?}");
                self.say(scenario, connections, &ours, None);
                pages.pairs.push(Pair { scenario: scenario.to_owned(), connections, ours, floor: None });
            }
        }
        served.process.stop()?;
        Ok(pages)
    }

    /// One address, asked again and again.
    fn again(&self, path: &str) -> Result<PathBuf> {
        let requests = self.register.file(&format!("again{}.txt", path.replace('/', "-")));
        std::fs::write(&requests, format!("GET\t{path}\n"))?;
        Ok(requests)
    }
}
