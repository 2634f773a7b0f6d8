#!/usr/bin/env python3
"""One small picture in all formats and manners, and what Pillow reads of it: python generate.py FOLDER"""
import hashlib
import io
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

HEIGHT, WIDTH = 29, 37
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
files = {}


def save(name, image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    files[name] = out.getvalue()


def exif(orientation):
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def png(kind, depth, pixels, interlaced):
    """Pillow writes neither 16 bits a colour nor interlaced files."""
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = b""
    for x, y, across, down in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        for row in range(y, HEIGHT, down):
            rows += b"\0" + np.ascontiguousarray(pixels[row, x::across]).tobytes()
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


rng = np.random.default_rng(7)
y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
pixels = np.stack([6 * x, 8 * y, 255 - 3 * (x + y)], -1).clip(0, 255).astype(np.uint8)
pixels[5:14, 8:20] = [250, 30, 40]
pixels[16:25, 22:33] = rng.integers(0, 256, (9, 11, 3))
image = Image.fromarray(pixels)
gray = image.convert("L")
rgba = image.convert("RGBA")
rgba.putalpha(Image.fromarray((x * 6).clip(0, 255).astype(np.uint8)))

for subsampling, name in ((0, "444"), (1, "422"), (2, "420")):
    save(f"baseline-{name}.jpg", image, "JPEG", quality=88, subsampling=subsampling)
save("progressive.jpg", image, "JPEG", quality=88, progressive=True)
save("restarts.jpg", image, "JPEG", quality=80, restart_marker_blocks=2)
save("gray.jpg", gray, "JPEG", quality=88)
save("rgb.jpg", image, "JPEG", quality=92, keep_rgb=True)
save("cmyk.jpg", image.convert("CMYK"), "JPEG", quality=88)
marked = files["cmyk.jpg"]
name = marked.find(b"Adobe")
files["ycck.jpg"] = marked[: name + 11] + b"\2" + marked[name + 12 :]  # the transform that Adobe's mark names
segment = marked.find(b"\xff\xee")
files["cmyk-unmarked.jpg"] = marked[:segment] + marked[segment + 2 + struct.unpack_from(">H", marked, segment + 2)[0] :]
for orientation in range(1, 9):
    save(f"exif-{orientation}.jpg", image, "JPEG", quality=88, exif=exif(orientation))

save("exif-6.png", image, "PNG", exif=exif(6))
save("rgb.png", image, "PNG")
save("gray.png", gray, "PNG")
save("rgba.png", rgba, "PNG")
save("gray-alpha.png", rgba.convert("LA"), "PNG")
save("palette.png", image.quantize(23), "PNG")
save("palette-transparent.png", image.quantize(23), "PNG", transparency=3)
save("palette-2bit.png", image.quantize(4), "PNG", bits=2)
save("bits.png", image.convert("1"), "PNG")
deep = (pixels.astype(np.uint16) * 256 + rng.integers(0, 256, pixels.shape)).astype(">u2")
files["rgb-interlaced.png"] = png(2, 8, pixels, 1)
files["rgb-16bit.png"] = png(2, 16, deep, 0)
files["rgb-16bit-interlaced.png"] = png(2, 16, deep, 1)
files["gray-16bit.png"] = png(0, 16, deep[:, :, 0], 0)

save("exif-8.webp", image, "WEBP", lossless=True, exif=exif(8))
save("lossy.webp", image, "WEBP", quality=80)
save("lossless.webp", image, "WEBP", lossless=True)
save("alpha.webp", rgba, "WEBP", quality=90)
save("alpha-lossless.webp", rgba, "WEBP", lossless=True, exact=True)
turned = [image.rotate(90), image.rotate(180)]
save("animated.webp", image, "WEBP", save_all=True, append_images=turned, lossless=True, duration=100)

save("still.gif", image.quantize(40), "GIF")
save("animated.gif", image.quantize(40), "GIF", save_all=True, append_images=[turned[0].quantize(40)], duration=100)
save("rgb.bmp", image, "BMP")
save("palette.bmp", image.quantize(30), "BMP")
save("gray.bmp", gray, "BMP")
save("rgba.bmp", rgba, "BMP")
save("lossy.avif", image, "AVIF", quality=85)
save("alpha.avif", rgba, "AVIF", quality=85)
for orientation in range(2, 9):
    save(f"exif-{orientation}.avif", image, "AVIF", quality=85, exif=exif(orientation))

folder = Path(sys.argv[1])
expected = {}
for name, data in sorted(files.items()):
    (folder / name).write_bytes(data)
    read = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))
    if name == "gray-16bit.png":  # Pillow cuts off at 255
        read = np.repeat((deep[:, :, 0] >> 8).astype(np.uint8)[:, :, None], 3, 2)
    expected[name] = {"width": read.shape[1], "height": read.shape[0],
                      "sha256": hashlib.sha256(np.ascontiguousarray(read).tobytes()).hexdigest()}
    if name.endswith(".avif"):
        expected[name]["row"] = read[read.shape[0] // 2].reshape(-1).tolist()
(folder / "expected.json").write_text(
    "{\n" + ",\n".join(f'"{name}": {json.dumps(each)}' for name, each in expected.items()) + "\n}\n")
