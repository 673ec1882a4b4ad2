//! The layout of many files: the flat tables of the articles and of each layer of
//! mentions, then the names of the run and the pairs that stand in one sentence.
//!
//! What is counted over the whole run is exact and sorted; of its counts so much is in
//! memory as a [`Spill`] takes, the rest on the disk beside the files.

use super::{
    Encode, Layout, OutputError, Part, Place, Sink,
    layout::{EDGES, GRAPHS, NAMES},
    sink,
    spill::{BUDGET, Spill},
    tabular::{TableFile, Tabular},
};
use crate::{
    record::Record,
    table::{self, Cell, Column, Sum, Table, Tally},
};
use serde::{Serialize, de::DeserializeOwned};
use std::io;

/// The files of one run.
pub(super) struct Tables {
    place: Place,
    layout: &'static Layout,
    by: &'static Tabular,
    /// How files for graphs are written, where they are.
    graphs: Option<&'static Tabular>,
    files: Vec<Box<dyn TableFile>>,
    counts: Option<Counts>,
}

struct Counts {
    names: Spill<table::Name>,
    edges: Spill<table::Edge>,
    /// Sentences that have no pairs.
    crowded: u64,
}

impl Tables {
    pub fn open(
        mut place: Place,
        layout: &'static Layout,
        by: &'static Tabular,
        graphs: Option<&'static Tabular>,
    ) -> Result<Box<dyn Sink>, OutputError> {
        let mut files = Vec::new();
        for (i, table) in layout.tables.iter().enumerate() {
            let out = match i {
                0 => place.create_main()?,
                _ => place.create_beside(table.name)?,
            };
            files.push((by.open)(out, &table.heads())?);
        }
        let spill = |of: &str| place.spill(of);
        let counts = Some(Counts {
            names: Spill::new(&spill(NAMES), BUDGET),
            edges: Spill::new(&spill(EDGES), BUDGET),
            crowded: 0,
        });
        Ok(Box::new(Self {
            place,
            layout,
            by,
            graphs,
            files,
            counts,
        }))
    }

    /// Writes what was counted.
    fn counted(&mut self) -> Result<(), OutputError> {
        let Some(counts) = self.counts.take() else {
            return Ok(());
        };
        if counts.crowded > 0 {
            self.place.note(format!(
                "{} sentences with more than {} names have no pairs in {EDGES}",
                counts.crowded,
                table::CROWD
            ));
        }
        let [gephi_nodes, gephi_edges, neo4j_nodes, neo4j_edges] = GRAPHS;
        let names = self.files(
            (NAMES, table::NAME),
            [
                (gephi_nodes, table::GEPHI_NODE),
                (neo4j_nodes, table::NEO4J_NODE),
            ],
        );
        self.sorted(counts.names, names)?;
        let edges = self.files(
            (EDGES, table::EDGE),
            [
                (gephi_edges, table::GEPHI_EDGE),
                (neo4j_edges, table::NEO4J_EDGE),
            ],
        );
        self.sorted(counts.edges, edges)
    }

    /// The files that counts are written to: a table, and where there are some those for
    /// graphs.
    fn files<V>(
        &self,
        (name, columns): (&'static str, Counted<V>),
        graphs: [(&'static str, Counted<V>); 2],
    ) -> Vec<CountFile<V>> {
        let by = self.graphs.into_iter();
        let graphs = by.flat_map(|by| graphs.map(|(name, columns)| (name, by, columns)));
        std::iter::once((name, self.by, columns))
            .chain(graphs)
            .collect()
    }

    /// Writes counts to the files that have them.
    fn sorted<V: Sum + Serialize + DeserializeOwned + 'static>(
        &mut self,
        counts: Spill<V>,
        files: Vec<CountFile<V>>,
    ) -> Result<(), OutputError> {
        let mut open = Vec::new();
        for (name, by, columns) in files {
            let heads: Vec<_> = columns.iter().map(|c| c.head).collect();
            let out = self.place.create_beside(name)?;
            open.push(((by.open)(out, &heads)?, by, columns, heads));
        }
        let at = self.place.spill(self.layout.name);
        let failed = |e| OutputError::io(&at)(e);
        let mut counts = counts.finish().map_err(failed)?;
        loop {
            let some: Vec<_> = counts
                .by_ref()
                .take(ROWS)
                .collect::<io::Result<_>>()
                .map_err(failed)?;
            if some.is_empty() {
                break;
            }
            for (file, by, columns, heads) in &mut open {
                let mut rows = (by.rows)(heads);
                for row in &some {
                    let cells: Vec<Cell<'_>> = columns.iter().map(|c| (c.cell)(row)).collect();
                    rows.row(&cells);
                }
                file.rows(rows.part()).map_err(failed)?;
            }
        }
        open.into_iter().try_for_each(|(file, ..)| file.finish())
    }
}

/// A file of counts: its name, how it is written, its columns.
type CountFile<V> = (&'static str, &'static Tabular, Counted<V>);

/// Columns of counts.
type Counted<V> = &'static [Column<(String, V)>];

/// Rows of counts that are made at once.
const ROWS: usize = 4096;

/// What a thread makes of some records.
struct Made {
    rows: Vec<Part>,
    tally: Tally,
}

struct Encoder {
    by: &'static Tabular,
    tables: &'static [&'static Table],
}

impl Encode for Encoder {
    fn part(&self, records: &[Record]) -> Part {
        let rows = self.tables.iter().map(|table| self.by.part(table, records));
        Box::new(Made {
            rows: rows.collect(),
            tally: Tally::of(records),
        })
    }
}

impl Sink for Tables {
    fn encoder(&self) -> Box<dyn Encode> {
        Box::new(Encoder {
            by: self.by,
            tables: self.layout.tables,
        })
    }

    fn rows(&mut self, part: Part) -> io::Result<()> {
        let Made { rows, tally } = sink::own(part)?;
        for (file, rows) in self.files.iter_mut().zip(rows) {
            file.rows(rows)?;
        }
        if let Some(counts) = &mut self.counts {
            for (id, name) in tally.names {
                counts.names.add(id, name)?;
            }
            for (pair, edge) in tally.edges {
                counts.edges.add(pair, edge)?;
            }
            counts.crowded += tally.crowded;
        }
        Ok(())
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn finish(mut self: Box<Self>) -> Result<Place, OutputError> {
        for file in std::mem::take(&mut self.files) {
            file.finish()?;
        }
        self.counted()?;
        Ok(self.place)
    }
}
