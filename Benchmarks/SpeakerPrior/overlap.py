"""The features of overlapped speech as Sources/Diarization/OverlapDetector.swift computes them; the slow twin.

Every person of a recording gets a Gaussian mixture of band levels, learnt on the speech given to that person. Where both
speak the louder one of them is heard in each band (Nadas, Nahamoo and Picheny 1989), which gives a likelihood for both
together without any speech of both to learn from.
"""

import numpy as np

BANDS = 16  # pairs of mel bands
COMPONENTS = 32
ROWS_PER_COMPONENT = 30
GREATEST_TRAINING_ROWS = 3000  # per person
ROUNDS = 8  # of expectation and maximisation
PRIOR_ROWS = 8  # that look like the person's speech as a whole...
PRIOR_VARIANCE = 0.3  # ...with this share of its variance
LEAST_VARIANCE, LEAST_VARIANCE_SHARE = 0.15, 0.05
LEAST_LOG_DENSITY = np.log(0.01)  # of a band that does not fit at all
# Log density of a band in which the other person may be louder: a straight line over the deviation, and at most this.
MASKED_AT_MEAN, MASKED_SLOPE, MASKED_MOST = -2.0, 0.95, -1.2
CHOSEN = 6  # components of each person that are paired
LEAST_DENSITY = 1e-4
LOGISTIC_SLOPE = 1.702  # the logistic function with it is within 0.01 of the normal distribution
SHORT_WINDOW, LONG_WINDOW = 20, 40  # frames to either side
SHRINKAGE = 500  # frames of the whole recording in a person's median


def mixture(rows):
    """Log weights, means and variances of a person's speech."""
    rows = rows[np.arange(min(len(rows), GREATEST_TRAINING_ROWS)) * len(rows) // min(len(rows), GREATEST_TRAINING_ROWS)]
    count = max(1, min(COMPONENTS, len(rows) // ROWS_PER_COMPONENT))
    total = rows.var(0) + 1e-3
    least = np.maximum(LEAST_VARIANCE_SHARE * total, LEAST_VARIANCE)
    means = rows[(2 * np.arange(count) + 1) * len(rows) // (2 * count)]
    variances = np.tile(np.maximum(0.5 * total, least), (count, 1))
    weights = np.full(count, 1 / count)
    for _ in range(ROUNDS):
        distances = ((rows[:, None] - means) ** 2 / variances).sum(2)
        logs = np.log(weights) - 0.5 * (np.log(2 * np.pi * variances).sum(1) + distances)
        shares = np.exp(logs - logs.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        counts = shares.sum(0) + 1e-6
        means = shares.T @ rows / counts[:, None]
        spread = shares.T @ rows**2 - counts[:, None] * means**2
        variances = (spread + PRIOR_ROWS * PRIOR_VARIANCE * total) / (counts[:, None] + PRIOR_ROWS)
        variances = np.maximum(variances, least)
        weights = (counts + 1) / (counts + 1).sum()
    return np.log(weights), means, variances


def rough_sum(one, other):
    """Logarithm of the sum of the exponentials, within 0.12: a straight line from log 2 where both are equal."""
    return np.maximum(one, other) + np.maximum(np.log(2) - 0.35 * np.abs(one - other), 0)


def one_person(rows, model):
    """Log likelihood of one person, and the chosen components: weights, densities and distributions per band."""
    weights, means, variances = model
    deviations = (rows[:, None] - means) / np.sqrt(variances)
    logs = -0.5 * deviations**2 - 0.5 * np.log(2 * np.pi * variances)
    fits = weights + np.maximum(logs, LEAST_LOG_DENSITY).sum(2)
    greatest = fits.max(1)
    likelihood = greatest + np.log(np.exp(fits - greatest[:, None]).sum(1))
    # Louder than the component the band may be the other person's.
    masked = np.clip(MASKED_AT_MEAN + MASKED_SLOPE * deviations, LEAST_LOG_DENSITY, MASKED_MOST)
    chosen = np.argsort(-(weights + rough_sum(logs, masked).sum(2)), axis=1, kind="stable")[:, :CHOSEN]
    at = np.arange(len(rows))[:, None], chosen
    below = 1 / (1 + np.exp(-LOGISTIC_SLOPE * deviations[at]))
    densities = np.exp(np.maximum(logs[at], LEAST_LOG_DENSITY))
    return likelihood, np.exp(weights)[chosen], densities, below


def likelihoods(rows, models):
    """[rows, 3] log likelihoods of the first person, of the second, and of both."""
    result = []
    for start in range(0, len(rows), 2000):
        part = rows[start : start + 2000]
        first, w1, p1, f1 = one_person(part, models[0])
        second, w2, p2, f2 = one_person(part, models[1])
        densities = p1[:, :, None] * f2[:, None] + f1[:, :, None] * p2[:, None] + LEAST_DENSITY
        both = np.log((w1[:, :, None] * w2[:, None] * densities.prod(3)).sum((1, 2)))
        result.append(np.stack([first, second, both], 1))
    return np.concatenate(result)


def moving_mean(values, mask, reach):
    """Mean over the places of `mask` within `reach`; 0 where there are none."""
    sums = np.concatenate([[0], np.cumsum(np.where(mask, values, 0))])
    counts = np.concatenate([[0], np.cumsum(mask)])
    places = np.arange(len(values))
    low, high = np.maximum(places - reach, 0), np.minimum(places + reach + 1, len(values))
    return (sums[high] - sums[low]) / np.maximum(counts[high] - counts[low], 1)


def features(log_mel, harmonicity, person, step):
    """Features of every `step`th frame, [places, 7]; `person` is 0 or 1, or -1 without speech."""
    log_mel, harmonicity, person = log_mel[::step].astype(float), harmonicity[::step], person[::step]
    mask = person >= 0
    rows = log_mel.reshape(len(log_mel), BANDS, -1).mean(2)
    models = [mixture(rows[person == who]) for who in (0, 1)]
    scores = np.zeros((len(rows), 3))
    scores[mask] = likelihoods(rows[mask], models)
    own = np.where(person == 0, scores[:, 0], scores[:, 1])
    other = np.where(person == 0, scores[:, 1], scores[:, 0])
    fit, both = np.maximum(scores[:, 0], scores[:, 1]), scores[:, 2]
    gain = both - fit
    short, long = round(SHORT_WINDOW / step), round(LONG_WINDOW / step)
    smooth = moving_mean(gain, mask, short)

    def middle(which):
        low, median, high = np.quantile(smooth[which], [0.25, 0.5, 0.75])
        return np.array([median, high - low + 1e-9])

    place = np.zeros(len(rows))
    for who in (0, 1):
        which = person == who
        share = which.sum() / (which.sum() + SHRINKAGE / step)
        median, spread = share * middle(which) + (1 - share) * middle(mask)
        place[which] = (gain[which] - median) / spread

    def normalised(values):
        result = np.zeros(len(values))
        for who in (0, 1):
            which = person == who
            result[which] = (values[which] - values[which].mean()) / (values[which].std() + 1e-6)
        return moving_mean(result, mask, short)

    return np.stack(
        [
            moving_mean(place, mask, short),
            moving_mean(place, mask, long),
            np.log1p(moving_mean(np.maximum(other - own, 0), mask, short)),
            normalised(log_mel.max(1)),
            normalised(harmonicity),
            normalised(fit),
            normalised(both),
        ],
        1,
    )
