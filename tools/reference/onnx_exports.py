#!/usr/bin/env python3
"""Small Vision Transformers exported to ONNX in every usual spelling, and what torch computes with them.

Made with torch 2.15.0, transformers 5.23.0, timm 1.0.31, onnx 1.23.2, onnxscript 0.7.2, onnxruntime 1.32.0 and safetensors 0.8.0, on a CPU.

    python tools/reference/onnx_exports.py [CASE ...]

writes below models/src/test/resources/org/patchlens/model/exports one folder per model with expected.safetensors, and
in it one file per export. expected.safetensors has, in 32-bit floats with eager attention,

    pixels       [B][3 * H * W]
    hidden.l     [B][T][D] for l = 0 ... L and last
    attention.l  [B][A][T][T] for l = 1 ... L
    rollout      [B][T], in 64-bit floats from the attention, whole matrices multiplied; for models with a CLS token

and refused/ holds graphs that are no plain Vision Transformer. versions.json says what made them.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import timm
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.float16 import convert_float_to_float16
from safetensors.torch import save_file

TARGET = pathlib.Path(__file__).parents[2] / "models/src/test/resources/org/patchlens/model/exports"
SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "image_size": 16, "patch_size": 4}


def sharpen(model, seed):
    """Weights large enough that attention is far from uniform and every norm and bias matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm = "norm" in name and name.endswith("weight")
            parameter.copy_(1 + 0.2 * noise if is_norm else 0.25 * noise)
    return model.eval()


class LastHidden(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model(pixel_values=pixels).last_hidden_state


class Features(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, pixels):
        return self.model.forward_features(pixels)


def rollout(attentions):
    product = None
    for attention in attentions:
        mixed = attention.double().mean(1) + torch.eye(attention.shape[-1], dtype=torch.float64)
        mixed = mixed / mixed.sum(-1, keepdim=True)
        product = mixed if product is None else mixed @ product
    return product[:, 0].float()


def write_expected(folder, pixels, hidden, last, attentions, cls):
    tensors = {"pixels": pixels.reshape(len(pixels), -1), "hidden.last": last}
    tensors.update({f"hidden.{i}": value for i, value in enumerate(hidden)})
    tensors.update({f"attention.{i + 1}": value for i, value in enumerate(attentions)})
    if cls:
        tensors["rollout"] = rollout(attentions)
    save_file({key: value.detach().float().clone().contiguous() for key, value in tensors.items()}, folder / "expected.safetensors")


def transformers_expected(model, blocks, pixels):
    model.set_attn_implementation("eager")
    inputs, outputs = [], []
    hooks = [blocks[0].register_forward_pre_hook(lambda m, a, k: inputs.append(a[0] if a else k["hidden_states"]), with_kwargs=True)]
    hooks += [block.register_forward_hook(lambda m, i, o: outputs.append(o[0] if isinstance(o, tuple) else o)) for block in blocks]
    with torch.no_grad():
        result = model(pixel_values=pixels, output_attentions=True)
    for hook in hooks:
        hook.remove()
    return inputs + outputs, result.last_hidden_state, result.attentions


def timm_expected(model, pixels):
    inputs, outputs, attentions = [], [], []
    hooks = [model.blocks[0].register_forward_pre_hook(lambda m, a: inputs.append(a[0]))]
    for block in model.blocks:
        block.attn.fused_attn = False
        hooks.append(block.register_forward_hook(lambda m, i, o: outputs.append(o)))
        hooks.append(block.attn.attn_drop.register_forward_hook(lambda m, i, o: attentions.append(o)))
    with torch.no_grad():
        last = model.forward_features(pixels)
    for hook in hooks:
        hook.remove()
    return inputs + outputs, last, attentions


def legacy(module, pixels, path, opset, dynamic=True):
    axes = {"pixel_values": {0: "batch"}} if dynamic else None
    torch.onnx.export(
        module, (pixels,), path, dynamo=False, opset_version=opset, input_names=["pixel_values"], dynamic_axes=axes
    )


def optimum(module, pixels, path):
    """What optimum 1 asks of torch: operators of version 14, all four sides of the input free, named outputs."""
    torch.onnx.export(
        module, (pixels,), path, dynamo=False, opset_version=14, do_constant_folding=True, input_names=["pixel_values"],
        output_names=["last_hidden_state"],
        dynamic_axes={
            "pixel_values": {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"},
            "last_hidden_state": {0: "batch_size", 1: "sequence_length"},
        },
    )


def dynamo(module, pixels, path, opset, dynamic=True):
    batch = {"pixels": {0: torch.export.Dim("batch", min=1, max=64)}} if dynamic else None
    torch.onnx.export(
        module, (pixels,), path, dynamo=True, opset_version=opset, dynamic_shapes=batch, external_data=False, verbose=False
    )
    strip(path)


def strip(path):
    """Removes where in which source file a node came from, which names folders of the machine that exported it."""
    model = onnx.load(path)
    del model.metadata_props[:]
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in [*model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del value.metadata_props[:]
    onnx.save(model, path)


def fused(source, path, half=False):
    model = optimizer.optimize_model(str(source), model_type="vit", num_heads=4, hidden_size=32, opt_level=0)
    if half:
        model.convert_float_to_float16(keep_io_types=False)
    model.save_model_to_file(str(path))


def half(source, path, keep_io):
    onnx.save(convert_float_to_float16(onnx.load(source), keep_io_types=keep_io, op_block_list=[]), path)


def int8(source, path):
    options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
    quantize_dynamic(source, path, per_channel=True, weight_type=QuantType.QInt8, extra_options=options)


def external(source, path):
    onnx.save(
        onnx.load(source), path, save_as_external_data=True, location=path.name + "_data", size_threshold=1024, convert_attribute=False
    )


def fused_attention(source, path, packed):
    """Replaces the standard Attention by the operators that ONNX Runtime's optimizer has put into files for years."""
    model = onnx.load(source)
    maker = {output: node for node in model.graph.node for output in node.output}
    weights = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}

    def linear(value):
        while maker[value].op_type != "Add":
            value = maker[value].input[0]
        product = maker[maker[value].input[0]]
        return value, product.input[0], weights[product.input[1]], weights[maker[value].input[1]]

    for index, node in enumerate(list(model.graph.node)):
        if node.op_type != "Attention":
            continue
        parts = [linear(value) for value in node.input[:3]]
        merged = next(n for n in model.graph.node if node.output[0] in n.input)
        merged = next(n for n in model.graph.node if merged.output[0] in n.input)
        output = merged.output[0]
        merged.output[0] = output + "_unused"
        if packed:
            stacked = np.concatenate([part[2] for part in parts], 1), np.concatenate([part[3] for part in parts])
            for tensor, kind in zip(stacked, ("weight", "bias")):
                model.graph.initializer.append(onnx.numpy_helper.from_array(tensor, f"{output}_{kind}"))
            inputs, operator = [parts[0][1], f"{output}_weight", f"{output}_bias"], "Attention"
        else:
            inputs, operator = [part[0] for part in parts], "MultiHeadAttention"
        new = onnx.helper.make_node(operator, inputs, [output], domain="com.microsoft", num_heads=4)
        model.graph.node.insert(list(model.graph.node).index(node), new)
    model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    needed = {output.name for output in model.graph.output}
    for node in reversed(list(model.graph.node)):
        if needed.isdisjoint(node.output):
            model.graph.node.remove(node)
        else:
            needed.update(node.input)
    kept = [tensor for tensor in model.graph.initializer if tensor.name in needed]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    del model.graph.value_info[:]
    onnx.save(model, path)


def of_transformers(name, model, blocks, cls=True, every=False, traced=True):
    folder = TARGET / name
    folder.mkdir(parents=True, exist_ok=True)
    pixels = torch.randn((2, 3, 16, 16), generator=torch.Generator().manual_seed(3))
    write_expected(folder, pixels, *transformers_expected(model, blocks, pixels), cls)
    module = LastHidden(model)
    if traced:
        legacy(module, pixels, folder / "eager-legacy-17.onnx", 17)
    if every:
        legacy(module, pixels, folder / "eager-legacy-13.onnx", 13)
        dynamo(module, pixels, folder / "eager-dynamo-18.onnx", 18)
        fused(folder / "eager-legacy-17.onnx", folder / "fused.onnx")
        fused(folder / "eager-legacy-17.onnx", folder / "fused-half.onnx", half=True)
        half(folder / "eager-legacy-17.onnx", folder / "half.onnx", False)
        half(folder / "eager-legacy-17.onnx", folder / "half-inside.onnx", True)
        int8(folder / "eager-legacy-17.onnx", folder / "int8.onnx")
        int8(folder / "fused.onnx", folder / "fused-int8.onnx")
        external(folder / "eager-legacy-17.onnx", folder / "external.onnx")
        optimum(module, pixels, folder / "eager-optimum-14.onnx")
    model.set_attn_implementation("sdpa")
    if traced:
        legacy(module, pixels, folder / "sdpa-legacy-17.onnx", 17)
    if every:
        optimum(module, pixels, folder / "sdpa-optimum-14.onnx")
    dynamo(module, pixels, folder / "sdpa-dynamo-23.onnx", 23)
    if every:
        fused_attention(folder / "sdpa-dynamo-23.onnx", folder / "packed-attention.onnx", True)
        fused_attention(folder / "sdpa-dynamo-23.onnx", folder / "multi-head-attention.onnx", False)
        int8(folder / "packed-attention.onnx", folder / "packed-attention-int8.onnx")
        fused(folder / "sdpa-legacy-17.onnx", folder / "fused-sdpa.onnx")
        dynamo(module, pixels, folder / "sdpa-dynamo-18.onnx", 18)
        dynamo(module, pixels[:1], folder / "one-image-dynamo-23.onnx", 23, dynamic=False)
        legacy(module, pixels[:1], folder / "one-image-legacy-17.onnx", 17, dynamic=False)


def of_timm(name, cls, **options):
    folder = TARGET / name
    folder.mkdir(parents=True, exist_ok=True)
    pixels = torch.randn((2, 3, 16, 16), generator=torch.Generator().manual_seed(3))
    model = timm.models.vision_transformer.VisionTransformer(
        img_size=16, patch_size=4, embed_dim=32, depth=2, num_heads=4, mlp_ratio=2, num_classes=5, **options
    )
    model = sharpen(model, 5)
    write_expected(folder, pixels, *timm_expected(model, pixels), cls)
    legacy(model, pixels, folder / "classifier-legacy-17.onnx", 17)
    for block in model.blocks:
        block.attn.fused_attn = True
    legacy(model, pixels, folder / "classifier-sdpa-legacy-16.onnx", 16)
    dynamo(Features(model), pixels, folder / "features-dynamo-18.onnx", 18)


def vit():
    config = transformers.ViTConfig(**SMALL, intermediate_size=64)
    model = sharpen(transformers.ViTModel(config, add_pooling_layer=False), 1)
    of_transformers("vit", model, model.layers, every=True)


def registers():
    config = transformers.Dinov2WithRegistersConfig(**SMALL, mlp_ratio=2, num_register_tokens=3)
    model = sharpen(transformers.Dinov2WithRegistersModel(config), 2)
    # its positions are resized by an operator that the older exporter does not know
    of_transformers("dinov2-with-registers", model, find_blocks(model), traced=False)


def clip():
    config = transformers.CLIPVisionConfig(**SMALL, intermediate_size=64)
    model = sharpen(transformers.CLIPVisionModel(config), 4)
    of_transformers("clip", model, find_blocks(model))


def siglip():
    config = transformers.SiglipVisionConfig(**SMALL, intermediate_size=64)
    model = sharpen(transformers.SiglipVisionModel(config), 6)
    of_transformers("siglip", model, find_blocks(model), cls=False)


def find_blocks(model):
    lists = [module for module in model.modules() if isinstance(module, torch.nn.ModuleList)]
    return next(blocks for blocks in lists if len(blocks) == SMALL["num_hidden_layers"])


def refused():
    folder = TARGET / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    pixels = torch.zeros((1, 3, 32, 32))
    swin = timm.models.swin_transformer.SwinTransformer(
        img_size=32, patch_size=4, embed_dim=16, depths=(2, 2), num_heads=(2, 4), window_size=4, num_classes=3
    )
    legacy(swin.eval(), pixels, folder / "swin.onnx", 17)
    convnext = timm.models.convnext.ConvNeXt(depths=(1, 1, 1, 1), dims=(8, 8, 16, 16), num_classes=3)
    legacy(convnext.eval(), pixels, folder / "convnext.onnx", 17)
    hybrid = timm.models.vision_transformer.VisionTransformer(
        img_size=32, patch_size=8, embed_dim=32, depth=2, num_heads=4, mlp_ratio=2, num_classes=3
    )
    hybrid.patch_embed.proj = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, 2, 1), torch.nn.ReLU(), torch.nn.Conv2d(8, 32, 3, 4, 1)
    )
    legacy(hybrid.eval(), pixels, folder / "hybrid.onnx", 17)


CASES = {
    "vit": vit,
    "registers": registers,
    "clip": clip,
    "siglip": siglip,
    "timm-cls": lambda: of_timm("timm-cls", True, init_values=0.5),
    "timm-patches": lambda: of_timm("timm-patches", False, class_token=False, global_pool="avg"),
    "timm-registers": lambda: of_timm("timm-registers", True, reg_tokens=3, no_embed_class=True, qk_norm=True),
    "refused": refused,
}

for case in sys.argv[1:] or CASES:
    torch.manual_seed(0)
    CASES[case]()
    print(case, flush=True)
versions = {library.__name__: library.__version__ for library in (torch, transformers, timm, onnx, onnxruntime, np)}
(TARGET / "versions.json").write_text(json.dumps(versions, indent=1) + "\n")
