"""Products by numpy are those of thinc, in every orientation, and leave other backends alone."""

from __future__ import annotations

import numpy as np
import pytest
from thinc.api import Linear, NumpyOps, chain

from vedette.text.matrices import multiply_by_numpy, one_thread

RANDOM = np.random.default_rng(7)


@pytest.mark.parametrize("trans1", [False, True])
@pytest.mark.parametrize("trans2", [False, True])
def test_products_are_those_of_thinc(trans1, trans2):
    x = RANDOM.random((4, 3) if trans1 else (3, 4), dtype="f")
    y = RANDOM.random((5, 4) if trans2 else (4, 5), dtype="f")
    model = Linear(2, 2)
    multiply_by_numpy([model])
    wanted = NumpyOps().gemm(x, y, trans1=trans1, trans2=trans2)
    with one_thread()():
        assert np.allclose(model.ops.gemm(x, y, trans1=trans1, trans2=trans2), wanted, atol=1e-6)
    out = np.zeros_like(wanted)
    model.ops.gemm(x, y, out=out, trans1=trans1, trans2=trans2)
    assert np.allclose(out, wanted, atol=1e-6)


def test_every_layer_changes_and_other_backends_do_not():
    class Elsewhere(NumpyOps):
        pass

    inner, other = Linear(2, 2), Linear(2, 2)
    other.ops = elsewhere = Elsewhere()
    multiply_by_numpy([chain(inner, other)])
    assert type(inner.ops) is not NumpyOps
    assert other.ops is elsewhere
