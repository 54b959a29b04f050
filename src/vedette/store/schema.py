"""The tables, as SQLAlchemy Core sees them; Alembic's migrations make them.

A document's row holds the whole coded document (contract `vedette.coded/1`, without its text) next to flat tables
for queries; both are written in one transaction. Days are ISO text, spans are columns `start`/`end`.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "attributions",
    "boilerplate",
    "claim_actors",
    "claim_places",
    "claims",
    "common_hashes",
    "compared",
    "conflicts",
    "copies",
    "designations",
    "documents",
    "incident_aliases",
    "incident_descents",
    "incident_ids",
    "incident_members",
    "incident_possible",
    "incidents",
    "kept_hashes",
    "metadata",
    "origins",
    "pending",
    "profile_terms",
    "profiles",
    "resolutions",
    "runs",
    "segments",
    "skipped",
    "stories",
    "told",
    "told_keys",
    "voices",
    "word_counts",
]

metadata = MetaData()


def _document_key() -> Column[str]:
    return Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)


runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("version", String, nullable=False),
    Column("coder", String, nullable=False),
    Column("n_documents", Integer),
    Column("n_skipped", Integer),
)

documents = Table(
    "documents",
    metadata,
    Column("n", Integer, primary_key=True),  # the full-text index refers to it
    Column("id", String, nullable=False, unique=True),
    Column("address", String, nullable=False),
    Column("url", String),
    Column("title", String),
    Column("outlet", String, index=True),
    Column("byline", String),
    Column("published", Date, index=True),
    Column("language", String),
    Column("format", String),
    Column("encoding", String),
    Column("sha256", String, index=True),
    Column("first_appearance", String),
    Column("is_exercise", Boolean, nullable=False, default=False),
    Column("text", Text, nullable=False),
    Column("coded", LargeBinary, nullable=False),
    Column("coder", String, nullable=False),
    Column("coded_at", DateTime(timezone=True), nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", String, nullable=False),
    Column("document_id", String),
    Column("sha256", String),
    Column("reason", String, nullable=False),
    Column("detail", String, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("address", "reason", "detail"),
)

segments = Table(
    "segments",
    metadata,
    _document_key(),
    Column("n", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

attributions = Table(
    "attributions",
    metadata,
    _document_key(),
    Column("id", String, primary_key=True),
    Column("speaker", String, nullable=False),
    Column("speaker_name", String, index=True),
    Column("speaker_role", String),
    Column("speaker_organization", String),
    Column("speaker_country", String, index=True),
    Column("speaker_kind", String, nullable=False),
    Column("cue", String, nullable=False),
    Column("stance", String, nullable=False),
    Column("quotation", String, nullable=False),
    Column("within", String),
    Column("start", Integer),
    Column("end", Integer),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("attribution_id", String),
    Column("event_type", String, index=True),
    Column("mode", String),
    Column("contexts", String),
    Column("quad", Integer),
    Column("cameo", String),
    Column("intensity", Float),
    Column("state", String),
    Column("modality", String, nullable=False),
    Column("certainty", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("when_start", Date, index=True),
    Column("when_end", Date),
    Column("when_precision", String),
    Column("when_basis", String),
    Column("deaths_low", Float),
    Column("deaths_best", Float),
    Column("deaths_high", Float),
    Column("injured_low", Float),
    Column("injured_best", Float),
    Column("injured_high", Float),
    Column("share_low", Float),
    Column("share_best", Float),
    Column("share_high", Float),
    Column("measure", String),
    Column("figure_best", Float),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("coder", String, nullable=False),
)

claim_actors = Table(
    "claim_actors",
    metadata,
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("mention", String, nullable=False),
    Column("name", String),
    Column("code", String, index=True),
    Column("country", String, index=True),
    Column("sectors", String),
    Column("basis", String),
)

claim_places = Table(
    "claim_places",
    metadata,
    Column("row", Integer, primary_key=True),  # the R*Tree refers to it
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("mention", String, nullable=False),
    Column("name", String),
    Column("lon", Float),
    Column("lat", Float),
    Column("country", String, index=True),
    Column("admin1", String),
    Column("admin2", String),
    Column("geonameid", Integer),
    Column("precision", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("basis", String),
    UniqueConstraint("claim_id", "n"),
)

designations = Table(
    "designations",
    metadata,
    _document_key(),
    Column("n", Integer, primary_key=True),
    Column("mention", String, nullable=False),
    Column("name", String),
    Column("code", String),
    Column("label", String, nullable=False),
    Column("by", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("container", String, primary_key=True),
    Column("contained", String, primary_key=True, index=True),
    Column("containment", Float, nullable=False),
    Column("spans", String, nullable=False),
    Column("contained_spans", String, nullable=False, server_default="[]"),
    Column("kind", String, nullable=False, server_default="copy"),
    Column("derived", String),
    Column("basis", String),
)

origins = Table(
    "origins",
    metadata,
    Column("id", String, primary_key=True),
    Column("origin", String, nullable=False, index=True),
    Column("via", String, nullable=False),
    Column("parent", String, index=True),
    Column("parent_via", String),
)

incidents = Table(
    "incidents",
    metadata,
    Column("incident", String, primary_key=True),
    Column("n_documents", Integer, nullable=False),
    Column("n_outlets", Integer, nullable=False),
    Column("n_origins", Integer, nullable=False),
    Column("part_of", String, index=True),
    Column("modality", String, nullable=False, server_default="asserted"),
    Column("first_report", String),
    Column("versions", LargeBinary),
)

incident_members = Table(
    "incident_members",
    metadata,
    Column("incident", ForeignKey("incidents.incident", ondelete="CASCADE"), primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("claim_id", String, primary_key=True, index=True),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("incident", ForeignKey("incidents.incident", ondelete="CASCADE"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("says", String, nullable=False),
    Column("sides", String, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("story", String, primary_key=True),
    Column("document_id", String, primary_key=True),
)

incident_possible = Table(
    "incident_possible",
    metadata,
    Column("incident", String, primary_key=True),
    Column("other", String, primary_key=True, index=True),
    Column("score", Float, nullable=False),
)

# What became of ids of incidents

resolutions = Table(
    "resolutions",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("resolver", String, nullable=False),
    Column("n_documents", Integer, nullable=False),
    Column("is_whole", Boolean, nullable=False),
)

incident_ids = Table(
    "incident_ids",
    metadata,
    Column("incident", String, primary_key=True),
    Column("minted_in", ForeignKey("resolutions.n"), nullable=False),
    Column("ended_in", ForeignKey("resolutions.n")),
)

incident_aliases = Table(
    "incident_aliases",
    metadata,
    Column("old", String, primary_key=True),
    Column("incident", String, nullable=False, index=True),
    Column("resolution", ForeignKey("resolutions.n"), nullable=False),
)

incident_descents = Table(
    "incident_descents",
    metadata,
    Column("incident", String, primary_key=True),
    Column("parent", String, primary_key=True, index=True),
    Column("resolution", ForeignKey("resolutions.n"), primary_key=True),
    Column("n_claims", Integer, nullable=False),
)

# What resolution remembers of documents, so that new ones can be added without reading all. No foreign keys: what it
# remembers of a document that is coded anew must be there to be taken back.

pending = Table("pending", metadata, Column("document_id", String, primary_key=True))

compared = Table(
    "compared",
    metadata,
    Column("n", Integer, primary_key=True),  # never used again: postings of a document that went stay behind
    Column("document_id", String, nullable=False, unique=True),
    Column("outlet", String, index=True),
    Column("n_kept", Integer, nullable=False),
    sqlite_autoincrement=True,
)

kept_hashes = Table(
    "kept_hashes",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

boilerplate = Table(
    "boilerplate",
    metadata,
    Column("outlet", String, primary_key=True),
    Column("hash", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

common_hashes = Table("common_hashes", metadata, Column("hash", BigInteger, primary_key=True), sqlite_with_rowid=False)

voices = Table(
    "voices",
    metadata,
    Column("last", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("body", String, primary_key=True),
    Column("is_named", Boolean, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

word_counts = Table(
    "word_counts",
    metadata,
    Column("kind", String, primary_key=True),
    Column("word", String, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

profiles = Table(
    "profiles",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("voices", LargeBinary, nullable=False),
)

profile_terms = Table(
    "profile_terms",
    metadata,
    Column("term", BigInteger, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

told = Table(
    "told",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("document_id", String, nullable=False, index=True),
    Column("claim_id", String, nullable=False, unique=True),
    Column("data", LargeBinary, nullable=False),
    Column("origin", String, nullable=False),
    Column("incident", String, index=True),
    Column("happening", String, index=True),
    sqlite_autoincrement=True,
)

told_keys = Table(
    "told_keys",
    metadata,
    Column("key", BigInteger, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("word", String, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

Index("ix_stories_document", stories.c.document_id)
Index("ix_claims_type_day", claims.c.event_type, claims.c.when_start)
