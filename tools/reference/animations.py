#!/usr/bin/env python3
"""Writes small animations, and every frame of them as Pillow composes it.

Needs: Pillow 13.0.0 with libwebp (the version that ran is written into the golden file).

Each case: the file in base64 and the sha256 of the red, green and blue bytes of each frame. Beside the files made here
the frames of shared/data/images stand by the name of the file, without its bytes.

    python3 tools/reference/animations.py ../shared/data/images/files models/src/test/resources/animations/animations.json
"""

import base64
import hashlib
import io
import json
import pathlib
import struct
import sys
import zlib

import PIL
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 24, 20
SHARED = ["pil_dispose_prev.gif", "pil_dispose_none.gif", "local_dev_animated4.gif", "pil_delay.png"]


def scenes(mode, background):
    """A disc that wanders over an empty canvas: players must do away with it where it was."""
    for step in range(5):
        image = Image.new(mode, (WIDTH, HEIGHT), background)
        draw = ImageDraw.Draw(image)
        colour = (40 * step, 255 - 30 * step, 90, 255)[: len(image.getbands())]
        draw.ellipse((2 + 3 * step, 3 + step, 9 + 3 * step, 12 + step), fill=colour)
        yield image


def saved(images, **options):
    images = list(images)
    buffer = io.BytesIO()
    images[0].save(buffer, save_all=True, append_images=images[1:], **options)
    return buffer.getvalue()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def apng(depth_type, canvas, parts, still=None):
    """An animated PNG of raw parts (left, top, width, height, rows, dispose, blend), which Pillow's writer cannot
    be told to write."""
    depth, kind = depth_type
    bits = depth * {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *canvas, depth, kind, 0, 0, 0))
    out += chunk(b"acTL", struct.pack(">II", len(parts), 0))
    number = 0
    if still is not None:
        out += chunk(b"IDAT", zlib.compress(still))
    for index, (left, top, width, height, rows, dispose, blend) in enumerate(parts):
        out += chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, width, height, left, top, 1, 10, dispose, blend))
        number += 1
        data = zlib.compress(b"".join(b"\0" + rows[i * width * bits // 8 : (i + 1) * width * bits // 8] for i in range(height)))
        if index == 0 and still is None:
            out += chunk(b"IDAT", data)
        else:
            out += chunk(b"fdAT", struct.pack(">I", number) + data)
            number += 1
    return out + chunk(b"IEND", b"")


def solid(width, height, *pixel):
    return bytes(pixel) * (width * height)


def cases():
    clear = (0, 0, 0, 0)
    yield "gif, kept", saved(scenes("RGB", (200, 180, 20)), format="GIF", disposal=1)
    yield "gif, emptied", saved(scenes("RGBA", clear), format="GIF", disposal=2)
    yield "gif, mixed", saved(scenes("RGB", (9, 80, 120)), format="GIF", disposal=[1, 3, 3, 2, 0])
    yield "gif, transparent", saved(scenes("RGBA", clear), format="GIF", disposal=[1, 1, 2, 1, 2])
    yield "apng, kept", saved(scenes("RGB", (1, 2, 3)), format="PNG", disposal=0, blend=0)
    yield "apng, over", saved(scenes("RGBA", clear), format="PNG", disposal=[0, 0, 1, 0, 0], blend=1)
    yield "apng, still image outside", saved(
        scenes("RGB", (7, 7, 7)), format="PNG", default_image=True, disposal=[0, 1, 0, 2], blend=0)
    size = (WIDTH, HEIGHT)
    full = (0, 0, *size)
    yield "apng, parts", apng((8, 6), size, [
        (*full, solid(*size, 10, 20, 30, 255), 0, 0),
        (3, 4, 7, 5, solid(7, 5, 200, 0, 0, 255), 2, 0),
        (8, 6, 9, 9, solid(9, 9, 0, 200, 0, 255), 1, 0),
        (9, 7, 3, 3, solid(3, 3, 0, 0, 200, 255), 0, 1),
        (9, 7, 5, 5, solid(5, 5, 90, 90, 90, 0), 0, 1),
    ])
    yield "apng, half transparent over opaque", apng((8, 6), size, [
        (*full, solid(*size, 10, 20, 30, 255), 0, 0),
        (3, 4, 7, 5, solid(7, 5, 200, 0, 100, 128), 0, 1),
        (5, 5, 9, 9, solid(9, 9, 0, 200, 7, 37), 0, 1),
    ])
    yield "apng, grey", apng((8, 0), size, [
        (*full, solid(*size, 10), 0, 0), (3, 4, 7, 5, solid(7, 5, 200), 2, 0), (0, 0, 2, 2, solid(2, 2, 77), 0, 0)])
    yield "webp, lossless", saved(scenes("RGBA", clear), format="WEBP", lossless=True, minimize_size=True)
    yield "webp, opaque", saved(scenes("RGB", (60, 60, 0)), format="WEBP", lossless=True, minimize_size=True)
    yield "webp, every frame a key frame", saved(scenes("RGBA", clear), format="WEBP", lossless=True, kmin=0, kmax=1)


def shown_over_and_taken_back():
    """A part that is drawn over and then taken back leaves no trace. Pillow 13.0.0 keeps it where blend is "over",
    against the specification of APNG, so the frame after it comes from the file without it."""
    size = (WIDTH, HEIGHT)
    first = (0, 0, *size, solid(*size, 10, 20, 30, 255), 0, 0)
    taken_back = (3, 4, 7, 5, solid(7, 5, 200, 0, 0, 255), 2, 1)
    last = (8, 6, 9, 9, solid(9, 9, 0, 200, 0, 255), 0, 1)
    case = described("apng, over and taken back", apng((8, 6), size, [first, taken_back, last]), True)
    case["frames"][2] = described("", apng((8, 6), size, [first, last]), False)["frames"][1]
    return case


def frames(content):
    with Image.open(io.BytesIO(content)) as image:
        for index in range(image.n_frames):
            image.seek(index)
            yield image.convert("RGBA").convert("RGB")


def described(name, content, with_bytes):
    hashes = [hashlib.sha256(frame.tobytes()).hexdigest() for frame in frames(content)]
    case = {"name": name, "frames": hashes}
    if with_bytes:
        case["file"] = base64.b64encode(content).decode("ascii")
    return case


def main(shared, target):
    written = [described(name, content, True) for name, content in cases()] + [shown_over_and_taken_back()]
    common = [described(name, (shared / name).read_bytes(), False) for name in SHARED]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"versions": {"Pillow": PIL.__version__}, "cases": written, "shared": common}) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
