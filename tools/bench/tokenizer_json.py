#!/usr/bin/env python3
"""Writes a tokenizer.json of real size for bench's TokenizerBenchmark: the 262,144 pieces of Gemma 3, whose merges follow from the order of ids.

    tools/bench/tokenizer_json.py DATA GOLDENS OUT      e.g. ../shared/data ../shared/goldens target/gemma/tokenizer.json
"""

import json
import pathlib
import sys

data, goldens, out = map(pathlib.Path, sys.argv[1:4])
CONTROL, UNKNOWN, USER, BYTE, NORMAL = range(5)


def pieces():
    raw = (data / "tokenizers/gemma3/vocabulary.bin").read_bytes()
    at = 0
    while at < len(raw):
        length = raw[at]
        at += 1
        if length >= 128:
            length = length - 128 + raw[at] * 128
            at += 1
        yield raw[at : at + length].decode()
        at += length


def kind(index):
    if index < 3:
        return CONTROL
    if index == 3:
        return UNKNOWN
    if index < 238 or index >= 255968:
        return USER
    return BYTE if index < 494 else NORMAL


vocabulary = list(pieces())
ids = {}
for index, piece in enumerate(vocabulary):
    ids.setdefault(piece, index)
mergeable = {piece for piece, index in ids.items() if kind(index) in (NORMAL, USER)}
merges = []
for index, piece in enumerate(vocabulary):
    if kind(index) == NORMAL:
        cuts = [(piece[:k], piece[k:]) for k in range(1, len(piece))]
        known = [cut for cut in cuts if cut[0] in mergeable and cut[1] in mergeable]
        merges += [list(cut) for cut in sorted(known, key=lambda cut: (ids[cut[0]], ids[cut[1]]))]

tokenizer = json.loads((goldens / "tokenizers/gemma3/tokenizer.json").read_text())
tokenizer["model"]["vocab"] = ids
tokenizer["model"]["merges"] = merges
tokenizer["added_tokens"] = [
    {
        "id": index,
        "content": piece,
        "single_word": False,
        "lstrip": False,
        "rstrip": False,
        "normalized": False,
        "special": kind(index) in (CONTROL, UNKNOWN),
    }
    for index, piece in enumerate(vocabulary)
    if kind(index) in (CONTROL, UNKNOWN, USER)
]
out.parent.mkdir(parents=True, exist_ok=True)
out.write_text(json.dumps(tokenizer, ensure_ascii=False))
print(f"{out}: {len(ids)} pieces, {len(merges)} merges")
