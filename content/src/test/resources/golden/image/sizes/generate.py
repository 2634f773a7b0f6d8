#!/usr/bin/env python3
"""What the reference makes of sizes, and of the public photographs: python generate.py DATA FOLDER"""
import hashlib
import json
import random
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

torch.library.define("torchvision::nms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
torch.library.define("torchvision::qnms", "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
from transformers.models.gemma3.image_processing_gemma3 import Gemma3ImageProcessor
from transformers.models.gemma4.image_processing_gemma4 import get_aspect_ratio_preserving_size

BUDGETS = (70, 140, 280, 560, 1120)
EDGES = [(1, 1), (1, 65535), (65535, 1), (47, 48), (48, 48), (768, 768), (813, 813), (2, 4096), (4000, 3000), (10000, 10000)]
gemma3 = Gemma3ImageProcessor()


def target(width, height, budget):
    height, width = get_aspect_ratio_preserving_size(height, width, 16, budget * 9, 3)
    return [width, height]


def crops(width, height, smallest=256, most=4, ratio=1.2):
    return len(gemma3.pan_and_scan_batched(torch.empty(1, 3, height, width, device="meta"), smallest, most, ratio))


data, folder = Path(sys.argv[1]), Path(sys.argv[2])
random.seed(1)
sizes = EDGES + [tuple(int(10 ** random.uniform(0, 4)) for _ in "wh") for _ in range(200)]
sizes += [(w, int(w * random.uniform(0.3, 3)) + 1) for w in (random.randrange(200, 4000) for _ in range(100))]
rows = [[w, h, *(side for budget in BUDGETS for side in target(w, h, budget)), crops(w, h), crops(w, h, 40, 7, 1.05)]
        for w, h in sizes]
photos = []
for path in sorted(p for where in ("images/photos", "multimodal/genai-samples", "multimodal/sroie/img")
                   for p in (data / where).iterdir() if p.suffix.lower() in (".jpg", ".png")):
    image = ImageOps.exif_transpose(Image.open(path))
    rgb = np.ascontiguousarray(image.convert("RGB"))
    photos.append({"file": str(path.relative_to(data)), "width": image.width, "height": image.height,
                   "sha256": hashlib.sha256(rgb.tobytes()).hexdigest(),
                   "target": target(image.width, image.height, 280), "crops": crops(image.width, image.height)})
lines = lambda rows: ",\n".join(json.dumps(row) for row in rows)
(folder / "expected.json").write_text(f'{{"sizes": [\n{lines(rows)}\n],\n"photos": [\n{lines(photos)}\n]}}\n')
