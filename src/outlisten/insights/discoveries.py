"""Many tests at once: which findings to believe."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def benjamini_hochberg(p_values: npt.ArrayLike, rate: float = 0.05) -> npt.NDArray[np.bool_]:
    """True for each discovery, so that the expected share of false ones among them is at most `rate`.

    Holds for independent or positively dependent tests. Benjamini and Hochberg, JRSS B 57 (1995) 289–300.
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    passed = p[order] <= rate * np.arange(1, p.size + 1) / max(p.size, 1)
    found = np.zeros(p.size, dtype=bool)
    if passed.any():
        found[order[: int(np.flatnonzero(passed)[-1]) + 1]] = True
    return found
