"""Where the known answers of others lie; a test that needs them is skipped where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

KNOWN = Path(__file__).resolve().parents[3] / "shared" / "known" / "hotspots"
needs_known = pytest.mark.skipif(not KNOWN.is_dir(), reason="../shared/known/hotspots is not here")
