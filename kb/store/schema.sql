CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    doc TEXT NOT NULL REFERENCES documents (id),
    position INTEGER NOT NULL,
    parent TEXT,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX nodes_by_doc ON nodes (doc, position);
CREATE INDEX nodes_by_parent ON nodes (parent, position);
CREATE TABLE passages (
    position INTEGER PRIMARY KEY,
    doc TEXT NOT NULL REFERENCES documents (id),
    node TEXT NOT NULL REFERENCES nodes (id),
    payload TEXT NOT NULL
);
CREATE INDEX passages_by_node ON passages (node);
CREATE TABLE mentions (
    position INTEGER PRIMARY KEY,
    doc TEXT NOT NULL REFERENCES documents (id),
    source TEXT NOT NULL REFERENCES nodes (id),
    payload TEXT NOT NULL
);
CREATE INDEX mentions_by_source ON mentions (source);
CREATE TABLE mention_targets (
    target TEXT NOT NULL,
    mention INTEGER NOT NULL REFERENCES mentions (position)
);
CREATE INDEX mention_targets_by_target ON mention_targets (target);
CREATE TABLE definitions (
    position INTEGER PRIMARY KEY,
    doc TEXT NOT NULL REFERENCES documents (id),
    node TEXT NOT NULL REFERENCES nodes (id),
    payload TEXT NOT NULL
);
CREATE INDEX definitions_by_doc ON definitions (doc);
