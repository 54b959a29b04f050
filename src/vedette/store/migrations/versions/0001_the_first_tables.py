"""The first tables

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Full-text and spatial indexes follow their tables by triggers, so that no writer can forget them.
SQLITE = (
    """CREATE VIRTUAL TABLE documents_fts USING fts5(
        title, text, content='documents', content_rowid='n', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN
        INSERT INTO documents_fts(rowid, title, text) VALUES (new.n, new.title, new.text); END""",
    """CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN
        INSERT INTO documents_fts(documents_fts, rowid, title, text)
        VALUES ('delete', old.n, old.title, old.text); END""",
    "CREATE VIRTUAL TABLE claim_places_rtree USING rtree(row, west, east, south, north)",
    """CREATE TRIGGER claim_places_rtree_insert AFTER INSERT ON claim_places WHEN new.lat IS NOT NULL BEGIN
        INSERT INTO claim_places_rtree VALUES (new.row, new.lon, new.lon, new.lat, new.lat); END""",
    """CREATE TRIGGER claim_places_rtree_delete AFTER DELETE ON claim_places BEGIN
        DELETE FROM claim_places_rtree WHERE row = old.row; END""",
)


def upgrade() -> None:
    op.create_table(
        "copies",
        sa.Column("container", sa.String(), nullable=False),
        sa.Column("contained", sa.String(), nullable=False),
        sa.Column("containment", sa.Float(), nullable=False),
        sa.Column("spans", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("container", "contained"),
    )
    op.create_table(
        "documents",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("byline", sa.String(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("encoding", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("first_appearance", sa.String(), nullable=True),
        sa.Column("is_exercise", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("coded", sa.LargeBinary(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("coded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_outlet"), ["outlet"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_published"), ["published"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_sha256"), ["sha256"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("incident", sa.String(), nullable=False),
        sa.Column("n_documents", sa.Integer(), nullable=False),
        sa.Column("n_outlets", sa.Integer(), nullable=False),
        sa.Column("n_origins", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("incident"),
    )
    op.create_table(
        "origins",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("origins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_origins_origin"), ["origin"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.Column("n_documents", sa.Integer(), nullable=True),
        sa.Column("n_skipped", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "skipped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address", "reason", "detail"),
    )
    op.create_table(
        "stories",
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("story", "document_id"),
    )
    op.create_table(
        "attributions",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("speaker_name", sa.String(), nullable=True),
        sa.Column("speaker_role", sa.String(), nullable=True),
        sa.Column("speaker_organization", sa.String(), nullable=True),
        sa.Column("speaker_country", sa.String(), nullable=True),
        sa.Column("speaker_kind", sa.String(), nullable=False),
        sa.Column("cue", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("quotation", sa.String(), nullable=False),
        sa.Column("within", sa.String(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id"),
    )
    with op.batch_alter_table("attributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attributions_speaker_country"), ["speaker_country"], unique=False)
        batch_op.create_index(batch_op.f("ix_attributions_speaker_name"), ["speaker_name"], unique=False)

    op.create_table(
        "claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("attribution_id", sa.String(), nullable=True),
        sa.Column("event_type", sa.String(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("quad", sa.Integer(), nullable=True),
        sa.Column("cameo", sa.String(), nullable=True),
        sa.Column("intensity", sa.Float(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("when_start", sa.Date(), nullable=True),
        sa.Column("when_end", sa.Date(), nullable=True),
        sa.Column("when_precision", sa.String(), nullable=True),
        sa.Column("when_basis", sa.String(), nullable=True),
        sa.Column("deaths_low", sa.Float(), nullable=True),
        sa.Column("deaths_best", sa.Float(), nullable=True),
        sa.Column("deaths_high", sa.Float(), nullable=True),
        sa.Column("injured_low", sa.Float(), nullable=True),
        sa.Column("injured_best", sa.Float(), nullable=True),
        sa.Column("injured_high", sa.Float(), nullable=True),
        sa.Column("share_low", sa.Float(), nullable=True),
        sa.Column("share_best", sa.Float(), nullable=True),
        sa.Column("share_high", sa.Float(), nullable=True),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("figure_best", sa.Float(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("coder", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claims_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_event_type"), ["event_type"], unique=False)
        batch_op.create_index("ix_claims_type_day", ["event_type", "when_start"], unique=False)
        batch_op.create_index(batch_op.f("ix_claims_when_start"), ["when_start"], unique=False)

    op.create_table(
        "conflicts",
        sa.Column("incident", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("sides", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.incident"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "n"),
    )
    op.create_table(
        "designations",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "n"),
    )
    op.create_table(
        "incident_members",
        sa.Column("incident", sa.String(), nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.incident"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "document_id", "claim_id"),
    )
    with op.batch_alter_table("incident_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_members_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "segments",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "n"),
    )
    op.create_table(
        "claim_actors",
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("sectors", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "role", "n"),
    )
    with op.batch_alter_table("claim_actors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_actors_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_actors_country"), ["country"], unique=False)

    op.create_table(
        "claim_places",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mention", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("admin1", sa.String(), nullable=True),
        sa.Column("admin2", sa.String(), nullable=True),
        sa.Column("geonameid", sa.Integer(), nullable=True),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("row"),
        sa.UniqueConstraint("claim_id", "n"),
    )
    with op.batch_alter_table("claim_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_places_country"), ["country"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
