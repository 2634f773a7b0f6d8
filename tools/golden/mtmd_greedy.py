#!/usr/bin/env python3
"""Goldens with media in llama.cpp, from the files that Pollux makes of their folders.

    mtmd_greedy.py PROGRAM GOLDENS CASE MODEL.gguf MMPROJ.gguf

PROGRAM is mtmd_greedy.c built against llama.cpp's libraries. Of CASE, like gemma3/vision, it gets the ids, and the media as
the reference prepared them: resized pixels as bytes, samples of 16 kHz. Prints for each prompt whether the 24 greedy tokens
are the golden's, and how far the rows of the encoders are from it.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from safetensors.numpy import load_file


def picture(rows, height, width):
    """Patches [N, P * P * 3] of values in 0..1 as bytes [H, W, 3]."""
    side = round((rows.shape[1] / 3) ** 0.5)
    grid = rows.reshape(height // side, width // side, side, side, 3)
    return np.rint(grid.transpose(0, 2, 1, 3, 4).reshape(height, width, 3) * 255).astype(np.uint8)


def media(expected, prompt, folder):
    """What the program gets for each medium, in order."""
    name, found, pixels, patches, images, sounds = prompt["name"], [], None, 0, 0, 0
    for number, medium in enumerate(prompt["media"]):
        file = folder / f"{name}-{number}"
        if medium["type"] == "audio":
            expected[f"{name}.waveform.{sounds}"].astype(np.float32).tofile(file)
            found.append(f"audio:{file}")
            sounds += 1
            continue
        pixels = expected[f"{name}.pixel_values"]
        if pixels.ndim == 4:  # Gemma 3: whole images and crops of one size
            count = len(pixels) // sum(each["type"] == "image" for each in prompt["media"])
            for crop in pixels[images * count : (images + 1) * count]:
                each = file.with_suffix(f".{len(found)}")
                np.rint(crop * 127.5 + 127.5).astype(np.uint8).transpose(1, 2, 0).tofile(each)
                found.append(f"{crop.shape[2]}x{crop.shape[1]}:{each}")
        else:
            height, width = (int(side) for side in expected[f"{name}.resized_height_width"].reshape(-1, 2)[images])
            count = int(expected[f"{name}.patches_per_image"].reshape(-1)[images])
            picture(pixels[patches : patches + count], height, width).tofile(file)
            patches += count
            found.append(f"{width}x{height}:{file}")
        images += 1
    return found


def main():
    program, goldens, case, model, projector = sys.argv[1:6]
    golden = pathlib.Path(goldens) / case
    expected = load_file(golden / "expected.safetensors")
    config = json.loads((golden / "hf/config.json").read_text())
    image = config.get("image_token_id", config.get("image_token_index", -1))
    audio = config.get("audio_token_id") or -1
    for prompt in json.loads((golden / "input.json").read_text())["prompts"]:
        if any(medium["type"] == "video" for medium in prompt["media"]):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            rows = pathlib.Path(scratch) / "rows"
            arguments = [program, model, projector, "24", str(image), str(audio)]
            arguments += media(expected, prompt, pathlib.Path(scratch)) + ["--"] + [str(each) for each in prompt["ids"]]
            run = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "ROWS": str(rows)})
            if run.returncode:
                print(case, prompt["name"], run.stderr.strip())
                continue
            tokens, wanted = [int(each) for each in run.stdout.split()], expected[f"{prompt['name']}.greedy"].tolist()
            same = next((i for i, pair in enumerate(zip(tokens, wanted)) if pair[0] != pair[1]), len(wanted))
            outputs = [expected[key] for key in (f"{prompt['name']}.vision.output", f"{prompt['name']}.audio.output") if key in expected]
            found = np.fromfile(rows, dtype=np.float32).reshape(-1, outputs[0].shape[1])
            distance = np.abs(found - outputs[0]).max() if len(outputs) == 1 else float("nan")
            print(case, prompt["name"], f"{same} of {len(wanted)} tokens equal, rows differ by {distance:.3g}")


if __name__ == "__main__":
    main()
