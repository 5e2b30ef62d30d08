"""Clients drawn from BG/NBD and gamma-gamma themselves, so that the fit can be held against what made them."""

from __future__ import annotations

import numpy as np

Drawn = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def drawn(clients: int, seed: int = 7) -> Drawn:
    """Repeats, recency, age in weeks and mean payment, at the parameters published for CDNOW."""
    source = np.random.default_rng(seed)
    pace = source.gamma(0.243, 1 / 4.414, clients)
    leaving = source.beta(0.793, 2.426, clients)
    age = np.round(source.uniform(27, 39, clients), 2)
    repeats, last = np.zeros(clients), np.zeros(clients)
    for one in range(clients):
        when = source.exponential(1 / pace[one]) if pace[one] > 1e-12 else np.inf
        while when < age[one]:
            repeats[one], last[one] = repeats[one] + 1, when
            when = np.inf if source.random() < leaving[one] else when + source.exponential(1 / pace[one])
    scale = source.gamma(3.74, 1 / 15.44, clients)
    mean = np.where(repeats > 0, source.gamma(6.25 * np.maximum(repeats, 1), 1 / scale) / np.maximum(repeats, 1), 0.0)
    return repeats, last, age, mean
