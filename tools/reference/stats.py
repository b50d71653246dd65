"""Writes the golden file of org.patchlens.stats: what scipy, scikit-learn and statsmodels say of the same numbers.

Versions: numpy 2, scipy 1.17, scikit-learn 1.8, statsmodels 0.14 (older ones give the same values; Brier scores of
several classes need scikit-learn 1.7).
Two values have no public implementation there and follow their papers by other means than the Java code: DeLong's
variance from all pairs, and Newcombe's AUROC interval by Brent's method.
Run from the root of the checkout: python tools/reference/stats.py
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.stats import false_discovery_control, norm
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.model_selection import StratifiedGroupKFold
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

OUT = Path("core/src/test/resources/org/patchlens/stats/stats.json")
random = np.random.Generator(np.random.PCG64(7))
N, K = 90, 3
golden = {}

truth = random.integers(0, K, N)
logits = random.normal(size=(N, K)) + 1.2 * np.eye(K)[truth]
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
probabilities = np.round(probabilities, 2)
probabilities[:, 0] = np.round(1 - probabilities[:, 1:].sum(1), 2)
probabilities = np.clip(probabilities, 0, 1)
weights = random.integers(0, 4, N).astype(float)
predicted = probabilities.argmax(1)
one_hot = np.eye(K)[truth]
golden["classification"] = {
    "truth": truth.tolist(),
    "probabilities": probabilities.tolist(),
    "weights": weights.tolist(),
    "accuracy": metrics.accuracy_score(truth, predicted, sample_weight=weights),
    "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted, sample_weight=weights),
    "brier": metrics.brier_score_loss(truth, probabilities / probabilities.sum(1, keepdims=True), sample_weight=weights),
    "logLoss": metrics.log_loss(one_hot, np.maximum(probabilities, 1e-7), sample_weight=weights, normalize=True)
    if np.allclose(probabilities.sum(1), 1)
    else None,
    "confusion": metrics.confusion_matrix(truth, predicted, sample_weight=weights).tolist(),
    "auroc": [metrics.roc_auc_score(truth == k, probabilities[:, k], sample_weight=weights) for k in range(K)],
    "macroAuroc": metrics.roc_auc_score(truth == 0, probabilities[:, 0]),
    "averagePrecision": [
        metrics.average_precision_score(truth == k, probabilities[:, k], sample_weight=weights) for k in range(K)
    ],
}
curve = calibration_curve(truth == 1, probabilities[:, 1], n_bins=5, strategy="uniform")
golden["calibration"] = {"observed": curve[0].tolist(), "predicted": curve[1].tolist()}
fpr, tpr, _ = metrics.roc_curve(truth == 1, probabilities[:, 1], drop_intermediate=False)
# between the points of the curve its upper end counts where it is vertical
grid = np.linspace(0, 1, 11)
golden["rocAt"] = [float(np.interp(x, fpr, tpr)) if x not in fpr else float(tpr[fpr == x].max()) for x in grid]

truth_binary = random.random(60) < 0.4
scores = np.round(random.normal(size=60) + truth_binary, 1)
golden["binary"] = {
    "scores": scores.tolist(),
    "positive": truth_binary.tolist(),
    "auroc": metrics.roc_auc_score(truth_binary, scores),
    "brier": metrics.brier_score_loss(truth_binary, 1 / (1 + np.exp(-scores))),
}
x, y = scores[truth_binary], scores[~truth_binary]
pairs = (x[:, None] > y[None]) + 0.5 * (x[:, None] == y[None])
variance = np.var(pairs.mean(1), ddof=1) / len(x) + np.var(pairs.mean(0), ddof=1) / len(y)
z = norm.ppf(0.975)
golden["deLong"] = [pairs.mean() - z * np.sqrt(variance), pairs.mean() + z * np.sqrt(variance)]


def newcombe(auroc, m, n):
    less = (m + n) / 2 - 1

    def reach(t):
        return z * np.sqrt(t * (1 - t) * (1 + less * (1 - t) / (2 - t) + less * t / (1 + t)) / (m * n))

    low = brentq(lambda t: t + reach(t) - auroc, 0, auroc - 1e-9, xtol=1e-14) if auroc > 0 else 0
    high = brentq(lambda t: t - reach(t) - auroc, auroc, 1 - 1e-15, xtol=1e-14) if auroc < 1 else 1
    return [low, high]


golden["newcombe"] = [{"auroc": a, "m": m, "n": n, "interval": newcombe(a, m, n)} for a, m, n in
                      [(0.8, 12, 20), (1.0, 15, 15), (0.55, 30, 9)]]



def hanley_mcneil(a, m, n):
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    return np.sqrt((a * (1 - a) + (m - 1) * (q1 - a * a) + (n - 1) * (q2 - a * a)) / (m * n))


golden["detectable"] = [
    {"m": m, "n": n, "detectable": brentq(
        lambda a: a - 0.5 - z * hanley_mcneil(0.5, m, n) - norm.ppf(0.8) * hanley_mcneil(a, m, n), 0.5, 1, xtol=1e-14) - 0.5}
    for m, n in [(10, 40), (50, 200), (30, 30)]
]
p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]
p = [p[i] for i in (3, 0, 7, 1, 5, 2, 6, 4)]
golden["multiple"] = {
    "p": p,
    "bh": false_discovery_control(p, method="bh").tolist(),
    "by": false_discovery_control(p, method="by").tolist(),
}
golden["wilson"] = [{"hits": h, "all": n, "interval": list(proportion_confint(h, n, method="wilson"))}
                    for h, n in [(8, 10), (0, 20), (45, 50)]]
golden["difference"] = list(confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff"))
target = random.normal(size=40)
guess = 0.7 * target + 0.5 * random.normal(size=40)
w40 = random.integers(0, 3, 40).astype(float)
golden["regression"] = {
    "truth": target.tolist(),
    "predicted": guess.tolist(),
    "weights": w40.tolist(),
    "r2": metrics.r2_score(target, guess, sample_weight=w40),
    "mae": metrics.mean_absolute_error(target, guess, sample_weight=w40),
}
groups = random.integers(0, 30, 120)
classes = (groups * 7 % 3 + (random.random(120) < 0.2)) % 3
folds = np.zeros(120, int)
for k, (_, test) in enumerate(StratifiedGroupKFold(4).split(np.zeros(120), classes, groups)):
    folds[test] = k
golden["folds"] = {"groups": groups.tolist(), "classes": classes.tolist(), "folds": folds.tolist()}
golden["quantile"] = {"values": sorted(scores.tolist()), "q025": np.percentile(scores, 2.5), "q975": np.percentile(scores, 97.5)}

OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text(json.dumps(golden, default=float) + "\n")
