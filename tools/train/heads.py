"""Heads between student and targets, thrown away after training, and the losses."""

import torch
from torch import nn
from torch.nn import functional

from phantoms import TISSUES
from student import FIRST_PATCH
from targets import LAYERS, PROTOTYPES

TEMPERATURE = 0.1
SHARPNESS = 0.05
RELATED = 512  # patches of a batch that are compared with one another
FIRST_LAYER_WITH_SINKS = 8


class Heads(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.patches = nn.ModuleList(nn.Linear(width, width) for _ in LAYERS)
        self.cls = nn.ModuleList(nn.Linear(width, width) for _ in LAYERS)
        self.prototypes = nn.Parameter(0.1 * torch.randn(PROTOTYPES, width))
        self.tissues = nn.Parameter(0.1 * torch.randn(len(TISSUES), width))

    @torch.no_grad()
    def fit(self, last, batches, centres):
        """Least squares for the linear heads, class means for the cosine heads.

        last: tokens of the student, [B][T][D], one picture per batch.
        """
        patches = last[:, FIRST_PATCH:].flatten(0, 1)
        wanted = torch.cat([batch["patches"][0] for batch in batches], 1)
        for index, head in enumerate(self.patches):
            solve(head, patches, wanted[index])
        for index, head in enumerate(self.cls):
            solve(head, last[:, 0], normal(torch.cat([batch["cls"][:, index] for batch in batches])))
        nearest = nearest_prototypes(torch.cat([batch["similar"][0] for batch in batches]), centres)
        self.prototypes.copy_(means(patches, nearest))
        shown = [index for index, batch in enumerate(batches) if batch["tissues"] is not None]
        if shown:
            tissues = torch.cat([batches[index]["tissues"][0] for index in shown])
            self.tissues.copy_(means(last[shown][:, FIRST_PATCH:].flatten(0, 1), tissues))


def solve(head, rows, wanted, ridge=1.0):
    mean, target = rows.mean(0), wanted.mean(0)
    centred = rows - mean
    square = centred.T @ centred + ridge * torch.eye(rows.shape[1]) * len(rows) / 100
    weight = torch.linalg.solve(square, centred.T @ (wanted - target)).T
    head.weight.copy_(weight)
    head.bias.copy_(target - weight @ mean)


def means(rows, shares):
    """Mean direction of the rows of each class, [K][D], by their shares of it, [N][K]."""
    sums = shares.T @ functional.normalize(rows, dim=-1)
    return functional.normalize(sums + 1e-6, dim=-1)


def nearest_prototypes(patches, centres):
    """How near each prototype is, as probabilities, [...][K]."""
    return ((functional.normalize(patches, dim=-1) @ centres.T) / SHARPNESS).softmax(-1)


def normal(rows):
    return functional.layer_norm(rows, rows.shape[-1:])


def losses(heads, last, batch, centres):
    """Named losses of one batch, weighted.

    last: tokens of the student after its final norm, [B][T][D].
    """
    patches, cls = last[:, FIRST_PATCH:], last[:, 0]
    parts = {}
    distances = []
    for index, layer in enumerate(LAYERS):
        wanted = batch["patches"][:, index]
        error = functional.smooth_l1_loss(heads.patches[index](patches), wanted, reduction="none").mean(-1)
        keep = ~batch["sinks"] if layer >= FIRST_LAYER_WITH_SINKS else torch.ones_like(batch["sinks"])
        distances.append((error * keep).sum() / keep.sum().clamp(min=1))
    parts["patches"] = torch.stack(distances).mean() * 2
    if batch["pixels"].shape[-1] == 448:
        wanted = [normal(batch["cls"][:, index]) for index in range(len(LAYERS))]
        parts["cls"] = sum(functional.smooth_l1_loss(head(cls), want) for head, want in zip(heads.cls, wanted)) / 4
    nearest = nearest_prototypes(batch["similar"], centres)
    parts["prototypes"] = 0.5 * functional.cross_entropy(
        cosines(patches, heads.prototypes).flatten(0, 1), nearest.flatten(0, 1)
    )
    parts["relations"] = relations(patches.flatten(0, 1), batch)
    if batch["tissues"] is not None:
        parts["tissues"] = 0.5 * functional.cross_entropy(
            cosines(patches, heads.tissues).flatten(0, 1), batch["tissues"].flatten(0, 1)
        )
    return parts


def relations(rows, batch):
    """How much the neighbourhoods of patches differ from those that the teacher sees, over patches of all pictures.

    A neighbourhood is the softmax of the cosines with all other patches; their divergence is zero if both agree.
    """
    chosen = batch["related"]
    wanted = batch["similar"].flatten(0, 1)[chosen]
    own = torch.eye(len(chosen), dtype=torch.bool)
    logs = [cosines(part, part).masked_fill(own, -1e4).log_softmax(-1) for part in (rows[chosen], wanted)]
    return functional.kl_div(logs[0], logs[1], reduction="batchmean", log_target=True)


def cosines(rows, directions):
    return functional.normalize(rows, dim=-1) @ functional.normalize(directions, dim=-1).T / TEMPERATURE
