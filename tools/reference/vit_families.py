#!/usr/bin/env python3
"""Golden files of the families beside `vit`: small models with random weights, and what transformers computes.

Made with torch 2.15.0, transformers 5.23.0, safetensors 0.8.0, numpy 2.4.6 and
timm 1.0.31, on a CPU, in 32-bit floats with eager attention.

    python tools/reference/vit_families.py [FAMILY ...]

writes FAMILY/MODEL/{config.json, model.safetensors, expected.safetensors} below
models/src/test/resources/org/patchlens/model, in the form that tools/reference/vit.py describes. The hidden states
are taken from hooks on the input of the first block and on the outputs of the blocks.
"""

import inspect
import shutil
import sys

import torch
from safetensors.torch import save_file
from timm.models.deit import VisionTransformerDistilled
from timm.models.vision_transformer import VisionTransformer
from transformers import (
    BeitConfig,
    BeitModel,
    BeitForImageClassification,
    CLIPConfig,
    CLIPModel,
    CLIPVisionConfig,
    CLIPVisionModel,
    Data2VecVisionConfig,
    Data2VecVisionModel,
    DeiTConfig,
    DeiTForImageClassificationWithTeacher,
    Dinov2Config,
    Dinov2ForImageClassification,
    Dinov2Model,
    Dinov2WithRegistersConfig,
    Dinov2WithRegistersModel,
    DINOv3ViTConfig,
    DINOv3ViTModel,
    IJepaConfig,
    IJepaModel,
    Siglip2Config,
    Siglip2Model,
    Siglip2VisionConfig,
    Siglip2VisionModel,
    SiglipConfig,
    SiglipModel,
    SiglipVisionConfig,
    SiglipVisionModel,
    ViTConfig,
    ViTMAEConfig,
    ViTMAEForPreTraining,
    ViTMSNConfig,
    ViTMSNModel,
)

from vit import TARGET, VERSIONS, rollout, sharpen

SIZES = dict(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, image_size=20, patch_size=4)
PLAIN = dict(**SIZES, intermediate_size=40)
TEXT = dict(hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=10, max_position_embeddings=4)


def blocks_of(encoder):
    for path in ("layers", "encoder.layer", "encoder.layers", "model.layer"):
        part = encoder
        for name in path.split("."):
            part = getattr(part, name, None)
        if part is not None:
            return part
    raise ValueError(type(encoder))


def compute(encoder, pixels, trained):
    encoder.set_attn_implementation("eager")
    states = []
    layers = blocks_of(encoder)
    hooks = [layers[0].register_forward_pre_hook(lambda m, i, k: states.append(i[0] if i else k["hidden_states"]), with_kwargs=True)]
    hooks += [layer.register_forward_hook(lambda m, i, o: states.append(o[0] if isinstance(o, tuple) else o)) for layer in layers]
    options = {"output_attentions": True}
    accepted = inspect.signature(encoder.forward).parameters
    if "interpolate_pos_encoding" in accepted:
        options["interpolate_pos_encoding"] = pixels.shape[-1] != trained or pixels.shape[-2] != trained
    if "noise" in accepted:
        # ascending noise keeps the order of patches; with a mask ratio of 0 all of them are kept
        encoder.embeddings.config.mask_ratio = 0.0
        patches = (pixels.shape[-1] // 4) * (pixels.shape[-2] // 4)
        options["noise"] = torch.arange(patches).float().expand(pixels.shape[0], -1)
    if "spatial_shapes" in accepted:
        options |= packed(pixels)
        pixels = options.pop("patches")
    with torch.no_grad():
        output = encoder(pixels, **options)
    for hook in hooks:
        hook.remove()
    return states, output.last_hidden_state, output.attentions


def packed(pixels):
    """All patches of images as the rows of a matrix, the way SigLIP 2's processor packs them."""
    images, channels, height, width = pixels.shape
    cells = pixels.reshape(images, channels, height // 4, 4, width // 4, 4).permute(0, 2, 4, 3, 5, 1)
    patches = cells.reshape(images, (height // 4) * (width // 4), -1)
    return {
        "patches": patches,
        "pixel_attention_mask": torch.ones(patches.shape[:2], dtype=torch.int32),
        "spatial_shapes": torch.tensor([[height // 4, width // 4]] * images),
    }


def expected(encoder, sizes, seed, cls):
    generator = torch.Generator().manual_seed(seed)
    tensors = {}
    for images, height, width in sizes:
        pixels = torch.randn((images, 3, height, width), generator=generator)
        hidden, last, attentions = compute(encoder, pixels, 20)
        key = f"{height}x{width}"
        tensors[f"{key}.pixels"] = pixels.reshape(images, -1)
        for layer, state in enumerate(hidden):
            tensors[f"{key}.hidden.{layer}"] = state.contiguous().clone()
        tensors[f"{key}.hidden.last"] = last.contiguous().clone()
        for layer, matrix in enumerate(attentions):
            tensors[f"{key}.attention.{layer + 1}"] = matrix.contiguous()
        if cls:
            tensors[f"{key}.rollout"] = rollout(attentions)
    return tensors


def write(family, name, model, encoder, sizes, seed, cls=True, names=None):
    """Saves a model; names maps the library's state to other names, written without the library's writer."""
    folder = TARGET.parent / family / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if names is None:
        model.save_pretrained(folder)
    else:
        model.config.save_pretrained(folder)
        save_file(names, folder / "model.safetensors")
    save_file(expected(encoder, sizes, seed, cls), folder / "expected.safetensors", metadata=VERSIONS)


def original_names(model):
    """The state of a DINOv2 under the names of its original code: query, key and value in one tensor."""
    state = model.state_dict()
    renamed = {}
    for name, tensor in state.items():
        for old, new in (
            ("embeddings.patch_embeddings.projection", "patch_embed.proj"),
            ("embeddings.position_embeddings", "pos_embed"),
            ("embeddings.", ""),
            ("encoder.layer.", "blocks."),
            ("layer_scale1.lambda1", "ls1.gamma"),
            ("layer_scale2.lambda1", "ls2.gamma"),
            ("attention.o_proj", "attn.proj"),
            ("mlp.down_proj", "mlp.w3"),
            ("layernorm.", "norm."),
        ):
            name = name.replace(old, new)
        if "q_proj" in name:
            parts = [state[k] for k in (original_key(state, tensor, p) for p in ("q_proj", "k_proj", "v_proj"))]
            renamed[name.replace("attention.q_proj", "attn.qkv")] = torch.cat(parts)
        elif "gate_proj" in name:
            parts = [tensor, state[original_key(state, tensor, "up_proj", "gate_proj")]]
            renamed[name.replace("gate_proj", "w12")] = torch.cat(parts)
        elif not any(part in name for part in ("k_proj", "v_proj", "up_proj")):
            renamed[name] = tensor.contiguous()
    return renamed


def original_key(state, tensor, other, this="q_proj"):
    key = next(k for k, v in state.items() if v is tensor or (v.data_ptr() == tensor.data_ptr() and this in k))
    return key.replace(this, other)


def dinov2():
    plain = sharpen(Dinov2Model(Dinov2Config(**SIZES, mlp_ratio=2)), 101)
    write("dinov2", "plain", plain, plain, [(2, 20, 20), (1, 28, 12), (1, 8, 8)], 111)
    gated = sharpen(Dinov2ForImageClassification(Dinov2Config(**SIZES, mlp_ratio=2, use_swiglu_ffn=True, qkv_bias=False, num_labels=3)), 102)
    write("dinov2", "classifier-gated-no-bias", gated, gated.dinov2, [(1, 20, 20), (1, 12, 24)], 112)
    write("dinov2", "names-original", plain, plain, [(1, 20, 20)], 113, names=original_names(plain))
    swiglu = sharpen(Dinov2Model(Dinov2Config(**SIZES, mlp_ratio=2, use_swiglu_ffn=True)), 103)
    write("dinov2", "names-original-gated", swiglu, swiglu, [(1, 20, 20)], 114, names=original_names(swiglu))


def dinov2_with_registers():
    model = sharpen(Dinov2WithRegistersModel(Dinov2WithRegistersConfig(**SIZES, mlp_ratio=2, num_register_tokens=3)), 121)
    write("dinov2_with_registers", "three", model, model, [(1, 20, 20), (1, 28, 12), (1, 12, 8)], 131)
    gated = sharpen(Dinov2WithRegistersModel(Dinov2WithRegistersConfig(**SIZES, mlp_ratio=3, num_register_tokens=1, use_swiglu_ffn=True)), 122)
    write("dinov2_with_registers", "one-gated", gated, gated, [(1, 20, 20)], 132)


def deit():
    model = sharpen(DeiTForImageClassificationWithTeacher(DeiTConfig(**PLAIN, num_labels=3)), 141)
    write("deit", "teacher", model, model.deit, [(1, 20, 20), (1, 28, 12)], 151)


def vit_msn():
    model = sharpen(ViTMSNModel(ViTMSNConfig(**PLAIN, qkv_bias=False)), 161)
    write("vit_msn", "plain", model, model, [(1, 20, 20), (1, 28, 12)], 171)


def vit_mae():
    decoder = dict(decoder_hidden_size=16, decoder_num_hidden_layers=1, decoder_intermediate_size=16, decoder_num_attention_heads=2)
    model = ViTMAEForPreTraining(ViTMAEConfig(**PLAIN, **decoder))
    positions = model.vit.embeddings.position_embeddings.clone()
    sharpen(model, 181)
    with torch.no_grad():
        model.vit.embeddings.position_embeddings.copy_(positions)
    write("vit_mae", "with-decoder", model, model.vit, [(1, 20, 20), (1, 28, 12)], 191)


def clip():
    tower = sharpen(CLIPVisionModel(CLIPVisionConfig(**PLAIN)), 201)
    write("clip", "tower", tower, tower, [(1, 20, 20), (1, 28, 12)], 211)
    both = sharpen(CLIPModel(CLIPConfig(text_config=TEXT, vision_config={**PLAIN, "hidden_act": "gelu"}, projection_dim=8)), 202)
    write("clip", "both-towers", both, both.vision_model, [(1, 20, 20)], 212)


def siglip():
    tower = sharpen(SiglipVisionModel(SiglipVisionConfig(**PLAIN)), 221)
    write("siglip", "tower", tower, tower, [(1, 20, 20), (1, 28, 12)], 231, cls=False)
    both = sharpen(SiglipModel(SiglipConfig(text_config=TEXT, vision_config={**PLAIN, "vision_use_head": False})), 222)
    write("siglip", "both-towers", both, both.vision_model, [(1, 20, 20)], 232, cls=False)


def siglip2():
    patches = {k: v for k, v in PLAIN.items() if k != "image_size"} | {"num_patches": 25}
    tower = sharpen(Siglip2VisionModel(Siglip2VisionConfig(**patches)), 281)
    write("siglip2", "tower", tower, tower, [(1, 20, 20), (1, 28, 12)], 291, cls=False)
    both = sharpen(Siglip2Model(Siglip2Config(text_config=TEXT, vision_config={**patches, "vision_use_head": False})), 282)
    write("siglip2", "both-towers", both, both.vision_model, [(1, 20, 20), (1, 12, 8)], 292, cls=False)


def beit():
    mean = sharpen(BeitForImageClassification(BeitConfig(**PLAIN, use_relative_position_bias=True, num_labels=3)), 401)
    write("beit", "classifier-bias-per-block", mean, mean.beit, [(2, 20, 20), (1, 28, 28), (1, 12, 20)], 411)
    shared = dict(use_shared_relative_position_bias=True, use_absolute_position_embeddings=True, use_mean_pooling=False)
    both = sharpen(BeitModel(BeitConfig(**PLAIN, **shared, use_mask_token=True, layer_scale_init_value=0.0)), 402)
    write("beit", "shared-bias-and-positions", both, both, [(1, 20, 20), (1, 28, 12)], 412)


def data2vec_vision():
    model = sharpen(Data2VecVisionModel(Data2VecVisionConfig(**PLAIN, use_relative_position_bias=True, attn_implementation="eager")), 421)
    write("data2vec_vision", "plain", model, model, [(1, 20, 20), (1, 28, 28)], 431)


def ijepa():
    model = sharpen(IJepaModel(IJepaConfig(**PLAIN), add_pooling_layer=False), 241)
    write("ijepa", "plain", model, model, [(1, 20, 20), (1, 28, 12)], 251, cls=False)


def dinov3_vit():
    model = sharpen(DINOv3ViTModel(DINOv3ViTConfig(**PLAIN, num_register_tokens=2)), 261)
    write("dinov3_vit", "two-registers", model, model, [(1, 20, 20), (1, 28, 12)], 271)
    odd = dict(use_gated_mlp=True, hidden_act="silu", mlp_bias=False, proj_bias=False, query_bias=False, key_bias=True, rope_theta=50.0)
    gated = sharpen(DINOv3ViTModel(DINOv3ViTConfig(**{**PLAIN, "num_attention_heads": 2}, **odd)), 262)
    write("dinov3_vit", "gated-few-biases", gated, gated, [(1, 20, 20), (1, 8, 28)], 272)


def timm_names():
    """Plain Vision Transformers of timm under configurations of transformers, computed by timm."""
    folder = TARGET.parent / "timm"
    shutil.rmtree(folder, ignore_errors=True)
    shape = dict(img_size=20, patch_size=4, embed_dim=32, depth=2, num_heads=4, mlp_ratio=1.25, num_classes=3)
    models = {
        "cls-classifier": (VisionTransformer(**shape, qkv_bias=False), ViTConfig(**PLAIN, qkv_bias=False), torch.float32),
        "distilled-bfloat": (VisionTransformerDistilled(**shape), DeiTConfig(**PLAIN), torch.bfloat16),
        "patches-only-half": (VisionTransformer(**shape, class_token=False, global_pool="avg", fc_norm=False), IJepaConfig(**PLAIN), torch.float16),
    }
    for seed, (name, (model, config, dtype)) in enumerate(models.items(), 301):
        target = folder / name
        target.mkdir(parents=True)
        config.layer_norm_eps = 1e-6
        config.save_pretrained(target)
        rounded = sharpen(model, seed).to(dtype)
        save_file({k: v.contiguous() for k, v in rounded.state_dict().items()}, target / "model.safetensors")
        pixels = torch.randn((1, 3, 20, 20), generator=torch.Generator().manual_seed(seed))
        save_file(timm_states(rounded.float(), pixels, "patches-only" not in name), target / "expected.safetensors", metadata=VERSIONS)


def timm_states(model, pixels, cls):
    states, attentions = [], []
    hooks = [model.blocks[0].register_forward_pre_hook(lambda m, i: states.append(i[0]))]
    for block in model.blocks:
        # timm's unfused attention ends in a dropout over its softmax
        block.attn.fused_attn = False
        hooks.append(block.attn.attn_drop.register_forward_hook(lambda m, i, o: attentions.append(o)))
        hooks.append(block.register_forward_hook(lambda m, i, o: states.append(o)))
    with torch.no_grad():
        last = model.forward_features(pixels)
    for hook in hooks:
        hook.remove()
    tensors = {"20x20.pixels": pixels.reshape(1, -1), "20x20.hidden.last": last.clone()}
    tensors |= {f"20x20.hidden.{i}": state.contiguous().clone() for i, state in enumerate(states)}
    tensors |= {f"20x20.attention.{i}": matrix.contiguous() for i, matrix in enumerate(attentions, 1)}
    return tensors | ({"20x20.rollout": rollout(attentions)} if cls else {})


FAMILIES = [
    dinov2,
    dinov2_with_registers,
    deit,
    vit_msn,
    vit_mae,
    clip,
    siglip,
    siglip2,
    ijepa,
    dinov3_vit,
    beit,
    data2vec_vision,
    timm_names,
]

if __name__ == "__main__":
    for family in FAMILIES:
        if len(sys.argv) < 2 or family.__name__ in sys.argv[1:]:
            family()
