"""One language's fit before calibration and packing: shared by the choice of settings and the training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from lexicon import hints
from linear import Floats, Rows, fit, inverse_document_frequency, scaled
from settings import Settings


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights (buckets × labels) and the intercept that ships, with the idf and settings they belong to."""

    weights: Floats
    intercept: Floats
    idf: Floats
    settings: Settings

    def logits(self, features: sp.csr_matrix) -> Floats:
        """One row a text, before calibration."""
        return np.asarray(scaled(features, self.idf, self.settings.smoothing) @ self.weights + self.intercept)


def fitted(rows: Rows, settings: Settings, iterations: int) -> Fitted:
    """The fit of these rows, each part at the weight that the settings give its role."""
    recipe = settings.recipe
    rows = rows.weighted(settings.weights)
    idf = inverse_document_frequency(rows.features, recipe, settings.word_factor)
    led = hints(recipe) if settings.rated_words else np.zeros((recipe.buckets, 0), np.float32)
    matrix = scaled(rows.features, idf, settings.smoothing)
    weights, intercepts = fit(rows, matrix, led, settings.strength, iterations)
    # Only differences between labels matter: centred weights use the 8 bits better.
    weights -= weights.mean(axis=1, keepdims=True)
    return Fitted(weights, intercepts[0], idf, settings)
