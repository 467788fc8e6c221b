"""Logistic regression with a ridge, by Newton's method."""

import numpy as np

ROUNDS = 12


def fit(values, truth, penalty):
    """Bias and weights; `penalty` is the ridge per row."""
    inputs = np.concatenate([values, np.ones((len(values), 1))], 1)
    weights = np.zeros(inputs.shape[1])
    ridge = penalty * len(inputs)
    for _ in range(ROUNDS):
        expected = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (expected - truth) + ridge * np.append(weights[:-1], 0)
        curvature = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(curvature, slope)
    return weights[-1], weights[:-1]
