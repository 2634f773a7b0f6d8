"""States of Gemma 4's audio tower under the attention that transformers uses unless told otherwise.

With attn_implementation="eager", transformers 5.18 gives the tower an additive mask (0 where a row may look) and
then takes its logical_not as if it were one of booleans: rows see what they must not and nothing else. The default,
"sdpa", gives booleans and is right; llama.cpp agrees with it. The shared goldens were made with "eager", so their
states from the first block on cannot be met. This makes those states again from the shared weights and features.

With --llama-cpp, also what its converter makes of the tower of gemma4/mixed: the projector file, without what sees.

    python tools/golden/gemma4_audio.py --goldens ../shared/goldens --out model/src/test/resources/golden/gemma4-audio --llama-cpp SOURCE
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from transformers import Gemma4ForConditionalGeneration

CASES = ["audio", "mixed"]


def states(model, features):
    """All stages of one clip [frames, 128], without padding."""
    found = {}
    tower = model.model.audio_tower
    hooks = [
        layer.register_forward_hook(lambda m, i, o, n=n: found.__setitem__(f"audio.block.{n}", o[0]))
        for n, layer in enumerate(tower.layers)
    ]
    mask = torch.ones(1, features.shape[0], dtype=torch.bool)
    found["audio.encoded"] = tower(features[None], mask).last_hidden_state[0]
    found["audio.output"] = model.model.embed_audio(found["audio.encoded"][None])[0]
    for hook in hooks:
        hook.remove()
    return found


def projector(llama_cpp, folder, out):
    """The converter's file with the tensors and keys of sound alone."""
    sys.path.insert(0, str(llama_cpp / "gguf-py"))
    import gguf

    with tempfile.TemporaryDirectory() as scratch:
        whole = pathlib.Path(scratch) / "mmproj.gguf"
        subprocess.run(
            [sys.executable, llama_cpp / "convert_hf_to_gguf.py", folder / "hf", "--mmproj"]
            + ["--outtype", "f32", "--outfile", whole, "--model-name", "tiny"],
            check=True,
            env={"PYTHONPATH": str(llama_cpp / "gguf-py")},
        )
        reader = gguf.GGUFReader(whole)
        writer = gguf.GGUFWriter(out, "clip")
        for key, field in reader.fields.items():
            if not key.startswith(("GGUF.", "general.architecture", "clip.vision", "clip.has_vision")):
                writer.add_key_value(key, field.contents(), field.types[0])
        for tensor in reader.tensors:
            if tensor.name.startswith(("a.", "mm.a.")):
                writer.add_tensor(tensor.name, tensor.data)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goldens", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--llama-cpp", type=pathlib.Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    for case in CASES:
        folder = options.goldens / "gemma4" / case
        model = Gemma4ForConditionalGeneration.from_pretrained(
            folder / "hf", dtype=torch.float32, attn_implementation="sdpa"
        ).eval()
        made = {}
        with safe_open(folder / "expected.safetensors", "pt") as expected:
            for name in expected.keys():
                if not name.endswith(".audio_features"):
                    continue
                prompt = name.split(".")[0]
                frames = expected.get_tensor(f"{prompt}.frames_per_clip").tolist()
                clips = [states(model, clip) for clip in expected.get_tensor(name).split(frames)]
                for stage in clips[0]:
                    made[f"{prompt}.{stage}"] = torch.cat([clip[stage] for clip in clips]).contiguous()
        save_file(made, options.out / f"{case}.safetensors")
    if options.llama_cpp:
        projector(options.llama_cpp, options.goldens / "gemma4" / "mixed", options.out / "mmproj-f32.gguf")


if __name__ == "__main__":
    main()
