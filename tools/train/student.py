"""The student: a Vision Transformer with registers that begins as the first blocks of its teacher.

The teacher (ViT-Ti/16 without registers) keeps global facts in patches of the image: from block 9 on, the tokens in
the four corners have thirty times the usual norm. What makes a patch such a sink is its position. So the corners of
the student get the positions of the border beside them, and its registers begin with the positions of the corners.
"""

import torch
from transformers import Dinov2WithRegistersConfig, Dinov2WithRegistersModel, ViTModel

PATCH = 16
SIZE = 448
REGISTERS = 4
FIRST_PATCH = 1 + REGISTERS


def load_teacher(folder):
    return ViTModel.from_pretrained(folder, add_pooling_layer=False).float().eval().requires_grad_(False)


def teacher_positions(teacher, grid):
    """Positions of CLS [D] and of patches [grid][grid][D], interpolated as transformers does for `vit`."""
    positions = teacher.embeddings.position_embeddings[0]
    side = round((len(positions) - 1) ** 0.5)
    patches = positions[1:].reshape(side, side, -1).permute(2, 0, 1)[None]
    if grid != side:
        patches = torch.nn.functional.interpolate(patches, size=(grid, grid), mode="bicubic", align_corners=False)
    return positions[0], patches[0].permute(1, 2, 0)


def without_corners(positions, reach):
    """Positions whose corners (squares of `reach` patches) continue the border beside them."""
    positions = positions.clone()
    for flip in ((), (0,), (1,), (0, 1)):
        view = positions.flip(flip) if flip else positions
        square = view[:reach, :reach].clone()
        for row in range(reach):
            for column in range(reach):
                square[row, column] = 0.5 * (view[reach, column] + view[row, reach])
        view = view.clone()
        view[:reach, :reach] = square
        positions = view.flip(flip) if flip else view
    return positions


def build(teacher, blocks, corner_reach=3):
    """The untrained student: the teacher's first `blocks` blocks, registers, and positions of a 448 pixel input."""
    width = teacher.config.hidden_size
    config = Dinov2WithRegistersConfig(
        hidden_size=width,
        num_hidden_layers=blocks,
        num_attention_heads=teacher.config.num_attention_heads,
        mlp_ratio=teacher.config.intermediate_size // width,
        hidden_act="gelu",
        layer_norm_eps=teacher.config.layer_norm_eps,
        image_size=SIZE,
        patch_size=PATCH,
        qkv_bias=True,
        layerscale_value=1.0,
        num_register_tokens=REGISTERS,
    )
    student = Dinov2WithRegistersModel(config)
    student.load_state_dict(translated(teacher, blocks, student.state_dict()), strict=True)
    grid = SIZE // PATCH
    cls, patches = teacher_positions(teacher, grid)
    corners = torch.stack([patches[0, 0], patches[0, -1], patches[-1, 0], patches[-1, -1]])
    patches = without_corners(patches, corner_reach)
    with torch.no_grad():
        student.embeddings.position_embeddings.copy_(torch.cat((cls[None], patches.reshape(-1, width)))[None])
        student.embeddings.register_tokens.copy_(corners[None])
        student.embeddings.mask_token.zero_()
    return student


def start(student, pixels, row=0, column=0):
    """The sequence before the first block, [B][T][D], for a window of the full input.

    row, column: of the window's first patch in the full grid.
    """
    embeddings = student.embeddings
    grid = SIZE // PATCH
    rows, columns = pixels.shape[2] // PATCH, pixels.shape[3] // PATCH
    positions = embeddings.position_embeddings[:, 1:].reshape(1, grid, grid, -1)
    window = positions[:, row : row + rows, column : column + columns].flatten(1, 2)
    cls = embeddings.cls_token + embeddings.position_embeddings[:, :1]
    prefix = torch.cat((cls, embeddings.register_tokens), 1).expand(len(pixels), -1, -1)
    return torch.cat((prefix, embeddings.patch_embeddings(pixels) + window), 1)


def tokens(student, sequence):
    """All tokens after the final norm, [B][T][D]."""
    for block in student.encoder.layer:
        sequence = block(sequence)
    return student.layernorm(sequence)


@torch.no_grad()
def calibrate(student, patches):
    """Lets the final norm give patches a mean of zero in every dimension and a mean square of one over all.

    Cosines between patches are then those of what differs between them, not of what all have in common.

    patches: tokens after the final norm as it is, [N][D].
    """
    norm = student.layernorm
    spread = (patches - patches.mean(0)).square().mean().sqrt()
    norm.bias.copy_((norm.bias - patches.mean(0)) / spread)
    norm.weight.copy_(norm.weight / spread)


def learning(student, gentle):
    """What learns, as groups of parameters; the first `gentle` blocks and the patch embedding at a tenth of the rate.

    Registers and positions are new or replaced, so they learn at the full rate.
    """
    student.requires_grad_(True)
    student.embeddings.mask_token.requires_grad_(False)
    for block in student.encoder.layer:
        for scale in (block.layer_scale1, block.layer_scale2):
            scale.requires_grad_(False)  # they belong to the form of the model and are folded into its products
    early = [*student.embeddings.patch_embeddings.parameters(), *student.encoder.layer[:gentle].parameters()]
    slow = {id(parameter) for parameter in early}
    fast = [parameter for parameter in student.parameters() if id(parameter) not in slow]
    return [
        {"params": [parameter for parameter in early if parameter.requires_grad], "scale": 0.1},
        {"params": [parameter for parameter in fast if parameter.requires_grad], "scale": 1.0},
    ]


def translated(teacher, blocks, into):
    """The teacher's tensors under the names of the student; layer scales are one."""
    source = teacher.state_dict()
    names = {
        "norm1": "layernorm_before",
        "norm2": "layernorm_after",
    }
    result = dict(into)
    for name in into:
        if "layer_scale" in name:
            result[name] = torch.ones_like(into[name])
            continue
        other = name.replace("encoder.layer.", "layers.")
        for mine, its in names.items():
            other = other.replace(f".{mine}.", f".{its}.")
        if other in source and source[other].shape == into[name].shape:
            result[name] = source[other].clone()
        elif "position" not in name and "register" not in name and "mask_token" not in name:
            raise KeyError(f"{name}: the teacher has no {other}")
    return result
