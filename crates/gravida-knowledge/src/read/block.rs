//! A fenced block as lines of keyword and value, each with its place; it never knows what a keyword means.

/// Line and column, both from 1, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub line: u32,
    pub column: u32,
}

/// One line of a value, without the gutter.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub text: String,
    /// Columns beyond the gutter; 0 for the line of the keyword.
    pub indent: usize,
    pub at: Place,
}

/// A keyword with its value, which may go on over several lines.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub keyword: String,
    pub at: Place,
    pub lines: Vec<Line>,
}

/// A typed block of a page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub kind: String,
    pub id: String,
    /// Place of the kind in the opening fence.
    pub at: Place,
    pub id_at: Place,
    pub entries: Vec<Entry>,
}

impl Entry {
    /// The whole value in one line.
    pub fn text(&self) -> String {
        let parts: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
        parts.join(" ")
    }

    /// Where the value starts.
    pub fn value_at(&self) -> Place {
        self.lines.first().map_or(self.at, |line| line.at)
    }

    pub fn value_length(&self) -> usize {
        self.lines.first().map_or(1, |line| line.text.chars().count().max(1))
    }

    /// The place of a byte offset in [`Entry::text`].
    pub fn place_of(&self, offset: usize) -> Place {
        let mut start = 0;
        for line in self.lines.iter().filter(|line| !line.text.is_empty()) {
            let end = start + line.text.len();
            if offset <= end {
                let before = line.text.get(..offset.saturating_sub(start)).unwrap_or("");
                return Place { line: line.at.line, column: line.at.column + before.chars().count() as u32 };
            }
            start = end + 1;
        }
        self.value_at()
    }
}

impl Block {
    /// The first entry with a keyword.
    pub fn one(&self, keyword: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.keyword == keyword)
    }

    /// All entries with a keyword, in order.
    pub fn all<'a>(&'a self, keyword: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| entry.keyword == keyword)
    }

    /// The value of the first entry with a keyword, in one line.
    pub fn value(&self, keyword: &str) -> Option<String> {
        self.one(keyword).map(Entry::text)
    }

    /// The values of all entries with a keyword.
    pub fn values(&self, keyword: &str) -> Vec<String> {
        self.all(keyword).map(Entry::text).collect()
    }
}
