"""What a claim is about

The contexts of claims coded before are filled in from the kept documents.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claims", sa.Column("contexts", sa.String(), nullable=True))
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT coded FROM documents"))
    for (coded,) in kept:
        for claim in json.loads(coded).get("claims", ()):
            if claim.get("contexts"):
                connection.execute(
                    sa.text("UPDATE claims SET contexts = :contexts WHERE id = :id"),
                    {"contexts": ",".join(claim["contexts"]), "id": claim["id"]},
                )


def downgrade() -> None:
    op.drop_column("claims", "contexts")
