#!/usr/bin/env python3
"""Digests of what llama.cpp's converter makes of the goldens' folders: decoders and projectors.

    converted.py make   LLAMA_CPP GOLDENS FILES      writes FILES/KIND-CASE-TYPE.gguf with the converter
    converted.py digest FILES OUT                    writes what ConvertedDigestsTest compares with

LLAMA_CPP is a checkout of llama.cpp, GOLDENS the shared goldens, OUT
model/src/test/resources/golden/converted/digests.json. Needs torch, transformers, timm, gguf. Gemma 3n's folders have
no tokenizer: they get a part of that of gemma3/vision, whose
split pattern the converter does not know, so it is called "default". Tokenizers are not compared here.
"""
import hashlib
import json
import pathlib
import runpy
import shutil
import subprocess
import sys
import tempfile

TYPES = ["f32", "f16", "bf16", "q8_0"]
CASES = [
    ("mmproj", "gemma3/vision", TYPES),
    ("mmproj", "gemma4/vision", TYPES),
    ("mmproj", "gemma4/bidirectional-vision", TYPES),
    ("mmproj", "gemma4/mixed", TYPES),
    ("mmproj", "gemma4_unified/mixed", TYPES),
    ("mmproj", "gemma3n/vision", TYPES[:3]),
    ("model", "gemma3n/text", TYPES[:3]),
    ("model", "gemma3/vision", ["f32", "bf16"]),
    ("model", "gemma4/vision", ["f32", "bf16"]),
    ("model", "gemma4/bidirectional-vision", ["f32", "bf16"]),
]
# About the file, not the model.
LEFT_OUT = {"general.name", "general.size_label", "tokenizer.ggml.add_sep_token"}


def name(kind, case, type_):
    return f"{kind}-{case.replace('/', '-')}-{type_}.gguf"


def make(llama_cpp, goldens, files):
    for kind, case, types in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch) / "hf"
            shutil.copytree(goldens / case / "hf", folder)
            if case.startswith("gemma3n"):
                tokenizer(goldens / "gemma3/vision/hf", folder)
            for type_ in types:
                arguments = [folder, "--outtype", type_, "--outfile", files / name(kind, case, type_), "--model-name", "tiny"]
                subprocess.run(
                    [sys.executable, __file__, "convert", llama_cpp, *arguments] + (["--mmproj"] if kind == "mmproj" else []),
                    check=True,
                )


def tokenizer(source, folder):
    """The first 500 tokens of another folder's."""
    shutil.copy(source / "tokenizer_config.json", folder)
    read = json.loads((source / "tokenizer.json").read_text())
    model = read["model"]
    model["vocab"] = {token: id_ for token, id_ in model["vocab"].items() if id_ < 500}
    model["merges"] = [pair for pair in model["merges"] if "".join(pair) in model["vocab"] and set(pair) <= set(model["vocab"])]
    read["added_tokens"] = [token for token in read["added_tokens"] if token["id"] < 500]
    (folder / "tokenizer.json").write_text(json.dumps(read))


def convert(llama_cpp, arguments):
    sys.modules["torchvision"] = None
    sys.path[:0] = [llama_cpp, llama_cpp + "/gguf-py"]
    from conversion.base import TextModel

    TextModel.get_vocab_base_pre = lambda self, tokenizer: "default"
    if json.loads((pathlib.Path(arguments[0]) / "config.json").read_text())["model_type"] == "gemma3n":
        import transformers  # whose class for it asks for timm and torchvision, only to find the tokenizer

        read = transformers.PreTrainedTokenizerFast.from_pretrained
        transformers.AutoTokenizer.from_pretrained = staticmethod(lambda folder, **_: read(folder))
    sys.argv = ["convert_hf_to_gguf.py", *arguments]
    runpy.run_path(llama_cpp + "/convert_hf_to_gguf.py", run_name="__main__")


def digest(files, out):
    import gguf

    found = {}
    for kind, case, types in CASES:
        made = {}
        for type_ in types:
            reader = gguf.GGUFReader(files / name(kind, case, type_))
            keys = {
                key: field.contents()
                for key, field in reader.fields.items()
                if not key.startswith(("GGUF.", "tokenizer.")) and key not in LEFT_OUT
            }
            tensors = sorted(reader.tensors, key=lambda tensor: tensor.name)
            if not any(tensor.name.startswith(("a.", "mm.a.")) for tensor in tensors):
                keys = {key: value for key, value in keys.items() if "audio" not in key}  # said of no tensor
            made[type_] = {"keys": keys, "digests": "".join(digest_of(tensor) for tensor in tensors)}
        found[f"{kind} {case}"] = {"tensors": " ".join(tensor.name for tensor in tensors), "files": made}
    text = json.dumps(found, separators=(",", ":"), sort_keys=True).replace('},"', '},\n"')
    out.write_text(text.replace("-Infinity", '"-Infinity"') + "\n")


def digest_of(tensor):
    start = f"{tensor.tensor_type.name} {[int(axis) for axis in reversed(tensor.shape)]}"
    return hashlib.sha256(start.encode() + tensor.data.tobytes()).hexdigest()[:8]


if __name__ == "__main__":
    match sys.argv[1]:
        case "make":
            make(*(pathlib.Path(path) for path in sys.argv[2:5]))
        case "convert":
            convert(sys.argv[2], sys.argv[3:])
        case "digest":
            digest(*(pathlib.Path(path) for path in sys.argv[2:4]))
