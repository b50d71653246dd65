"""Writes the golden file of org.patchlens.learning: what scikit-learn and PyTorch learn from the same rows.

Versions: numpy 2, scikit-learn 1.8, torch 2 (any recent version gives the same values within the tolerances).
Run from the root of the checkout: python tools/reference/learning.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.preprocessing import StandardScaler

OUT = Path("core/src/test/resources/org/patchlens/learning/learning.json")
random = np.random.Generator(np.random.PCG64(11))


def data(n, d, k, noise):
    classes = random.integers(0, k, n)
    spread = 1 / np.sqrt(1 + np.arange(d))
    rows = random.normal(size=(n, d)) * spread + noise * np.eye(max(k, d))[classes, :d] + 3
    return np.round(rows, 3).astype(np.float32), classes


def logistic(n, d, k, noise, strengths):
    rows, classes = data(n, d, k, noise)
    scaled = StandardScaler().fit_transform(rows.astype(np.float64))
    fits = []
    for c in strengths:
        fit = LogisticRegression(C=c, tol=1e-10, max_iter=100000).fit(scaled, classes)
        objective = -np.log(fit.predict_proba(scaled)[np.arange(n), classes]).sum() + (fit.coef_**2).sum() / 2 / c
        fits.append({"strength": c, "weights": fit.coef_.tolist(), "intercepts": fit.intercept_.tolist(),
                     "probabilities": fit.predict_proba(scaled).tolist()[:10], "objective": objective})
    return {"rows": rows.tolist(), "classes": classes.tolist(), "fits": fits}


golden = {"logistic": [
    logistic(80, 6, 2, 1.0, [0.001, 0.1, 10]),
    logistic(60, 5, 3, 0.8, [0.01, 1]),
    logistic(24, 40, 2, 0.5, [0.001, 0.1]),
    logistic(30, 36, 4, 0.5, [0.01, 0.5]),
]}
rows, classes = data(50, 8, 3, 1.0)
test, _ = data(9, 8, 3, 1.0)
scaler = StandardScaler().fit(rows.astype(np.float64))
target = np.round(rows @ random.normal(size=8) + random.normal(size=50), 3)
ridge = Ridge(alpha=2.5, solver="cholesky").fit(scaler.transform(rows), target)
wide, wide_classes = data(12, 20, 2, 1.0)
wide_ridge = Ridge(alpha=0.7, solver="cholesky").fit(StandardScaler().fit_transform(wide.astype(np.float64)), wide_classes)
golden["other"] = {
    "rows": rows.tolist(), "classes": classes.tolist(), "test": test.tolist(), "target": target.tolist(),
    "ridge": {"penalty": 2.5, "weights": [ridge.coef_.tolist()], "intercept": ridge.intercept_},
    "neighbors": KNeighborsClassifier(7, metric="cosine", algorithm="brute").fit(rows, classes).predict_proba(test).tolist(),
    "centroid": NearestCentroid().fit(scaler.transform(rows), classes).predict(scaler.transform(test)).tolist(),
    "wide": wide.tolist(), "wideClasses": wide_classes.tolist(),
    "wideRidge": {"penalty": 0.7, "weights": [wide_ridge.coef_.tolist()], "intercept": float(wide_ridge.intercept_)},
}

HIDDEN, BATCH, EPOCHS, RATE, DECAY = 5, 16, 30, 0.01, 0.1
rows, classes = data(40, 4, 3, 1.0)
scaled = StandardScaler().fit_transform(rows.astype(np.float64)).astype(np.float32)
torch.manual_seed(3)
first, second = torch.nn.Linear(4, HIDDEN), torch.nn.Linear(HIDDEN, 3)
start = [p.detach().numpy().tolist() for p in (first.weight, first.bias, second.weight, second.bias)]
x, y = torch.from_numpy(scaled), torch.from_numpy(classes)


def loss_of(model, at, of):
    return torch.nn.functional.cross_entropy(model(at), of)


model = torch.nn.Sequential(first, torch.nn.ReLU(), second)
optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
losses = []
for epoch in range(EPOCHS):
    for at in range(0, 40, BATCH):
        optimizer.zero_grad()
        loss_of(model, x[at : at + BATCH], y[at : at + BATCH]).backward()
        optimizer.step()
    losses.append(loss_of(model, x, y).item())

# A problem of its own size, started and shuffled by torch, to which training from another start must come.
big, big_classes = data(240, 12, 3, 1.2)
bx = torch.from_numpy(StandardScaler().fit_transform(big.astype(np.float64)).astype(np.float32))
by = torch.from_numpy(big_classes)
finals = []
for seed in range(16):
    torch.manual_seed(seed)
    net = torch.nn.Sequential(torch.nn.Linear(12, 64), torch.nn.ReLU(), torch.nn.Linear(64, 3))
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.003, weight_decay=2.0)
    for epoch in range(60):
        order = torch.randperm(240)
        for at in range(0, 240, 32):
            optimizer.zero_grad()
            loss_of(net, bx[order[at : at + 32]], by[order[at : at + 32]]).backward()
            optimizer.step()
    finals.append(loss_of(net, bx, by).item())
golden["perceptron"] = {"rows": scaled.tolist(), "classes": classes.tolist(), "start": start, "losses": losses,
                        "big": bx.numpy().round(4).tolist(), "bigClasses": big_classes.tolist(), "finals": finals}
print("torch from several starts:", np.mean(finals), np.std(finals))


def rounded(value):
    if isinstance(value, list):
        return [rounded(each) for each in value]
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return round(float(value), 7) if isinstance(value, (float, np.floating)) else value


OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text(json.dumps(rounded(golden)) + "\n")
