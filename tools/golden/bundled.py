#!/usr/bin/env python3
"""What transformers makes of the model that comes with Pollux.

    bundled.py MODEL DATA OUT        OUT is cli/src/test/resources/bundled, DATA the folder of public data

Writes digit-N.png, four test images of MNIST, and expected.json: prompts in Gemma 4's chat form with their ids, the
logits of the last row's first 256 pieces and the greedy tokens, in f32. Needs torch, transformers, pillow.
"""
import gzip
import json
import pathlib
import sys

import numpy
import torch
import transformers
from PIL import Image

# What torchvision registers with torch is missing where the two are of different builds; resizing needs none of it.
OPERATORS = torch.library.Library("torchvision", "FRAGMENT")
for operator in ["nms", "qnms", "roi_align", "roi_pool", "ps_roi_align", "ps_roi_pool", "deform_conv2d"]:
    for name in [operator, f"_{operator}_backward"]:
        OPERATORS.define(f"{name}(Tensor x) -> Tensor")

TOKENS = 24
TEXTS = [
    "What is 2 + 3?",
    "Who are you?",
    "Tell me a story about a cat.",
    "Which is more, 341 or 87?",
    "How many letters does the word garden have?",
]
QUESTION = "Which digit is this?"


def chat(body):
    return f"<bos><|turn>user\n{body}<turn|>\n<|turn>model\n<|channel>thought\n<channel|>"


def digits(data, out, count):
    with gzip.open(data / "images/mnist/t10k-images-idx3-ubyte.gz") as file:
        pixels = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16).reshape(-1, 28, 28)
    for i in range(count):
        name = f"digit-{i}.png"
        Image.fromarray(pixels[i]).convert("RGB").save(out / name)
        yield name


def answer(model, tokenizer, ids, **media):
    ids = torch.tensor([ids])
    with torch.no_grad():
        logits = model(input_ids=ids, **media).logits[0, -1]
        made = model.generate(input_ids=ids, max_new_tokens=TOKENS, do_sample=False, **media)
    greedy = made[0, ids.shape[1] :].tolist()
    return {
        "ids": ids[0].tolist(),
        "logits": [round(float(x), 4) for x in logits[:256]],
        "greedy": greedy,
        "text": tokenizer.decode(greedy, skip_special_tokens=True),
    }


def main(folder, data, out):
    out.mkdir(parents=True, exist_ok=True)
    model = transformers.AutoModelForImageTextToText.from_pretrained(folder, dtype=torch.float32).eval()
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(folder)
    images = transformers.AutoImageProcessor.from_pretrained(folder)
    found = {"texts": [], "images": []}
    for text in TEXTS:
        ids = tokenizer(chat(text), add_special_tokens=False).input_ids
        found["texts"].append({"prompt": text} | answer(model, tokenizer, ids))
    for name in digits(data, out, 4):
        seen = images(Image.open(out / name), return_tensors="pt")
        count = int(seen.pop("num_soft_tokens_per_image")[0])
        ids = tokenizer(chat("<|image>" + "<|image|>" * count + "<image|>" + QUESTION), add_special_tokens=False).input_ids
        types = torch.tensor([[int(i == model.config.image_token_id) for i in ids]])
        made = answer(model, tokenizer, ids, mm_token_type_ids=types, **seen)
        found["images"].append({"file": name, "prompt": QUESTION} | made)
    (out / "expected.json").write_text(json.dumps(found, indent=None).replace('}, {"', '},\n{"') + "\n")
    for each in found["texts"] + found["images"]:
        print(each["prompt"], "|", each["text"])


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
