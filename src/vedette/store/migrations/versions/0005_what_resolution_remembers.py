"""What resolution remembers

Ids of incidents that last, what became of old ones, and what is kept of documents so that others can be added. All
documents wait for being resolved: incidents found before had ids of another kind and are found anew.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    """CREATE TABLE incident_possible (incident VARCHAR NOT NULL, other VARCHAR NOT NULL, score FLOAT NOT NULL,
        PRIMARY KEY (incident, other))""",
    """CREATE TABLE resolutions (n INTEGER NOT NULL PRIMARY KEY, at DATETIME NOT NULL, resolver VARCHAR NOT NULL,
        n_documents INTEGER NOT NULL, is_whole BOOLEAN NOT NULL)""",
    """CREATE TABLE incident_ids (incident VARCHAR NOT NULL PRIMARY KEY,
        minted_in INTEGER NOT NULL REFERENCES resolutions (n), ended_in INTEGER REFERENCES resolutions (n))""",
    """CREATE TABLE incident_aliases (old VARCHAR NOT NULL PRIMARY KEY, incident VARCHAR NOT NULL,
        resolution INTEGER NOT NULL REFERENCES resolutions (n))""",
    """CREATE TABLE incident_descents (incident VARCHAR NOT NULL, parent VARCHAR NOT NULL,
        resolution INTEGER NOT NULL REFERENCES resolutions (n), n_claims INTEGER NOT NULL,
        PRIMARY KEY (incident, parent, resolution))""",
    "CREATE TABLE pending (document_id VARCHAR NOT NULL PRIMARY KEY)",
    """CREATE TABLE compared (n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id VARCHAR NOT NULL UNIQUE,
        outlet VARCHAR, n_kept INTEGER NOT NULL)""",
    "CREATE TABLE kept_hashes (hash BIGINT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (hash, n)) WITHOUT ROWID",
    """CREATE TABLE boilerplate (outlet VARCHAR NOT NULL, hash BIGINT NOT NULL, PRIMARY KEY (outlet, hash))
        WITHOUT ROWID""",
    "CREATE TABLE common_hashes (hash BIGINT NOT NULL PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE voices (last VARCHAR NOT NULL, name VARCHAR NOT NULL, body VARCHAR NOT NULL,
        is_named BOOLEAN NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (last, name, body, is_named)) WITHOUT ROWID""",
    """CREATE TABLE word_counts (kind VARCHAR NOT NULL, word VARCHAR NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (kind, word)) WITHOUT ROWID""",
    """CREATE TABLE profiles (document_id VARCHAR NOT NULL PRIMARY KEY, data BLOB NOT NULL, voices BLOB NOT NULL)""",
    "CREATE TABLE profile_terms (term BIGINT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (term, n)) WITHOUT ROWID",
    """CREATE TABLE told (n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id VARCHAR NOT NULL,
        claim_id VARCHAR NOT NULL UNIQUE, data BLOB NOT NULL, origin VARCHAR NOT NULL, incident VARCHAR,
        happening VARCHAR)""",
    """CREATE TABLE told_keys (key BIGINT NOT NULL, first INTEGER NOT NULL, place INTEGER NOT NULL,
        word VARCHAR NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, first, place, word, n)) WITHOUT ROWID""",
    "CREATE INDEX ix_incidents_part_of ON incidents (part_of)",
    "CREATE INDEX ix_origins_parent ON origins (parent)",
    "CREATE INDEX ix_copies_contained ON copies (contained)",
    "CREATE INDEX ix_stories_document ON stories (document_id)",
    "CREATE INDEX ix_incident_possible_other ON incident_possible (other)",
    "CREATE INDEX ix_incident_aliases_incident ON incident_aliases (incident)",
    "CREATE INDEX ix_incident_descents_parent ON incident_descents (parent)",
    "CREATE INDEX ix_compared_outlet ON compared (outlet)",
    "CREATE INDEX ix_told_document_id ON told (document_id)",
    "CREATE INDEX ix_told_incident ON told (incident)",
    "CREATE INDEX ix_told_happening ON told (happening)",
    "INSERT INTO pending (document_id) SELECT id FROM documents",
)
MADE = (
    "incident_possible", "incident_descents", "incident_aliases", "incident_ids", "resolutions", "pending", "compared",
    "kept_hashes", "boilerplate", "common_hashes", "voices", "word_counts", "profiles", "profile_terms", "told",
    "told_keys",
)  # fmt: skip


def upgrade() -> None:
    for table in ("conflicts", "incident_members", "incidents", "copies", "origins", "stories"):
        op.execute(f"DELETE FROM {table}")
    op.add_column("incidents", sa.Column("modality", sa.String(), nullable=False, server_default="asserted"))
    op.add_column("incidents", sa.Column("part_of", sa.String(), nullable=True))
    op.add_column("incidents", sa.Column("first_report", sa.String(), nullable=True))
    op.add_column("incidents", sa.Column("versions", sa.LargeBinary(), nullable=True))
    op.add_column("origins", sa.Column("parent", sa.String(), nullable=True))
    op.add_column("origins", sa.Column("parent_via", sa.String(), nullable=True))
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    for index in ("ix_incidents_part_of", "ix_origins_parent", "ix_copies_contained", "ix_stories_document"):
        op.execute(f"DROP INDEX {index}")
    for table in MADE:
        op.drop_table(table)
    op.drop_column("origins", "parent")
    op.drop_column("origins", "parent_via")
    for column in ("part_of", "modality", "first_report", "versions"):
        op.drop_column("incidents", column)
