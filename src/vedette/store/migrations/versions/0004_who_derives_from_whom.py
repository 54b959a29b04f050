"""Who derives from whom, and versions of one page

Copies found before say neither: they are found anew when the store is resolved again.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("copies", sa.Column("contained_spans", sa.String(), nullable=False, server_default="[]"))
    op.add_column("copies", sa.Column("kind", sa.String(), nullable=False, server_default="copy"))
    op.add_column("copies", sa.Column("derived", sa.String(), nullable=True))
    op.add_column("copies", sa.Column("basis", sa.String(), nullable=True))


def downgrade() -> None:
    for column in ("basis", "derived", "kind", "contained_spans"):
        op.drop_column("copies", column)
