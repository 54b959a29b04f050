"""A spaCy pipeline's matrix products by numpy's OpenBLAS.

thinc multiplies by BLIS, whose packaged kernels use a quarter of what a processor with AVX2 can do: the product behind
most of the parser's time (1,500 rows of 288 by 288) takes 17 ms there and 4 ms here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

__all__ = ["multiply_by_numpy", "one_thread"]


class _Ops(NumpyOps):  # type: ignore[misc]
    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def multiply_by_numpy(models: Iterable[Any]) -> None:
    """Let thinc's `models` take numpy's products; layers that run elsewhere than on numpy stay as they are."""
    ops = _Ops()
    for model in models:
        for layer in model.walk():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops


def one_thread() -> Callable[[], AbstractContextManager[Any]]:
    """Return a maker of contexts in which products take one thread, whatever the host program allows otherwise.

    The products are small: more threads cost more time waiting for one another than they save.
    """
    blas = ThreadpoolController().select(user_api="blas")
    return lambda: blas.limit(limits=1)
